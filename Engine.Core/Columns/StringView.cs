using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Engine.Core.Columns;

/// <summary>
/// Sixteen bytes that stand for a byte string (Arrow Utf8View and BinaryView): up to twelve bytes lie inside, a longer one shows its first four
/// bytes and where in which heap buffer it lies.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
public readonly unsafe struct StringView
{
    public const int MaxInlineLength = 12;

    [FieldOffset(0)]
    private readonly int _length;

    [FieldOffset(4)]
    private readonly uint _prefix;

    [FieldOffset(8)]
    private readonly int _bufferIndex;

    [FieldOffset(12)]
    private readonly int _offset;

    /// <summary>Length and first bytes at once: two views whose heads differ are not equal.</summary>
    [FieldOffset(0)]
    private readonly ulong _head;

    [FieldOffset(8)]
    private readonly ulong _tail;

    private StringView(int length, uint prefix, int bufferIndex, int offset)
    {
        _length = length;
        _prefix = prefix;
        _bufferIndex = bufferIndex;
        _offset = offset;
    }

    private StringView(ulong head, ulong tail)
    {
        _head = head;
        _tail = tail;
    }

    public int Length => _length;

    public bool IsInline => _length <= MaxInlineLength;

    public int BufferIndex => _bufferIndex;

    public int Offset => _offset;

    public ulong Head => _head;

    public ulong Tail => _tail;

    /// <summary>A view of at most twelve bytes, which are copied in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static StringView Inline(byte* bytes, int length)
    {
        StringView view = default;
        var target = (byte*)&view;
        *(int*)target = length;
        target += 4;
        for (var i = 0; i < length; i++)
        {
            target[i] = bytes[i];
        }

        return view;
    }

    /// <summary>A view of bytes that lie at <paramref name="offset"/> of a heap buffer; short ones are copied in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static StringView Over(byte* bytes, int length, int bufferIndex, int offset) =>
        length <= MaxInlineLength ? Inline(bytes, length) : new StringView(length, *(uint*)bytes, bufferIndex, offset);

    /// <summary>As <see cref="Over"/>, without a branch, of bytes of which twelve may be read however long they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static StringView OverReadable(byte* bytes, int length, int bufferIndex, int offset)
    {
        if (!Bmi2.X64.IsSupported)
        {
            return Over(bytes, length, bufferIndex, offset);
        }

        var insideBits = (uint)Math.Min(length, MaxInlineLength) * 8;
        var prefix = Bmi2.ZeroHighBits(*(uint*)bytes, insideBits);
        var inlineTail = Bmi2.X64.ZeroHighBits(*(ulong*)(bytes + 4), (ulong)Math.Max((int)insideBits - 32, 0));
        var place = ((ulong)(uint)offset << 32) | (uint)bufferIndex;
        return new StringView(((ulong)prefix << 32) | (uint)length, length <= MaxInlineLength ? inlineTail : place);
    }

    /// <summary>The same string where its buffer has moved to another place in the list.</summary>
    public StringView WithBuffer(int bufferIndex) => IsInline ? this : new StringView(_length, _prefix, bufferIndex, _offset);
}
