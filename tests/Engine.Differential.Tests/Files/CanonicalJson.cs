using System.Globalization;
using System.Text.Json;

namespace Engine.Differential.Tests.Files;

/// <summary>
/// One spelling of a JSON text: numbers by value, times in UTC, and no keys that are null, as a key that a document lacks and one that is null are
/// the same NULL in a row type.
/// </summary>
public static class CanonicalJson
{
    /// <summary>The spelling, or the text itself where it is no array or object.</summary>
    public static string Of(string text)
    {
        if (text.Length == 0 || text[0] is not ('{' or '['))
        {
            return text;
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            return Write(json.RootElement);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static string Write(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(",", value.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null)
            .Select(member => JsonSerializer.Serialize(member.Name) + ":" + Write(member.Value))) + "}",
        JsonValueKind.Array => "[" + string.Join(",", value.EnumerateArray().Select(Write)) + "]",
        JsonValueKind.Number when value.TryGetInt64(out var integer) => integer.ToString(CultureInfo.InvariantCulture),
        JsonValueKind.Number => value.GetDouble().ToString("G12", CultureInfo.InvariantCulture),
        JsonValueKind.String => JsonSerializer.Serialize(Time(value.GetString()!)),
        _ => value.GetRawText(),
    };

    private static string Time(string text) =>
        text.Length >= 19 && char.IsAsciiDigit(text[0]) && text[4] == '-'
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)
            : text;
}
