using Engine.Storage.Text;

namespace Engine.Storage.Csv;

/// <summary>Reports what does not fit in the records of one batch, and remembers which records to leave out.</summary>
internal sealed class CsvBadCells(RowErrorSink sink, TextLines lines)
{
    private readonly SortedSet<int> _skippedRows = [];
    private long _blockOffset;

    /// <summary>Rows of the batch to leave out.</summary>
    public SortedSet<int> SkippedRows => _skippedRows;

    /// <summary>Starts a batch.</summary>
    public void Begin(long blockOffset)
    {
        _skippedRows.Clear();
        _blockOffset = blockOffset;
    }

    public void ReportValue(in CsvRows rows, int row, string column, ReadOnlySpan<byte> value, string reason)
    {
        Skip(row);
        sink.ReportValue(LineOf(rows, row), column, value, reason);
    }

    public void ReportRow(in CsvRows rows, int row, string? column, ReadOnlySpan<byte> value, string reason)
    {
        Skip(row);
        sink.ReportRow(LineOf(rows, row), column, value, reason);
    }

    private void Skip(int row)
    {
        if (sink.IsSkipping)
        {
            _skippedRows.Add(row);
        }
    }

    private unsafe long LineOf(in CsvRows rows, int row)
    {
        var start = ((int*)rows.Starts)[row];
        return lines.LineAt(_blockOffset + start, new ReadOnlySpan<byte>(rows.Text, start));
    }
}
