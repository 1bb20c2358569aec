using System.Text;
using Engine.Core.Connectors;
using Engine.Core.Memory;
using Engine.Core.Text;
using Engine.Storage.ObjectStores;
using Engine.Storage.Text;

namespace Engine.Storage.Csv;

/// <summary>The part of a file before its first data record.</summary>
/// <param name="DataStart">Where the first data record begins in the file's text.</param>
/// <param name="Names">The column names in the header, as written; null without one.</param>
/// <param name="IsPlain">Whether places in the text are places in the file.</param>
internal sealed record CsvFileStart(long DataStart, string[]? Names, bool IsPlain)
{
    private const int FirstLength = 64 << 10;

    public static unsafe CsvFileStart Read(
        IObjectStore store, DataFile file, CsvDialect dialect, TextEncoding encoding, int maxLength, MemoryPool pool, CancellationToken cancellationToken)
    {
        for (var length = FirstLength; ; length *= 4)
        {
            using var source = TextSource.Open(store, file, encoding, null, cancellationToken);
            var offset = source.Position;
            var buffer = pool.Allocate(length, "csv header");
            try
            {
                var count = source.Read(new Span<byte>(buffer.Pointer, length));
                new Span<byte>(buffer.Pointer + count, NativeBuffer.Padding).Clear();
                if (TryRead(buffer, count, isLast: count < length, dialect, pool, out var start, out var names) || length >= maxLength)
                {
                    return new CsvFileStart(offset + start, names, source.IsPlain);
                }
            }
            finally
            {
                buffer.Release();
            }
        }
    }

    /// <summary>The place behind a number of physical lines.</summary>
    public static int SkipLines(ReadOnlySpan<byte> text, int lineCount, bool endsAtReturn)
    {
        var position = 0;
        for (; lineCount > 0; lineCount--)
        {
            var end = endsAtReturn ? text[position..].IndexOfAny((byte)'\n', (byte)'\r') : text[position..].IndexOf((byte)'\n');
            if (end < 0)
            {
                return text.Length;
            }

            position += end + 1;
            if (endsAtReturn && text[position - 1] == '\r' && position < text.Length && text[position] == '\n')
            {
                position++;
            }
        }

        return position;
    }

    /// <summary>How many lines end in a text.</summary>
    public static int CountLines(ReadOnlySpan<byte> text, bool endsAtReturn) =>
        text.Count((byte)'\n') + (endsAtReturn ? text.Count((byte)'\r') - text.Count("\r\n"u8) : 0);

    private static unsafe bool TryRead(
        NativeBuffer buffer, int length, bool isLast, CsvDialect dialect, MemoryPool pool, out int start, out string[]? names)
    {
        names = null;
        start = SkipLines(new ReadOnlySpan<byte>(buffer.Pointer, length), dialect.SkippedLines, dialect.EndsAtReturn);
        if (dialect.HeaderRows == 0)
        {
            return start < length || isLast;
        }

        using var index = new CsvIndex(pool);
        new CsvScanner(dialect).Scan(buffer.Pointer, start, length, isLast, index);
        var rows = new CsvRows(buffer, (nint)index.Ends, (nint)index.FirstFields, (nint)index.Starts, index.RowCount, dialect, IsValidUtf8: false);
        var headerRows = new List<string[]>();
        var row = 0;
        for (; row < index.RowCount && headerRows.Count < dialect.HeaderRows; row++)
        {
            var fieldCount = index.FirstFields[row + 1] - index.FirstFields[row];
            if (fieldCount > 1 || !rows.Raw(row, 0, out _).IsEmpty)
            {
                headerRows.Add(ReadTexts(rows, row, fieldCount));
            }
        }

        start = index.RowCount == 0 && isLast ? length : index.Starts[row];
        names = headerRows.Count == 0 ? null : CsvHeader.Join(headerRows);
        return headerRows.Count == dialect.HeaderRows || isLast;
    }

    private static string[] ReadTexts(in CsvRows rows, int row, int fieldCount)
    {
        var scratch = new ByteWriter();
        var texts = new string[fieldCount];
        for (var field = 0; field < fieldCount; field++)
        {
            texts[field] = Encoding.UTF8.GetString(AsciiText.Trim(rows.Value(row, field, out _, scratch)));
        }

        return texts;
    }
}
