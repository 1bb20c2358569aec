using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Engine.Core.Columns;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Differential.Tests.Files;

namespace Engine.Differential.Tests.Parquet;

/// <summary>
/// One spelling of a value, the same for values that are equal though two readers give them different types: times in nanoseconds, decimals without
/// trailing zeros, bytes and uuids in hexadecimal digits, maps as entries, rows by position.
/// </summary>
public static class CanonicalValue
{
    private const string Null = "NULL";

    /// <summary>Of a value in managed form.</summary>
    public static string Of(object? value, DataType type) => (value, type) switch
    {
        (null, _) => Null,
        (long time, TimestampType { Unit: TimeUnit.Nanosecond }) => time.ToString(CultureInfo.InvariantCulture),
        (long time, TimestampType) => ((Int128)time * 1000).ToString(CultureInfo.InvariantCulture),
        (Int128 number, DecimalType d) => Decimal(DecimalTextOf(number, d.Scale)),
        (UInt128 id, _) => UuidHex(id),
        (Interval span, _) => $"{span.Months}|{span.Days}|{span.Micros}",
        (float number, _) => Float(number),
        (double number, _) => Double(number),
        (byte[] bytes, _) => Convert.ToHexString(bytes),
        (string json, { Kind: TypeKind.Json }) => Json(json),
        (ImmutableArray<object?> items, MapType map) => "{" + string.Join(", ", items.Select(entry => Of(entry, map.Entry))) + "}",
        (ImmutableArray<object?> items, ArrayType array) => "[" + string.Join(", ", items.Select(item => Of(item, array.Element))) + "]",
        (ImmutableArray<object?> fields, RowType fieldTypes) => "(" + string.Join(", ", fields.Zip(fieldTypes.Fields, (field, own) => Of(field, own.Type))) + ")",
        (bool truth, _) => truth ? "true" : "false",
        (IFormattable number, _) => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    /// <summary>Of what DuckDB's client gives as JSON, read as the engine's type.</summary>
    public static string Of(JsonElement value, DataType type)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return Null;
        }

        switch (type)
        {
            case ArrayType array when value.ValueKind == JsonValueKind.Array:
                return "[" + string.Join(", ", value.EnumerateArray().Select(item => Of(item, array.Element))) + "]";
            case MapType map when value.ValueKind == JsonValueKind.Array:
                return "{" + string.Join(", ", value.EnumerateArray().Select(entry => Of(entry, map.Entry))) + "}";
            case RowType row when value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Count() == row.Fields.Length:
                return "(" + string.Join(", ", value.EnumerateObject().Zip(row.Fields, (member, field) => Of(member.Value, field.Type))) + ")";
            case { Kind: TypeKind.Interval } when value.ValueKind == JsonValueKind.Object:
                return $"{value.GetProperty("months")}|{value.GetProperty("days")}|{value.GetProperty("micros").GetString()}";
            default:
                return value.ValueKind == JsonValueKind.String ? OfText(value.GetString()!, type) : OfText(value.GetRawText(), type);
        }
    }

    private static string OfText(string text, DataType type) => type.Kind switch
    {
        // Numbers of nanoseconds or days.
        TypeKind.Timestamp or TypeKind.TimestampTz or TypeKind.Date when text.StartsWith('#') => text[1..],
        TypeKind.Decimal => Decimal(text),
        TypeKind.Real => float.TryParse(text, CultureInfo.InvariantCulture, out var number) ? Float(number) : text,
        TypeKind.Double => double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? Double(number) : text,
        TypeKind.Timestamp or TypeKind.TimestampTz => Timestamp(text),
        TypeKind.Date => DateText.TryParse(Encoding.UTF8.GetBytes(Era(text)), out var days) ? days.ToString(CultureInfo.InvariantCulture) : text,
        TypeKind.Time => TimeText.TryParse(Encoding.UTF8.GetBytes(text.Split('+')[0]), out var micros) ? micros.ToString(CultureInfo.InvariantCulture) : text,
        TypeKind.Uuid => text.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant(),
        TypeKind.Varbinary => BlobHex(text),
        TypeKind.Json => Json(text),
        _ => text,
    };

    /// <summary>Scalars too: an array around them makes a document of them, whose numbers and times have one spelling.</summary>
    public static string Json(string text) => CanonicalJson.Of($"[{text}]");

    private static string Timestamp(string text)
    {
        // Microseconds reach further than nanoseconds do.
        var bytes = Encoding.UTF8.GetBytes(Era(text));
        var hasNanos = text.Split('.') is [_, var fraction] && fraction.TakeWhile(char.IsAsciiDigit).Count() > 6;
        return TimestampText.TryParseZoned(bytes, hasNanos ? TimeUnit.Nanosecond : TimeUnit.Microsecond, out var value)
            ? ((Int128)value * (hasNanos ? 1 : 1000)).ToString(CultureInfo.InvariantCulture)
            : text;
    }

    /// <summary>DuckDB writes years before the first as <c>(BC)</c> behind the date.</summary>
    private static string Era(string text) =>
        text.Contains(" (BC)", StringComparison.Ordinal) ? text.Replace(" (BC)", "", StringComparison.Ordinal) + " BC" : text;

    private static string Float(float number) => number == 0 ? "0" : number.ToString("R", CultureInfo.InvariantCulture);

    private static string Double(double number) => number == 0 ? "0" : number.ToString("R", CultureInfo.InvariantCulture);

    private static string Decimal(string text)
    {
        var plain = text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
        return plain is "-0" or "" ? "0" : plain;
    }

    private static string DecimalTextOf(Int128 value, int scale)
    {
        Span<byte> text = stackalloc byte[64];
        return Encoding.ASCII.GetString(text[..DecimalText.Format(value, scale, text)]);
    }

    private static string UuidHex(UInt128 id)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, id);
        return Convert.ToHexString(bytes);
    }

    /// <summary>DuckDB shows bytes that are no printable ASCII as <c>\xHH</c>.</summary>
    private static string BlobHex(string text)
    {
        var hex = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 3 < text.Length && text[i + 1] == 'x')
            {
                hex.Append(text.AsSpan(i + 2, 2));
                i += 3;
            }
            else
            {
                hex.Append(((int)text[i]).ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return hex.ToString().ToUpperInvariant();
    }
}
