using System.Text;
using Engine.Core.Errors;
using Engine.Core.Text;
using Engine.Core.Types;

namespace Engine.Storage.Connectors;

/// <summary>Turns the text of a partition column, cut from a path, into a value.</summary>
public static class PartitionValue
{
    /// <summary>The value in managed form; null for NULL.</summary>
    /// <exception cref="QueryException">22P02 when the text is not of the column's type.</exception>
    public static object? Parse(string? text, Field column, string path)
    {
        if (text is null)
        {
            return null;
        }

        return TryParse(Encoding.UTF8.GetBytes(text), column.Type)
            ?? throw new QueryException(
                ErrorCodes.InvalidTextRepresentation,
                $"invalid value for partition column {column.Name} of type {column.Type} in path \"{path}\": \"{text}\"");
    }

    private static object? TryParse(ReadOnlySpan<byte> text, DataType type) => type.Kind switch
    {
        TypeKind.Varchar or TypeKind.Json => Encoding.UTF8.GetString(text),
        TypeKind.BigInt => IntegerText.TryParse(text, out long value) ? value : null,
        TypeKind.Integer => IntegerText.TryParse(text, out int value) ? value : null,
        TypeKind.SmallInt => IntegerText.TryParse(text, out short value) ? value : null,
        TypeKind.TinyInt => IntegerText.TryParse(text, out sbyte value) ? value : null,
        TypeKind.Double => FloatText.TryParse(text, out double value) ? value : null,
        TypeKind.Real => FloatText.TryParse(text, out float value) ? value : null,
        TypeKind.Boolean => BooleanText.TryParse(text, out var value) ? value : null,
        TypeKind.Date => DateText.TryParse(text, out var value) ? value : null,
        TypeKind.Time => TimeText.TryParse(text, out var value) ? value : null,
        TypeKind.TimeTz => ZonedTimeText.TryParse(text, out var value) ? value : null,
        TypeKind.Timestamp => TimestampText.TryParse(text, ((TimestampType)type).Unit, out var value) ? value : null,
        TypeKind.TimestampTz => TimestampText.TryParseZoned(text, ((TimestampType)type).Unit, out var value) ? value : null,
        TypeKind.Decimal => DecimalText.TryParse(text, ((DecimalType)type).Precision, ((DecimalType)type).Scale, isStrict: true, out Int128 value) ? value : null,
        TypeKind.Enum => ((EnumType)type).TryFind(text, out var value) ? value : null,
        TypeKind.Uuid => UuidText.TryParse(text, out var value) ? value : null,
        _ => null,
    };
}
