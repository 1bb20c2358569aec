using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Engine.Core.Types;

namespace Engine.Planner.Physical;

/// <summary>
/// Managed values (see <see cref="Core.Columns.ColumnValue"/>) inside plans. Strings and booleans stand for themselves; everything else says what it
/// is: <c>{"long": "42"}</c>, <c>{"list": [...]}</c>.
/// </summary>
internal sealed class ManagedValueConverter : JsonConverter<object>
{
    public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(JsonElement.ParseValue(ref reader));

    public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options)
    {
        switch (value)
        {
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool boolean:
                writer.WriteBooleanValue(boolean);
                break;
            case ImmutableArray<object?> items:
                writer.WriteStartObject();
                writer.WriteStartArray("list");
                foreach (var item in items)
                {
                    JsonSerializer.Serialize(writer, item, options);
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
                break;
            default:
                var (kind, form) = Describe(value);
                writer.WriteStartObject();
                writer.WriteString(kind, form);
                writer.WriteEndObject();
                break;
        }
    }

    private static (string Kind, string Form) Describe(object value) => value switch
    {
        sbyte or short or int or long or Int128 or UInt128 => (value.GetType().Name, ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)),

        // All digits: the shortest form of a power of two may read back as the number below.
        double number => ("Double", number.ToString("G17", CultureInfo.InvariantCulture)),
        float number => ("Single", number.ToString("G9", CultureInfo.InvariantCulture)),
        byte[] bytes => ("Bytes", Convert.ToBase64String(bytes)),
        Interval interval => ("Interval", string.Create(CultureInfo.InvariantCulture, $"{interval.Months} {interval.Days} {interval.Micros}")),
        _ => throw new JsonException($"a plan cannot hold a {value.GetType().Name}"),
    };

    private static object? Read(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null:
                return null;
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.True or JsonValueKind.False:
                return element.GetBoolean();
            default:
                var entry = element.EnumerateObject().Single();
                return entry.Name == "list" ? entry.Value.EnumerateArray().Select(Read).ToImmutableArray() : Parse(entry.Name, entry.Value.GetString()!);
        }
    }

    private static object Parse(string kind, string form) => kind switch
    {
        "SByte" => sbyte.Parse(form, CultureInfo.InvariantCulture),
        "Int16" => short.Parse(form, CultureInfo.InvariantCulture),
        "Int32" => int.Parse(form, CultureInfo.InvariantCulture),
        "Int64" => long.Parse(form, CultureInfo.InvariantCulture),
        "Int128" => Int128.Parse(form, CultureInfo.InvariantCulture),
        "UInt128" => UInt128.Parse(form, CultureInfo.InvariantCulture),
        "Double" => double.Parse(form, CultureInfo.InvariantCulture),
        "Single" => float.Parse(form, CultureInfo.InvariantCulture),
        "Bytes" => Convert.FromBase64String(form),
        "Interval" when form.Split(' ') is [var months, var days, var micros] => new Interval(
            int.Parse(months, CultureInfo.InvariantCulture), int.Parse(days, CultureInfo.InvariantCulture), long.Parse(micros, CultureInfo.InvariantCulture)),
        _ => throw new JsonException($"unknown kind of value: {kind}"),
    };
}
