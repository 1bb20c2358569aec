using Engine.Core.Text;

namespace Engine.Storage.Csv;

/// <summary>Takes the quoting off a field.</summary>
internal static class CsvField
{
    /// <summary>The text between the quotes; where there are escapes, unescaped into the scratch.</summary>
    public static ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> raw, uint flags, CsvDialect dialect, ByteWriter scratch)
    {
        if ((flags & CsvIndex.Quoted) != 0)
        {
            var open = raw.IndexOf(dialect.Quote);
            raw = raw[(open + 1)..];
            if (!raw.IsEmpty && raw[^1] == dialect.Quote)
            {
                raw = raw[..^1];
            }
        }

        return (flags & CsvIndex.Escaped) == 0 ? raw : Unescape(raw, dialect, scratch);
    }

    private static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> text, CsvDialect dialect, ByteWriter scratch)
    {
        var escape = dialect.Escape;
        scratch.Clear();
        while (true)
        {
            var place = text.IndexOf(escape);
            if (place < 0 || place + 1 >= text.Length)
            {
                scratch.Add(text);
                return scratch.Written;
            }

            // A backslash that takes no meaning off anything, as in C:\temp, is text.
            var next = text[place + 1];
            var isEscape = next == dialect.Quote || next == escape || next == dialect.FirstDelimiter || next is (byte)'\n' or (byte)'\r';
            scratch.Add(isEscape ? text[..place] : text[..(place + 1)]);
            scratch.Add(next);
            text = text[(place + 2)..];
        }
    }
}
