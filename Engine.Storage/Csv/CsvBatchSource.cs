using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Memory;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.Text;

namespace Engine.Storage.Csv;

/// <summary>Reads the records of one split.</summary>
internal sealed unsafe class CsvBatchSource : IBatchSource
{
    private readonly FileScan _scan;
    private readonly ScanContext _context;
    private readonly DataFile _file;
    private readonly CsvOptions _options;
    private readonly TextBlockReader _blocks;
    private readonly CsvIndex _index;
    private readonly CsvScanner _scanner;
    private readonly CsvRowShaper _shaper;
    private readonly CsvBadCells _bad;
    private readonly RowErrorSink _sink;
    private readonly TextLines _lines;
    private readonly ImmutableArray<CsvColumn?> _columns;
    private readonly ImmutableArray<CsvColumn> _checked;
    private readonly long _end;
    private readonly Action<long>? _verifyEnd;
    private TextBlock? _block;
    private bool _isValidUtf8;
    private int _row;
    private int _rowsInSplit;
    private int _consumed;
    private bool _isDone;

    public CsvBatchSource(CsvSplitReader split, TextSource source)
    {
        _scan = split.Scan;
        _context = split.Context;
        _file = split.File;
        _options = split.Options;
        _end = split.End;
        _verifyEnd = split.VerifyEnd;
        _sink = new RowErrorSink(split.File, _scan, _context);
        _lines = split.Lines;
        _bad = new CsvBadCells(_sink, _lines);
        _index = new CsvIndex(_context.Pool);
        _scanner = new CsvScanner(split.Dialect);
        _blocks = new TextBlockReader(source, _context.Pool, CsvSplitReader.BlockLength, _options.MaxLineLength);
        _shaper = new CsvRowShaper(_index, split.Dialect, _options, split.Map.FieldCount, _bad, _sink.IsSkipping);

        // Whether a row is left out, or has an error, must not depend on which columns the query asks for.
        var needsAll = _scan.ErrorsOnly || _scan.OnError == OnError.Skip;
        var all = _scan.FileSchema.Select((column, i) => split.Map.Fields[i] < 0
            ? null
            : CsvColumn.Create(column, split.Map.Fields[i], _options.Rules, _context.Pool)).ToArray();
        _columns = [.. _scan.Projection.Select(i => all[i])];
        _checked = needsAll ? [.. all.Where((column, i) => column is not null && (_scan.ErrorsOnly || !_scan.Projection.Contains(i))).Select(column => column!)] : [];
        _context.Metrics.AddPiecesRead(1);
    }

    public Batch? Next(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_sink.Collected.Count >= _context.BatchRowCount || (_isDone && _sink.Collected.Count > 0))
            {
                return RowErrorBatches.Take(_sink.Collected, _context.Pool);
            }

            if (_isDone)
            {
                return null;
            }

            if (_row == _rowsInSplit)
            {
                _isDone = !TryReadBlock();
                continue;
            }

            var count = Math.Min(_context.BatchRowCount, _rowsInSplit - _row);
            _bad.Begin(_block!.Offset);
            var rows = _shaper.Shape(_block.Buffer, _row, count, _isValidUtf8);
            _row += count;
            if (Read(rows) is { } batch)
            {
                _context.Metrics.AddRows(batch.RowCount);
                return batch;
            }
        }
    }

    public void Dispose()
    {
        _blocks.Dispose();
        _index.Dispose();
    }

    private bool TryReadBlock()
    {
        if (_block is not null && _block.Offset + _index.Starts[_index.RowCount] >= _end)
        {
            return false;
        }

        if (_block is not null)
        {
            _lines.Pass(new ReadOnlySpan<byte>(_block.Buffer.Pointer, _consumed));
        }

        _block = _blocks.Next(out var isTooLong);
        if (isTooLong)
        {
            throw new QueryException(
                ErrorCodes.BadCopyFileFormat,
                $"file \"{_file.Path}\": a record is longer than {_options.MaxLineLength} bytes",
                hint: "A quote that is never closed swallows what follows it; set the option quote, or raise max_line_size.");
        }

        if (_block is null)
        {
            return false;
        }

        _consumed = _scanner.Scan(_block.Buffer.Pointer, 0, _block.Length, _block.IsLast, _index);
        _blocks.Consume(_consumed);
        _isValidUtf8 = Utf8Validator.IsValid(new ReadOnlySpan<byte>(_block.Buffer.Pointer, _consumed));
        _row = 0;
        _rowsInSplit = _index.RowCount;
        if (_block.Offset + _consumed > _end)
        {
            // Records that begin behind the end are the next split's.
            var starts = new ReadOnlySpan<int>(_index.Starts, _index.RowCount);
            var limit = (int)(_end - _block.Offset);
            var place = starts.BinarySearch(limit);
            _rowsInSplit = place >= 0 ? place : ~place;
        }

        if (_block.Offset + _index.Starts[_rowsInSplit] >= _end)
        {
            _verifyEnd?.Invoke(_block.Offset + _index.Starts[_rowsInSplit]);
        }

        return true;
    }

    private Batch? Read(in CsvRows rows)
    {
        var built = new List<Column>(_columns.Length + 1);
        try
        {
            foreach (var column in _checked)
            {
                column.Read(rows, _bad).Dispose();
            }

            if (_scan.ErrorsOnly)
            {
                return null;
            }

            for (var i = 0; i < _columns.Length; i++)
            {
                built.Add(_columns[i]?.Read(rows, _bad) ?? ColumnValue.ToConstant(_scan.FileSchema[_scan.Projection[i]].Type, null, rows.Count, _context.Pool));
            }

            if (_scan.WithRowNumbers)
            {
                built.Add(RowNumbers());
            }

            return Finish(built, rows.Count);
        }
        catch
        {
            built.ForEach(column => column.Dispose());
            throw;
        }
    }

    private Batch? Finish(List<Column> built, int rowCount)
    {
        if (_bad.SkippedRows.Count > 0)
        {
            var kept = Enumerable.Range(0, rowCount).Where(row => !_bad.SkippedRows.Contains(row)).ToArray();
            for (var i = 0; i < built.Count; i++)
            {
                using var whole = built[i];
                built[i] = whole.Take(kept, _context.Pool);
            }

            rowCount = kept.Length;
        }

        if (rowCount == 0)
        {
            built.ForEach(column => column.Dispose());
            built.Clear();
            return null;
        }

        return new Batch([.. built], rowCount);
    }

    private Column RowNumbers()
    {
        using var builder = new FixedBuilder<long>(DataType.BigInt, _context.Pool);
        foreach (var number in _shaper.RowNumbers)
        {
            builder.Append(number);
        }

        return builder.Finish();
    }
}
