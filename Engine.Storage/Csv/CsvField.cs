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

        if ((flags & CsvIndex.Escaped) == 0)
        {
            return raw;
        }

        scratch.Clear();
        scratch.Advance(Unescape(raw, dialect, scratch.GetSpan(raw.Length)));
        return scratch.Written;
    }

    /// <summary>Copies a text without its escapes, and gives its length.</summary>
    public static int Unescape(ReadOnlySpan<byte> text, CsvDialect dialect, Span<byte> target)
    {
        var escape = dialect.Escape;
        var written = 0;
        while (true)
        {
            var place = text.IndexOf(escape);
            if (place < 0 || place + 1 >= text.Length)
            {
                text.CopyTo(target[written..]);
                return written + text.Length;
            }

            // A backslash that takes no meaning off anything, as in C:\temp, is text.
            var next = text[place + 1];
            var isEscape = next == dialect.Quote || next == escape || next == dialect.FirstDelimiter || next is (byte)'\n' or (byte)'\r';
            var kept = isEscape ? place : place + 1;
            text[..kept].CopyTo(target[written..]);
            target[written + kept] = next;
            written += kept + 1;
            text = text[(place + 2)..];
        }
    }
}
