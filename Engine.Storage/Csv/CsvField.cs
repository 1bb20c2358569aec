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

        return (flags & CsvIndex.Escaped) == 0 ? raw : Unescape(raw, dialect.Escape, scratch);
    }

    private static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> text, byte escape, ByteWriter scratch)
    {
        scratch.Clear();
        while (true)
        {
            var place = text.IndexOf(escape);
            if (place < 0 || place + 1 >= text.Length)
            {
                scratch.Add(text);
                return scratch.Written;
            }

            scratch.Add(text[..place]);
            scratch.Add(text[place + 1]);
            text = text[(place + 2)..];
        }
    }
}
