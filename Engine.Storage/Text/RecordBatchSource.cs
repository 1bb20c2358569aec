using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Types;

namespace Engine.Storage.Text;

/// <summary>
/// Reads a split of a text format whose records, lines or documents, are found one after another in blocks of bytes: what they share, from block to
/// batch. A format says where records end and what they hold.
/// </summary>
internal abstract unsafe class RecordBatchSource : IBatchSource
{
    private readonly ScanContext _context;
    private readonly TextBlockReader _blocks;
    private readonly TextLines _lines;
    private readonly long _end;
    private TextBlock? _block;
    private bool _isDone;

    /// <param name="file">The file.</param>
    /// <param name="scan">What is wanted of it.</param>
    /// <param name="context">The running scan.</param>
    /// <param name="blocks">The bytes from the split's first record on; taken over.</param>
    /// <param name="lines">Counts lines for messages.</param>
    /// <param name="end">Records that begin from here on are another split's.</param>
    protected RecordBatchSource(DataFile file, FileScan scan, ScanContext context, TextBlockReader blocks, TextLines lines, long end)
    {
        File = file;
        Scan = scan;
        _context = context;
        _blocks = blocks;
        _lines = lines;
        _end = end;
        Sink = new RowErrorSink(file, scan, context);
        Columns = new RecordColumns(scan, context.Pool);
        context.Metrics.AddPiecesRead(1);
    }

    protected DataFile File { get; }

    protected FileScan Scan { get; }

    protected RowErrorSink Sink { get; }

    protected RecordColumns Columns { get; }

    /// <summary>Where in the block the next record is looked for.</summary>
    protected int Position { get; set; }

    /// <summary>Whether as many rows or errors are there as a batch holds.</summary>
    protected bool IsBatchFull => Columns.RowCount >= _context.BatchRowCount || Sink.Collected.Count >= _context.BatchRowCount;

    public Batch? Next(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Sink.Collected.Count >= _context.BatchRowCount || (_isDone && Sink.Collected.Count > 0))
            {
                return RowErrorBatches.Take(Sink.Collected, _context.Pool);
            }

            if (Columns.RowCount >= _context.BatchRowCount || (_isDone && Columns.RowCount > 0))
            {
                if (Columns.Finish() is { } batch)
                {
                    _context.Metrics.AddRows(batch.RowCount);
                    return batch;
                }

                continue;
            }

            if (_isDone)
            {
                return null;
            }

            if (_block is null || !TryReadRecords(_block))
            {
                _isDone |= !TryReadBlock();
            }
        }
    }

    public void Dispose()
    {
        _blocks.Dispose();
        Columns.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads from <see cref="Position"/> on until the batch is full; false when the block has no more whole records.</summary>
    protected abstract bool TryReadRecords(TextBlock block);

    /// <summary>A new block is there.</summary>
    protected virtual void OnBlock(TextBlock block)
    {
    }

    /// <summary>The error for a record that is longer than may be.</summary>
    protected abstract QueryException TooLong();

    /// <summary>Whether a record that begins at a place of the block is another split's; nothing is read any more then.</summary>
    protected bool IsPastEnd(TextBlock block, int position)
    {
        _isDone |= block.Offset + position >= _end;
        return _isDone;
    }

    /// <summary>Counts and reports a value that is none of its column's type.</summary>
    protected void ReportValue(int start, int column, ReadOnlySpan<byte> value, DataType type) =>
        Sink.ReportValue(LineOf(start), Scan.FileSchema[column].Name, value, $"invalid input syntax for type {type}");

    /// <summary>The line that a place of the block is in.</summary>
    protected long LineOf(int position) => _lines.LineAt(_block!.Offset + position, new ReadOnlySpan<byte>(_block.Buffer.Pointer, position));

    private bool TryReadBlock()
    {
        if (_block is not null)
        {
            _lines.Pass(new ReadOnlySpan<byte>(_block.Buffer.Pointer, Position));
            _blocks.Consume(Position);
        }

        if (_isDone)
        {
            return false;
        }

        _block = _blocks.Next(out var isTooLong);
        Position = 0;
        if (isTooLong)
        {
            throw TooLong();
        }

        if (_block is not null)
        {
            OnBlock(_block);
        }

        return _block is not null;
    }
}
