using Engine.Core.Memory;

namespace Engine.Storage.Csv;

/// <summary>Brings the records of a batch into one shape: every one has all fields, blank lines are gone, and what was wrong is reported.</summary>
internal sealed unsafe class CsvRowShaper(CsvIndex index, CsvDialect dialect, CsvOptions options, int fieldCount, CsvBadCells bad, bool drops)
{
    private readonly List<long> _rowNumbers = [];
    private long _rowNumber;

    /// <summary>The number in the file of each record of the last batch, from 1.</summary>
    public List<long> RowNumbers => _rowNumbers;

    /// <summary>Shapes records from <paramref name="first"/> on, as many as there are and are wanted.</summary>
    public CsvRows Shape(NativeBuffer block, int first, int count, bool isValidUtf8)
    {
        _rowNumbers.Clear();
        var kept = 0;
        for (var row = first; row < first + count; row++)
        {
            var fields = index.FirstFields[row + 1] - index.FirstFields[row];
            var place = index.FirstFields[row];
            if (fields == fieldCount)
            {
                _rowNumbers.Add(++_rowNumber);
            }
            else if (!TryRepair(block, row, fields, ref place))
            {
                continue;
            }

            // What is kept moves up; the entries behind are read before they are overwritten.
            index.FirstFields[first + kept] = place;
            index.Starts[first + kept] = index.Starts[row];
            kept++;
        }

        return At(block, first, kept, isValidUtf8);
    }

    private CsvRows At(NativeBuffer block, int first, int count, bool isValidUtf8) =>
        new(block, (nint)index.Ends, (nint)(index.FirstFields + first), (nint)(index.Starts + first), count, dialect, isValidUtf8);

    private bool TryRepair(NativeBuffer block, int row, int fields, ref int place)
    {
        var start = index.Starts[row];
        if (fields == 1 && index.Ends[place] == (uint)start && fieldCount > 1)
        {
            // A blank line is no record.
            return false;
        }

        _rowNumbers.Add(++_rowNumber);
        var isForgiven = fields < fieldCount ? options.PadsWithNull : options.IgnoresExtra;
        if (!isForgiven)
        {
            var end = (int)(index.Ends[index.FirstFields[row + 1] - 1] & CsvIndex.PlaceMask);
            var text = new ReadOnlySpan<byte>(block.Pointer + start, end - start);
            var reason = fields < fieldCount ? $"record has too few fields ({fields} instead of {fieldCount})" : $"record has too many fields ({fields} instead of {fieldCount})";
            bad.ReportRow(new CsvRows(block, (nint)index.Ends, (nint)(index.FirstFields + row), (nint)(index.Starts + row), 1, dialect, false), 0, null, text, reason);
            bad.SkippedRows.Clear();
            if (drops)
            {
                _rowNumbers.RemoveAt(_rowNumbers.Count - 1);
                return false;
            }
        }

        if (fields < fieldCount)
        {
            place = Pad(place, fields);
        }

        return true;
    }

    /// <summary>Copies a record's fields to the end of the index and adds those that it lacks.</summary>
    private int Pad(int place, int fields)
    {
        index.Ensure(fieldCount + CsvIndex.Slack);
        var target = index.FieldCount;
        new Span<uint>(index.Ends + place, fields).CopyTo(new Span<uint>(index.Ends + target, fields));
        var last = index.Ends[place + fields - 1] & CsvIndex.PlaceMask;
        new Span<uint>(index.Ends + target + fields, fieldCount - fields).Fill(last | CsvIndex.Missing);
        index.FieldCount += fieldCount;
        return target;
    }
}
