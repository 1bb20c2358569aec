using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Engine.Differential.Tests.Postgres;

/// <summary>How two outcomes differ.</summary>
public enum Difference
{
    None,

    /// <summary>Both answer, with different values.</summary>
    Value,

    /// <summary>The same number, of which the engine keeps fewer digits.</summary>
    Digits,

    /// <summary>The same value, of another type.</summary>
    Type,

    /// <summary>Both fail, for different reasons.</summary>
    Code,

    /// <summary>The engine fails where PostgreSQL answers.</summary>
    Refused,

    /// <summary>The engine answers where PostgreSQL fails.</summary>
    Allowed,

    /// <summary>The engine has failed in itself. No list excuses it.</summary>
    Internal,
}

/// <summary>Compares what became of one expression in the engine and in PostgreSQL.</summary>
public static class OutcomeComparison
{
    public static Difference Compare(Outcome ours, Outcome theirs)
    {
        if (ours.SqlState == "XX000")
        {
            return Difference.Internal;
        }

        if (ours.Failed || theirs.Failed)
        {
            return ours.SqlState == theirs.SqlState ? Difference.None : !ours.Failed ? Difference.Allowed : !theirs.Failed ? Difference.Refused : Difference.Code;
        }

        var type = Engine(theirs.Type!);
        if (ours.Value == theirs.Value)
        {
            return ours.Type == type ? Difference.None : Difference.Type;
        }

        if (ours.Value is null || theirs.Value is null)
        {
            return Difference.Value;
        }

        return Values(ours, theirs, type) is var difference && difference == Difference.None && ours.Type != type ? Difference.Type : difference;
    }

    /// <summary>The engine has one type of text and one of JSON, which it prints as it was written.</summary>
    private static string Engine(string type) => type switch
    {
        "text" or "character varying" or "name" or "character" or "\"char\"" or "regtype" => "text",
        "character varying[]" => "text[]",
        "jsonb" => "json",
        _ => type,
    };

    private static Difference Values(Outcome ours, Outcome theirs, string type)
    {
        if (type == "json" || ours.Type == "json")
        {
            return Json(ours.Value!) is { } json && json == Json(theirs.Value!) ? Difference.None : Difference.Value;
        }

        if (type == "numeric" && Decimal(ours.Value!) is var (left, leftScale) && Decimal(theirs.Value!) is var (right, rightScale))
        {
            var scale = Math.Max(leftScale, rightScale);
            var apart = BigInteger.Abs((left * BigInteger.Pow(10, scale - leftScale)) - (right * BigInteger.Pow(10, scale - rightScale)));
            return apart.IsZero ? Difference.None
                : leftScale < rightScale && apart * 2 <= BigInteger.Pow(10, scale - leftScale) ? Difference.Digits
                : Difference.Value;
        }

        return Difference.Value;
    }

    /// <summary>The digits of a number and how many of them are behind the point, or null when it is NaN or infinite.</summary>
    private static (BigInteger Digits, int Scale)? Decimal(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var digits = point < 0 ? text : text.Remove(point, 1);
        return BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? (number, point < 0 ? 0 : text.Length - point - 1) : null;
    }

    /// <summary>As <see cref="Decimal"/>, of a number that may have an exponent.</summary>
    private static (BigInteger Digits, int Scale)? Number(string text)
    {
        var exponentAt = text.AsSpan().IndexOfAny('e', 'E');
        return exponentAt < 0 ? Decimal(text)
            : Decimal(text[..exponentAt]) is var (digits, scale) ? (digits, scale - int.Parse(text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))
            : null;
    }

    /// <summary>One spelling of a JSON text: no spaces, keys in order, the last of equal ones, numbers by value.</summary>
    private static string? Json(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return Append(new StringBuilder(), json.RootElement).ToString();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static StringBuilder Append(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                foreach (var member in value.EnumerateObject().GroupBy(member => member.Name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
                {
                    Append(text.Append(JsonSerializer.Serialize(member.Key)).Append(':'), member.Last().Value).Append(',');
                }

                return text.Append('}');
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var item in value.EnumerateArray())
                {
                    Append(text, item).Append(',');
                }

                return text.Append(']');
            case JsonValueKind.String:
                return text.Append(JsonSerializer.Serialize(value.GetString()));
            case JsonValueKind.Number when Number(value.GetRawText()) is var (digits, scale):
                while (!digits.IsZero && digits % 10 == 0)
                {
                    (digits, scale) = (digits / 10, scale - 1);
                }

                return text.Append(digits).Append('e').Append(digits.IsZero ? 0 : -scale);
            default:
                return text.Append(value.GetRawText());
        }
    }
}
