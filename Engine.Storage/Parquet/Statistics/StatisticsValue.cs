using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.Parquet.Footer;
using Engine.Storage.Parquet.Layout;
using Engine.Storage.Parquet.Values;

namespace Engine.Storage.Parquet.Statistics;

/// <summary>Reads bounds from a footer into managed values (see <see cref="Engine.Core.Columns.ColumnValue"/>), those alone whose order is certain.</summary>
internal static class StatisticsValue
{
    /// <summary>The lowest and highest value; null where nothing trustworthy is known.</summary>
    /// <param name="leaf">Whose they are.</param>
    /// <param name="statistics">As stored.</param>
    /// <param name="order">What the footer says of the column's order.</param>
    public static (object? Min, object? Max) Bounds(LeafNode leaf, ChunkStatistics? statistics, ColumnOrder order)
    {
        if (statistics is null)
        {
            return (null, null);
        }

        // Without an order the format leaves open what bounds mean, and the old fields compare as the writer saw fit. Both are right for signed
        // integers and for little else.
        var isSigned = leaf.Element.Physical is PhysicalType.Int32 or PhysicalType.Int64
            && leaf.Mapping.Conversion is not (Conversion.UInt32ToInt64 or Conversion.UInt64ToInt128 or Conversion.UInt8ToInt16 or Conversion.UInt16ToInt32);
        var trustsNew = order != ColumnOrder.Unknown || isSigned;
        var min = Decode(leaf, (trustsNew ? statistics.Min : null) ?? (isSigned ? statistics.OldMin : null));
        var max = Decode(leaf, (trustsNew ? statistics.Max : null) ?? (isSigned ? statistics.OldMax : null));

        // A NaN among the bounds says that the writer did not mind the order.
        return min is float.NaN or double.NaN || max is float.NaN or double.NaN ? (null, null) : (min, max);
    }

    /// <summary>A bound as a value, whatever its order; null for one that is not there or cannot be read.</summary>
    public static object? Decode(LeafNode leaf, byte[]? bytes)
    {
        if (bytes is null)
        {
            return null;
        }

        var type = leaf.Mapping.Type;
        switch (leaf.Element.Physical)
        {
            case PhysicalType.Boolean when bytes.Length == 1:
                return bytes[0] != 0;
            case PhysicalType.Int32 when bytes.Length == 4:
                return FromInteger(leaf.Mapping, BinaryPrimitives.ReadInt32LittleEndian(bytes));
            case PhysicalType.Int64 when bytes.Length == 8:
                return FromInteger(leaf.Mapping, BinaryPrimitives.ReadInt64LittleEndian(bytes));
            case PhysicalType.Float when bytes.Length == 4:
                return MemoryMarshal.Read<float>(bytes);
            case PhysicalType.Double when bytes.Length == 8:
                return MemoryMarshal.Read<double>(bytes);
            case PhysicalType.ByteArray or PhysicalType.FixedLenByteArray when type.Kind == TypeKind.Decimal && bytes.Length is > 0 and <= 16:
                return ValueConverter.ReadDecimal(bytes);
            case PhysicalType.ByteArray when type.Kind == TypeKind.Varchar && Utf8Validator.IsValid(bytes):
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
