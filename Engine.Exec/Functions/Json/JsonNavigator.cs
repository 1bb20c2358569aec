using System.Text;
using System.Text.Json;
using Engine.Core.Errors;
using Engine.Core.Text;

namespace Engine.Exec.Functions.Json;

/// <summary>Finds values inside JSON text, as ranges of its bytes.</summary>
internal static class JsonNavigator
{
    /// <summary>The value of a field; false when the text is no object or has no such field. Of repeated names the last counts, as in PostgreSQL's jsonb.</summary>
    public static bool TryGetField(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name, out Range value)
    {
        value = default;
        var isFound = false;
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isWanted = reader.ValueTextEquals(name);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isWanted)
            {
                value = start..(int)reader.BytesConsumed;
                isFound = true;
            }
        }

        return isFound;
    }

    /// <summary>The item of an array at a place from 0 on, or from the end when negative.</summary>
    public static bool TryGetItem(ReadOnlySpan<byte> json, long index, out Range value)
    {
        value = default;
        var place = index < 0 ? Count(json) + index : index;
        var reader = new Utf8JsonReader(json);
        if (place < 0 || !reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; place--)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (place == 0)
            {
                value = start..(int)reader.BytesConsumed;
                return true;
            }
        }

        return false;
    }

    /// <summary>Items of an array; -1 when the text is none.</summary>
    public static int Count(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return -1;
        }

        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
            count++;
        }

        return count;
    }

    /// <summary>Follows a path such as <c>$.a.b[0]["c d"]</c>.</summary>
    public static bool TryFollow(ReadOnlySpan<byte> json, IReadOnlyList<object> steps, out Range value)
    {
        var start = 0;
        var end = json.Length;
        value = start..end;
        foreach (var step in steps)
        {
            Range next;
            var isFound = step is byte[] name ? TryGetField(json[start..end], name, out next) : TryGetItem(json[start..end], (long)step, out next);
            if (!isFound)
            {
                return false;
            }

            (start, end) = (start + next.Start.Value, start + next.End.Value);
            value = start..end;
        }

        return true;
    }

    /// <summary>The steps of a path: names as bytes, places as numbers.</summary>
    public static IReadOnlyList<object> ParsePath(string path)
    {
        var steps = new List<object>();
        if (path.Contains("[*]", StringComparison.Ordinal) || path.Contains(".*", StringComparison.Ordinal) || path.Contains("..", StringComparison.Ordinal))
        {
            throw QueryException.NotSupportedYet($"wildcards in a json path: \"{path}\"", null);
        }

        var position = path.StartsWith('$') ? 1 : 0;
        while (position < path.Length)
        {
            var close = path[position] == '[' ? path.IndexOf(']', position) : -1;
            if (close > position)
            {
                var inner = path[(position + 1)..close];
                steps.Add(long.TryParse(inner, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var index)
                    ? index
                    : Encoding.UTF8.GetBytes(inner.Trim('"', '\'')));
                position = close + 1;
                continue;
            }

            var start = path[position] == '.' ? position + 1 : position;
            var end = path.AsSpan(start).IndexOfAny('.', '[') is var found && found < 0 ? path.Length : start + found;
            if (end == start)
            {
                throw new QueryException(ErrorCodes.InvalidParameterValue, $"invalid json path: \"{path}\"", hint: "A path looks like $.field[0].other.");
            }

            steps.Add(Encoding.UTF8.GetBytes(path[start..end]));
            position = end;
        }

        return steps;
    }

    /// <summary>A value as text: strings without quotes and escapes, others as they stand; false for null.</summary>
    public static bool TryUnquote(ReadOnlySpan<byte> value, ByteWriter writer)
    {
        var reader = new Utf8JsonReader(value);
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return false;
        }

        if (reader.TokenType == JsonTokenType.String)
        {
            writer.Advance(reader.CopyString(writer.GetSpan(value.Length)));
        }
        else
        {
            writer.Add(value);
        }

        return true;
    }
}
