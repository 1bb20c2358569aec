using System.Numerics;
using System.Runtime.CompilerServices;

namespace Engine.Storage.Csv;

/// <summary>
/// Finds the ends of fields and records in a block: 64 bytes at a time where no quotes are near, else from one structural byte to the next. A
/// quote opens a field only as its first byte and closes it only before a delimiter or a line's end; others belong to the text and mark it.
/// </summary>
internal sealed unsafe class CsvScanner(CsvDialect dialect, VectorWidth width = VectorWidth.Widest)
{
    private const int ChunkLength = 64;

    private readonly bool _isPlain = dialect.IsPlain;
    private readonly byte _delimiter = dialect.FirstDelimiter;
    private readonly byte _quote = dialect.Quote;
    private readonly byte _escape = dialect.HasEscapeByte ? dialect.Escape : (byte)0;
    private readonly bool _isDoubled = dialect.IsQuoteDoubled;
    private readonly byte _comment = dialect.Comment;
    private readonly bool _endsAtReturn = dialect.EndsAtReturn;
    private readonly int _delimiterLength = dialect.Delimiter.Length;
    private readonly ChunkMasks _masks = new(dialect, width);

    /// <summary>Indexes all complete records from a record's start on; the last one too when the text ends here.</summary>
    /// <returns>Where the first incomplete record begins.</returns>
    public int Scan(byte* text, int start, int length, bool isLast, CsvIndex index)
    {
        index.Clear();
        index.Starts[0] = start;
        var state = new State { FieldStart = start, SkipBefore = start, IsLast = isLast };
        if (_comment != 0 && start < length && text[start] == _comment)
        {
            state.IsInComment = true;
        }

        for (var position = start; position < length; position += ChunkLength)
        {
            index.Ensure();
            _masks.Read(text + position, out var delimiters, out var lineEnds, out var specials);
            var left = length - position;
            if (left < ChunkLength)
            {
                var inside = (1UL << left) - 1;
                delimiters &= inside;
                lineEnds &= inside;
                specials &= inside;
            }

            if (_isPlain && specials == 0 && !state.IsQuoted)
            {
                AddPlain(text, position, delimiters, lineEnds, index, ref state);
            }
            else
            {
                Walk(text, position, length, delimiters | lineEnds | specials, index, ref state);
            }
        }

        if (isLast && index.Starts[index.RowCount] < length)
        {
            index.Ensure();
            EndText(text, length, index, ref state);
            return length;
        }

        return index.Starts[index.RowCount];
    }

    /// <summary>A chunk without quotes: all places are written at once, then the records are cut.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddPlain(byte* text, int position, ulong delimiters, ulong lineEnds, CsvIndex index, ref State state)
    {
        var all = delimiters | lineEnds;
        if (all == 0)
        {
            return;
        }

        var first = index.FieldCount;
        var ends = index.Ends + first;
        var count = BitOperations.PopCount(all);
        for (var rest = all; rest != 0; ends += 4)
        {
            // Four at a time; what is written too much is overwritten by the next.
            ends[0] = (uint)(position + BitOperations.TrailingZeroCount(rest));
            rest &= rest - 1;
            ends[1] = (uint)(position + BitOperations.TrailingZeroCount(rest));
            rest &= rest - 1;
            ends[2] = (uint)(position + BitOperations.TrailingZeroCount(rest));
            rest &= rest - 1;
            ends[3] = (uint)(position + BitOperations.TrailingZeroCount(rest));
            rest &= rest - 1;
        }

        // The field that reaches into this chunk may have begun with a quote that is literal by now.
        index.Ends[first] |= state.Flags;
        state.Flags = 0;
        index.FieldCount = first + count;
        state.FieldStart = position + ChunkLength - BitOperations.LeadingZeroCount(all);
        var row = index.RowCount;
        for (; lineEnds != 0; lineEnds &= lineEnds - 1)
        {
            var bit = BitOperations.TrailingZeroCount(lineEnds);
            var place = position + bit;
            var fieldsAfter = first + BitOperations.PopCount(all & (ulong.MaxValue >> (63 - bit)));
            if (place > index.Starts[row] && text[place - 1] == '\r')
            {
                // Of a line's end by two bytes, the first is no part of the field.
                index.Ends[fieldsAfter - 1]--;
            }

            row++;
            index.FirstFields[row] = fieldsAfter;
            index.Starts[row] = place + 1;
        }

        index.RowCount = row;
    }

    private void Walk(byte* text, int position, int length, ulong structurals, CsvIndex index, ref State state)
    {
        for (; structurals != 0; structurals &= structurals - 1)
        {
            var place = position + BitOperations.TrailingZeroCount(structurals);
            if (place < state.SkipBefore)
            {
                continue;
            }

            var symbol = text[place];
            if (symbol is (byte)'\n' or (byte)'\r' && (symbol == '\n' || _endsAtReturn))
            {
                // A return at the very end may be the first half of a line's end.
                if (!state.IsQuoted && (symbol == '\n' || place + 1 < length || state.IsLast))
                {
                    EndRecord(text, place, length, index, ref state);
                }
            }
            else if (state.IsInComment)
            {
                continue;
            }
            else if (_escape != 0 && symbol == _escape)
            {
                // The next byte is text, whatever it is.
                state.SkipBefore = place + 2;
                state.Flags |= CsvIndex.Escaped;
            }
            else if (_quote != 0 && symbol == _quote)
            {
                MeetQuote(text, place, length, ref state);
            }
            else if (!state.IsQuoted && IsDelimiter(text, place, length))
            {
                AddEnd(place, index, ref state);
                state.FieldStart = place + _delimiterLength;
                state.SkipBefore = state.FieldStart;
            }
        }
    }

    private void MeetQuote(byte* text, int place, int length, ref State state)
    {
        if (!state.IsQuoted)
        {
            if (place == state.FieldStart || (dialect.AllowsBlankBeforeQuote && IsBlank(text, state.FieldStart, place)))
            {
                state.IsQuoted = true;
                state.Flags = CsvIndex.Quoted;
            }

            return;
        }

        if (IsFieldEnd(text, place + 1, length))
        {
            state.IsQuoted = false;
        }
        else if (_isDoubled && place + 1 < length && text[place + 1] == _quote)
        {
            state.SkipBefore = place + 2;
            state.Flags |= CsvIndex.Escaped;
        }
        else
        {
            state.Flags |= CsvIndex.Malformed;
        }
    }

    private bool IsFieldEnd(byte* text, int place, int length)
    {
        if (place >= length)
        {
            return true;
        }

        return text[place] is (byte)'\n' or (byte)'\r' || IsDelimiter(text, place, length);
    }

    private bool IsDelimiter(byte* text, int place, int length)
    {
        if (text[place] != _delimiter)
        {
            return false;
        }

        return _delimiterLength == 1
            || (place + _delimiterLength <= length && new ReadOnlySpan<byte>(text + place, _delimiterLength).SequenceEqual(dialect.Delimiter.AsSpan()));
    }

    private static bool IsBlank(byte* text, int from, int to)
    {
        for (; from < to; from++)
        {
            if (text[from] is not ((byte)' ' or (byte)'\t'))
            {
                return false;
            }
        }

        return true;
    }

    private static void AddEnd(int end, CsvIndex index, ref State state)
    {
        index.Ends[index.FieldCount++] = (uint)end | state.Flags;
        state.Flags = 0;
    }

    private void EndRecord(byte* text, int place, int length, CsvIndex index, ref State state)
    {
        var next = place + 1;
        var end = place;
        if (text[place] == '\r')
        {
            next += next < length && text[next] == '\n' ? 1 : 0;
        }
        else if (place > state.FieldStart && text[place - 1] == '\r')
        {
            end--;
        }

        if (state.IsInComment)
        {
            // The comment was no record: the next one begins behind it.
            state.IsInComment = false;
            index.Starts[index.RowCount] = next;
        }
        else
        {
            AddEnd(end, index, ref state);
            index.RowCount++;
            index.FirstFields[index.RowCount] = index.FieldCount;
            index.Starts[index.RowCount] = next;
        }

        state.FieldStart = next;
        state.SkipBefore = next;
        state.IsInComment = _comment != 0 && next < length && text[next] == _comment;
    }

    /// <summary>Ends the last record, which no line's end follows.</summary>
    private void EndText(byte* text, int length, CsvIndex index, ref State state)
    {
        if (state.IsInComment)
        {
            index.Starts[index.RowCount] = length;
            return;
        }

        if (state.IsQuoted)
        {
            state.Flags |= CsvIndex.Malformed;
        }

        AddEnd(length > state.FieldStart && !state.IsQuoted && text[length - 1] == '\r' ? length - 1 : length, index, ref state);
        index.RowCount++;
        index.FirstFields[index.RowCount] = index.FieldCount;
        index.Starts[index.RowCount] = length;
    }

    private struct State
    {
        /// <summary>Where the current field begins.</summary>
        public int FieldStart;

        /// <summary>Structural bytes before this place have no meaning.</summary>
        public int SkipBefore;

        /// <summary>Flags of the current field.</summary>
        public uint Flags;

        public bool IsQuoted;

        public bool IsInComment;

        public bool IsLast;
    }
}
