using Engine.Core.Columns;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Json;

/// <summary>Paths given as arrays of texts, or in the text form of such arrays: <c>{a,0,"b c"}</c>.</summary>
internal static class JsonPathArgument
{
    /// <summary>The items of an array of texts.</summary>
    public static unsafe List<byte[]?> Texts(RowArguments a, int place, int row)
    {
        var lists = (ListColumn)a.Column(place);
        var items = (TextColumn)lists.Child;
        var at = a.Place(place, row);
        var texts = new List<byte[]?>();
        for (var item = lists.Offsets[at]; item < lists.Offsets[at + 1]; item++)
        {
            texts.Add(items.IsNull(item) ? null : items.Bytes(item).ToArray());
        }

        return texts;
    }

    /// <summary>The steps of a path, of an array or of its text form.</summary>
    public static List<byte[]?> Steps(RowArguments a, int place, int row) => a.Column(place) is ListColumn ? Texts(a, place, row) : Split(a.Text(place, row));

    /// <summary>The steps of a path as strings.</summary>
    public static string?[] Names(RowArguments a, int place, int row) => [.. Steps(a, place, row).Select(step => step is null ? null : System.Text.Encoding.UTF8.GetString(step))];

    /// <summary>Follows a path of names and places; NULL among them leads nowhere.</summary>
    public static bool TryFollow(ReadOnlySpan<byte> document, List<byte[]?> steps, out Range value)
    {
        var (start, end) = (0, document.Length);
        value = start..end;
        foreach (var step in steps)
        {
            if (step is null)
            {
                return false;
            }

            var part = document[start..end];
            var isPlace = Core.Text.IntegerText.TryParse(step, out long index);
            if (!JsonNavigator.TryGetField(part, step, out var next) && !(isPlace && JsonNavigator.TryGetItem(part, index, out next)))
            {
                return false;
            }

            (start, end) = (start + next.Start.Value, start + next.End.Value);
            value = start..end;
        }

        return true;
    }

    private static List<byte[]?> Split(ReadOnlySpan<byte> text)
    {
        var steps = new List<byte[]?>();
        if (text is not [(byte)'{', .., (byte)'}'])
        {
            throw new Core.Errors.QueryException(
                Core.Errors.ErrorCodes.InvalidTextRepresentation, $"malformed array literal: \"{System.Text.Encoding.UTF8.GetString(text)}\"", hint: "A path is written {a,0,b} or ARRAY['a', '0', 'b'].");
        }

        text = text[1..^1];
        while (!text.IsEmpty)
        {
            var step = new Core.Text.ByteWriter();
            var isQuoted = text[0] == '"';
            var position = isQuoted ? 1 : 0;
            for (; position < text.Length && text[position] != (isQuoted ? '"' : ','); position++)
            {
                position += text[position] == '\\' && position + 1 < text.Length ? 1 : 0;
                step.Add(text[position]);
            }

            position += isQuoted ? 1 : 0;
            steps.Add(step.Written.ToArray());
            text = position < text.Length ? text[(position + 1)..] : default;
        }

        return steps;
    }
}
