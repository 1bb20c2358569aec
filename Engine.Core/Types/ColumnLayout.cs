namespace Engine.Core.Types;

/// <summary>How the values of a type lie in memory.</summary>
public enum ColumnLayout : byte
{
    /// <summary>One bit a value, least significant first.</summary>
    Bits,

    /// <summary>A fixed number of bytes a value.</summary>
    Fixed,

    /// <summary>16-byte views into shared heaps (Arrow Utf8View and BinaryView).</summary>
    Views,

    /// <summary>32-bit offsets into one child column.</summary>
    List,

    /// <summary>One child column a field.</summary>
    Struct,
}
