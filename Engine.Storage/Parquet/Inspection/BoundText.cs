using System.Buffers.Binary;
using System.Text;
using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.Parquet.Layout;
using Engine.Storage.Parquet.Statistics;

namespace Engine.Storage.Parquet.Inspection;

/// <summary>Bounds as text, whether or not their order can be trusted: what the file says is shown as it says it.</summary>
internal static class BoundText
{
    /// <summary>The bound in the text form of the leaf's type; bytes that are none of its values in hexadecimal, <c>\x</c> before them.</summary>
    public static string? Of(LeafNode leaf, byte[]? bytes)
    {
        if (bytes is null)
        {
            return null;
        }

        var value = StatisticsValue.Decode(leaf, bytes) ?? DecodeUnordered(leaf, bytes);
        if (value is null)
        {
            return @"\x" + Convert.ToHexStringLower(bytes);
        }

        using var pool = MemoryPool.CreateRoot("a bound");
        using var column = ColumnValue.ToConstant(leaf.Mapping.Type, value, 1, pool);
        return ColumnText.ToString(column, 0);
    }

    /// <summary>Values that a scan does not prune by, as SQL orders them in another way than files do.</summary>
    private static object? DecodeUnordered(LeafNode leaf, byte[] bytes) => (leaf.Mapping.Conversion, bytes.Length) switch
    {
        (Conversion.TimeMillis, 4) => TimeScale.WrapToDay(BinaryPrimitives.ReadInt32LittleEndian(bytes) * 1000L),
        (Conversion.TimeMicros, 8) => TimeScale.WrapToDay(BinaryPrimitives.ReadInt64LittleEndian(bytes)),
        (Conversion.TimeNanos, 8) => TimeScale.WrapToDay(TimeScale.FloorDivide(BinaryPrimitives.ReadInt64LittleEndian(bytes), 1000)),
        (Conversion.HalfToSingle, 2) => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        (Conversion.Int96ToMicros, 12) => FromInt96(bytes),
        (_, _) when leaf.Mapping.Type.Kind == TypeKind.Json && Utf8Validator.IsValid(bytes) => Encoding.UTF8.GetString(bytes),
        (Conversion.BytesToUuid, 16) => BinaryPrimitives.ReadUInt128BigEndian(bytes),
        _ => null,
    };

    /// <summary>Nanoseconds of the day, then the Julian day; null for what is no timestamp here.</summary>
    private static object? FromInt96(byte[] bytes)
    {
        const int epochDay = 2_440_588;
        var days = (Int128)BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(8)) - epochDay;
        var micros = (days * TimeSpan.MicrosecondsPerDay) + (BinaryPrimitives.ReadInt64LittleEndian(bytes) / 1000);
        return micros >= long.MinValue && micros <= long.MaxValue ? (long)micros : null;
    }
}
