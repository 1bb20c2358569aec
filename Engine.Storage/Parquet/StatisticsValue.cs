using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Engine.Core.Types;

namespace Engine.Storage.Parquet;

/// <summary>Reads bounds from a footer into managed values (see <see cref="Engine.Core.Columns.ColumnValue"/>), those alone whose order is certain.</summary>
internal static class StatisticsValue
{
    /// <summary>The lowest and highest value; null where nothing trustworthy is known.</summary>
    public static (object? Min, object? Max) Bounds(ParquetColumn column, ChunkStatistics? statistics)
    {
        if (statistics is null || column.IsNested)
        {
            return (null, null);
        }

        // The old fields compare as the writer saw fit, which is right for signed integers and little else.
        var trustsOld = column.Mapping.Conversion is not (Conversion.UInt32ToInt64 or Conversion.UInt64ToInt128 or Conversion.UInt8ToInt16 or Conversion.UInt16ToInt32)
            && column.Node.Physical is PhysicalType.Int32 or PhysicalType.Int64;
        var min = Decode(column, statistics.Min ?? (trustsOld ? statistics.OldMin : null));
        var max = Decode(column, statistics.Max ?? (trustsOld ? statistics.OldMax : null));

        // A NaN among the bounds says that the writer did not mind the order.
        return min is float.NaN or double.NaN || max is float.NaN or double.NaN ? (null, null) : (min, max);
    }

    private static object? Decode(ParquetColumn column, byte[]? bytes)
    {
        if (bytes is null)
        {
            return null;
        }

        var type = column.Mapping.Type;
        switch (column.Node.Physical)
        {
            case PhysicalType.Boolean when bytes.Length == 1:
                return bytes[0] != 0;
            case PhysicalType.Int32 when bytes.Length == 4:
                return FromInteger(column.Mapping, BinaryPrimitives.ReadInt32LittleEndian(bytes));
            case PhysicalType.Int64 when bytes.Length == 8:
                return FromInteger(column.Mapping, BinaryPrimitives.ReadInt64LittleEndian(bytes));
            case PhysicalType.Float when bytes.Length == 4:
                return MemoryMarshal.Read<float>(bytes);
            case PhysicalType.Double when bytes.Length == 8:
                return MemoryMarshal.Read<double>(bytes);
            case PhysicalType.ByteArray or PhysicalType.FixedLenByteArray when type.Kind == TypeKind.Decimal && bytes.Length is > 0 and <= 16:
                return ValueConverter.ReadDecimal(bytes);
            case PhysicalType.ByteArray when type.Kind == TypeKind.Varchar && System.Text.Unicode.Utf8.IsValid(bytes):
                return Encoding.UTF8.GetString(bytes);
            default:
                return null;
        }
    }

    private static object? FromInteger(ColumnMapping mapping, long value) => (mapping.Type.Kind, mapping.Conversion) switch
    {
        (TypeKind.TinyInt, _) => (sbyte)value,
        (TypeKind.SmallInt, Conversion.UInt8ToInt16) => (short)(byte)value,
        (TypeKind.SmallInt, _) => (short)value,
        (TypeKind.Integer, Conversion.UInt16ToInt32) => (int)(ushort)value,
        (TypeKind.Integer or TypeKind.Date, _) => (int)value,
        (TypeKind.Decimal, Conversion.UInt64ToInt128) => (Int128)(ulong)value,
        (TypeKind.Decimal, _) => (Int128)value,
        (_, Conversion.UInt32ToInt64) => (long)(uint)value,

        // Times outside of a day are wrapped, which changes their order.
        (TypeKind.Time, _) => null,
        (_, Conversion.Int64MillisToMicros) =>
            value is >= long.MinValue / 1000 and <= long.MaxValue / 1000 ? value * 1000 : null,
        _ => value,
    };
}
