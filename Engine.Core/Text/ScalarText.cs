using System.Diagnostics;
using Engine.Core.Columns;
using Engine.Core.Types;

namespace Engine.Core.Text;

/// <summary>The text of fixed-width values, by their type.</summary>
internal static class ScalarText
{
    /// <summary>Bytes that the longest value takes.</summary>
    public const int MaxLength = 96;

    public static int Format(FixedColumn column, int row, TimeZoneInfo zone, Span<byte> target)
    {
        var type = column.Type;
        return type.Kind switch
        {
            TypeKind.TinyInt => IntegerText.Format(column.Values<sbyte>()[row], target),
            TypeKind.SmallInt => IntegerText.Format(column.Values<short>()[row], target),
            TypeKind.Integer => IntegerText.Format(column.Values<int>()[row], target),
            TypeKind.BigInt => IntegerText.Format(column.Values<long>()[row], target),
            TypeKind.Decimal => FormatDecimal((DecimalType)type, column, row, target),
            TypeKind.Real => FloatText.Format(column.Values<float>()[row], target),
            TypeKind.Double => FloatText.Format(column.Values<double>()[row], target),
            TypeKind.Date => DateText.Format(column.Values<int>()[row], target),
            TypeKind.Time => TimeText.Format(column.Values<long>()[row], target),
            TypeKind.TimeTz => ZonedTimeText.Format(column.Values<long>()[row], target),
            TypeKind.Timestamp => TimestampText.Format(column.Values<long>()[row], ((TimestampType)type).Unit, target),
            TypeKind.TimestampTz => TimestampText.FormatZoned(column.Values<long>()[row], ((TimestampType)type).Unit, zone, target),
            TypeKind.Interval => IntervalText.Format(column.Values<Interval>()[row], target),
            TypeKind.Uuid => UuidText.Format(column.Values<UInt128>()[row], target),
            _ => throw new UnreachableException(type.ToString()),
        };
    }

    private static int FormatDecimal(DecimalType type, FixedColumn column, int row, Span<byte> target) =>
        DecimalText.Format(type.IsCompact ? column.Values<long>()[row] : column.Values<Int128>()[row], type.Scale, target);
}
