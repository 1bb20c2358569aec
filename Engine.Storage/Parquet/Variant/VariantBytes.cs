using Engine.Core.Text;

namespace Engine.Storage.Parquet.Variant;

/// <summary>Checked reads of a variant's bytes.</summary>
internal static class VariantBytes
{
    public static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> bytes, long start, long length) =>
        start >= 0 && length >= 0 && start <= bytes.Length && length <= bytes.Length - start
            ? bytes.Slice((int)start, (int)length)
            : throw new InvalidDataException($"a variant has {bytes.Length} bytes where {length} from {start} on are needed");

    /// <summary>All from a place on.</summary>
    public static ReadOnlySpan<byte> From(ReadOnlySpan<byte> bytes, long start) => Slice(bytes, start, bytes.Length - start);

    /// <summary>An unsigned little-endian number of one to four bytes.</summary>
    public static int ReadNumber(ReadOnlySpan<byte> bytes, long start, int width)
    {
        var value = 0u;
        var part = Slice(bytes, start, width);
        for (var i = 0; i < width; i++)
        {
            value |= (uint)part[i] << (8 * i);
        }

        return value <= int.MaxValue ? (int)value : throw new InvalidDataException($"a variant's length or offset is {value}");
    }

    public static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> bytes) =>
        Utf8Validator.IsValid(bytes) ? bytes : throw new InvalidDataException("a variant's text is not UTF-8");
}
