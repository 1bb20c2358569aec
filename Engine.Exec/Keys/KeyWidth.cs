using Engine.Core.Types;

namespace Engine.Exec.Keys;

/// <summary>How many bytes values take inside keys.</summary>
internal static class KeyWidth
{
    /// <summary>Bytes of an encoded value without its NULL byte; 0 when that depends on the value.</summary>
    public static int Of(DataType type) => type.Layout switch
    {
        ColumnLayout.Bits => 1,
        ColumnLayout.Fixed => type.ByteWidth,
        _ => 0,
    };
}
