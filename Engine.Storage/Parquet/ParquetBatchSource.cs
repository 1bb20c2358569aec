using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Storage.ObjectStores;
using Engine.Storage.Parquet.Layout;
using Engine.Storage.Parquet.Statistics;

namespace Engine.Storage.Parquet;

/// <summary>
/// Reads the row groups of a split, without those, and without the pages, that the constraints rule out, and of the rest the rows that meet the
/// conditions.
/// </summary>
internal sealed class ParquetBatchSource : IBatchSource
{
    private readonly IRangeReader _reader;
    private readonly ParquetFile _file;
    private readonly FileScan _scan;
    private readonly ScanContext _context;
    private readonly GroupPruning _pruning;
    private readonly SliceReader _slices;

    /// <summary>Rows of the file that the split goes from and to.</summary>
    private readonly RowRange _split;
    private readonly ImmutableArray<LeafNode> _leaves;
    private readonly ImmutableArray<LeafNode> _testedLeaves;
    private readonly Queue<RowRange> _ranges = new();
    private GroupReader? _group;
    private int _nextGroup;

    /// <summary>The rows of the file that the open group has, and where in the group the next slice begins.</summary>
    private RowRange _groupRows;
    private long _position;

    /// <summary>Takes the reader over once it has been made.</summary>
    public ParquetBatchSource(IRangeReader reader, ParquetFile file, FileSplit split, FileScan scan, ScanContext context)
    {
        _reader = reader;
        _file = file;
        _scan = scan;
        _context = context;
        foreach (var column in scan.Projection)
        {
            // A column of the wrong type is an error even where no row is read.
            GroupReader.Find(file, scan.FileSchema[column]);
        }

        _split = new RowRange(split.Start, split.Start + split.Length);
        _pruning = new GroupPruning(file, reader, scan);
        _leaves = ScannedColumns.LeavesOf(file, scan);
        _testedLeaves = ScannedColumns.TestedLeavesOf(file, scan);
        _slices = new SliceReader(scan, context);
    }

    public Batch? Next(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_ranges.TryPeek(out var range))
            {
                if (ReadSlice(range, cancellationToken) is { } batch)
                {
                    return batch;
                }
            }
            else if (!TryOpenNextGroup(cancellationToken))
            {
                return null;
            }
        }
    }

    public void Dispose()
    {
        _group?.Dispose();
        _slices.Dispose();
        _reader.Dispose();
    }

    private Batch? ReadSlice(RowRange range, CancellationToken cancellationToken)
    {
        var row = Math.Max(range.Start, _position);
        var count = (int)Math.Min(_context.BatchRowCount, range.End - row);
        _position = row + count;
        if (_position == range.End)
        {
            _ranges.Dequeue();
        }

        _context.Metrics.AddRows(count);
        return _slices.Read(_group!, row, count, 1 + _groupRows.Start + row, cancellationToken);
    }

    /// <summary>Goes on with the next row group that the split has rows of.</summary>
    private bool TryOpenNextGroup(CancellationToken cancellationToken)
    {
        _group?.Dispose();
        _group = null;
        var groups = _file.Metadata.RowGroups;
        do
        {
            if (_nextGroup == groups.Length || _groupRows.End >= _split.End)
            {
                return false;
            }

            _groupRows = new RowRange(_groupRows.End, _groupRows.End + groups[_nextGroup++].RowCount);
        }
        while (_groupRows.End <= _split.Start || _groupRows.Start == _groupRows.End);

        _position = 0;
        OpenGroup(_nextGroup - 1, cancellationToken);
        return true;
    }

    private void OpenGroup(int index, CancellationToken cancellationToken)
    {
        var group = _file.Metadata.RowGroups[index];
        var part = new RowRange(Math.Max(0, _split.Start - _groupRows.Start), Math.Min(_split.End, _groupRows.End) - _groupRows.Start);

        // Of the parts of a group the first one counts for all.
        var metrics = part.Start == 0 ? _context.Metrics : new ScanMetrics();
        metrics.AddBytesInScope(_leaves.Sum(leaf => Math.Clamp(group.Columns[leaf.LeafIndex].CompressedLength, 0, _file.FooterStart)));
        var found = _pruning.Find(group, metrics, cancellationToken);
        metrics.AddPiecesSkipped(found.Ranges.IsEmpty ? 1 : 0);
        metrics.AddPiecesRead(found.Ranges.IsEmpty ? 0 : 1);
        var ranges = found.Intersect(new RowRanges([part])).Ranges;
        if (ranges.IsEmpty)
        {
            return;
        }

        var isWhole = ranges is [{ Start: 0 } range] && range.End == group.RowCount;
        var skips = !isWhole || !_scan.Conditions.IsEmpty || !_scan.RuntimeConstraints.IsEmpty;
        _group = new GroupReader(_reader, _file, index, _scan.FileSchema, skips, _context);
        _group.Prefetch(skips ? _testedLeaves : _leaves);
        foreach (var rows in ranges)
        {
            _ranges.Enqueue(rows);
        }
    }
}
