using System.Collections.Immutable;
using Engine.Core.Memory;
using Engine.Storage.Text;

namespace Engine.Storage.Csv;

/// <summary>
/// Finds where the first record behind a place in a file begins, though the place may lie inside a quoted field with line ends in it. Two
/// readings are tried, outside and inside of quotes; the one whose records have the right shape wins. Where both or none do, the file is read
/// from its start. The answer depends on the file's bytes alone, so that the reader before the place and the one behind it agree.
/// </summary>
internal sealed unsafe class CsvRecordFinder(CsvDialect dialect, int fieldCount, long dataStart, MemoryPool pool, Func<TextSource> open)
{
    private static readonly ImmutableArray<int> WindowLengths = [64 << 10, 1 << 20];

    private const int EnoughRecords = 64;
    private const int LookBehind = 256;

    /// <summary>The first record that begins at the place or behind it.</summary>
    public long Find(long place)
    {
        if (place <= dataStart)
        {
            return dataStart;
        }

        foreach (var length in WindowLengths)
        {
            if (TryFind(place, length) is { } found)
            {
                return found;
            }
        }

        return FindFromStart(place);
    }

    private long? TryFind(long place, int length)
    {
        // The byte before the place tells whether a record begins right there; those before that, whether a quote opens.
        var windowStart = Math.Max(dataStart, place - LookBehind);
        var first = (int)(place - 1 - windowStart);
        using var source = open();
        source.Seek(windowStart);
        var buffer = pool.Allocate(length, "csv window");
        try
        {
            var count = source.Read(new Span<byte>(buffer.Pointer, length));
            new Span<byte>(buffer.Pointer + count, NativeBuffer.Padding).Clear();
            var isLast = count < length;

            // A run of quotes or escapes means something only from its start.
            while (first > 0 && dialect.Quote != 0 && (buffer.Pointer[first - 1] == dialect.Quote || buffer.Pointer[first - 1] == dialect.Escape))
            {
                first--;
            }

            var outside = Judge(buffer.Pointer, first, count, isLast, IsStrayQuote(buffer.Pointer, first));
            if (dialect.Quote == 0)
            {
                return outside.Start is { } start ? windowStart + start : isLast ? windowStart + count : null;
            }

            var closing = FindClosingQuote(buffer.Pointer, first, count, isLast, out var hasStray);
            var inside = closing < 0 ? default : Judge(buffer.Pointer, closing + 1, count, isLast, hasStray);
            return outside.IsGood == inside.IsGood && !(outside.IsGood && outside.Start == inside.Start)
                ? null
                : windowStart + (outside.IsGood ? outside : inside).Start;
        }
        finally
        {
            buffer.Release();
        }
    }

    private long FindFromStart(long place)
    {
        var source = open();
        source.Seek(dataStart);
        using var blocks = new TextBlockReader(source, pool, 1 << 20, CsvOptions.DefaultMaxLineLength);
        using var index = new CsvIndex(pool);
        var scanner = new CsvScanner(dialect);
        var end = dataStart;
        while (blocks.Next(out _) is { } block)
        {
            var consumed = scanner.Scan(block.Buffer.Pointer, 0, block.Length, block.IsLast, index);
            for (var row = 0; row < index.RowCount; row++)
            {
                if (block.Offset + index.Starts[row] >= place)
                {
                    return block.Offset + index.Starts[row];
                }
            }

            blocks.Consume(consumed);
            end = block.Offset + consumed;
        }

        return end;
    }

    /// <summary>Reads records from a place that is taken to lie outside of quotes.</summary>
    private Reading Judge(byte* text, int start, int length, bool isLast, bool hasViolation)
    {
        using var index = new CsvIndex(pool);
        new CsvScanner(dialect).Scan(text, start, length, isLast, index);

        // The record that the place lies in is not whole; whether it ends is all that counts.
        var firstMalformed = index.RowCount > 0 && IsMalformed(text, index, 0);
        var violations = hasViolation || firstMalformed ? 1 : 0;
        var records = 0;
        for (var row = 1; row < index.RowCount && records < EnoughRecords; row++)
        {
            var fields = index.FirstFields[row + 1] - index.FirstFields[row];
            if (fields == 1 && fieldCount > 1 && (index.Ends[index.FirstFields[row]] & CsvIndex.PlaceMask) == index.Starts[row])
            {
                continue;
            }

            records++;
            violations += fields != fieldCount || IsMalformed(text, index, row) ? 1 : 0;
        }

        int? next = index.RowCount > 0 && (index.Starts[1] < length || isLast) ? index.Starts[1] : null;
        return new Reading(next, next is not null && violations == 0);
    }

    /// <summary>Whether quotes stand where a writer of CSV would not put them.</summary>
    private bool IsMalformed(byte* text, CsvIndex index, int row)
    {
        var start = index.Starts[row];
        for (var field = index.FirstFields[row]; field < index.FirstFields[row + 1]; field++)
        {
            var end = (int)(index.Ends[field] & CsvIndex.PlaceMask);
            var hasStray = (index.Ends[field] & CsvIndex.Quoted) == 0 && dialect.Quote != 0
                && new ReadOnlySpan<byte>(text + start, Math.Max(0, end - start)).Contains(dialect.Quote);
            if (hasStray || (index.Ends[field] & CsvIndex.Malformed) != 0)
            {
                return true;
            }

            start = end + dialect.Delimiter.Length;
        }

        return false;
    }

    private bool IsStrayQuote(byte* text, int place) =>
        dialect.Quote != 0 && text[place] == dialect.Quote && place > 0 && text[place - 1] is not ((byte)'\n' or (byte)'\r') && text[place - 1] != dialect.Delimiter[^1];

    /// <summary>The quote that ends the field which the place lies in, or -1; a quote before it that ends nothing speaks against the reading.</summary>
    private int FindClosingQuote(byte* text, int start, int length, bool isLast, out bool hasStray)
    {
        hasStray = false;
        for (var place = start; place < length; place++)
        {
            if (dialect.HasEscapeByte && text[place] == dialect.Escape)
            {
                place++;
            }
            else if (text[place] == dialect.Quote)
            {
                if (place + 1 >= length)
                {
                    return isLast ? place : -1;
                }

                if (dialect.IsQuoteDoubled && text[place + 1] == dialect.Quote)
                {
                    place++;
                }
                else if (text[place + 1] is (byte)'\n' or (byte)'\r' || text[place + 1] == dialect.FirstDelimiter)
                {
                    return place;
                }
                else
                {
                    hasStray = true;
                }
            }
        }

        return -1;
    }

    /// <summary>What came of a reading: where the next record begins, and whether all that followed had the right shape.</summary>
    private readonly record struct Reading(int? Start, bool IsGood);
}
