using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Storage.ObjectStores;
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
    private readonly int _endGroup;
    private readonly GroupPruning _pruning;
    private readonly SliceReader _slices;

    /// <summary>Leaves of the columns that are asked for or that conditions look at.</summary>
    private readonly ImmutableArray<int> _wanted;
    private readonly Queue<RowRange> _ranges = new();
    private GroupReader? _group;
    private int _nextGroup;

    /// <summary>Rows before the open group, and where in it the next slice begins.</summary>
    private long _groupStart;
    private long _groupLength;
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

        var groupCount = file.Metadata.RowGroups.Length;
        _nextGroup = (int)Math.Clamp(split.Start, 0, groupCount);
        _endGroup = (int)Math.Clamp(split.Start + split.Length, _nextGroup, groupCount);
        _groupStart = file.Metadata.RowGroups.Take(_nextGroup).Sum(group => group.RowCount);
        _pruning = new GroupPruning(file, reader, scan, context.Metrics);
        _wanted = [.. WantedColumns(scan).SelectMany(column => file.Find(scan.FileSchema[column].Name)?.Leaves ?? []).Select(leaf => leaf.LeafIndex)];
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

    private static IEnumerable<int> WantedColumns(FileScan scan) => scan.Projection
        .Concat(scan.Conditions.SelectMany(condition => condition.Columns))
        .Concat(scan.RuntimeConstraints.Select(constraint => constraint.Column))
        .Distinct();

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
        return _slices.Read(_group!, row, count, 1 + _groupStart + row, cancellationToken);
    }

    private bool TryOpenNextGroup(CancellationToken cancellationToken)
    {
        _group?.Dispose();
        _group = null;
        _groupStart += _groupLength;
        (_groupLength, _position) = (0, 0);
        if (_nextGroup == _endGroup)
        {
            return false;
        }

        var group = _file.Metadata.RowGroups[_nextGroup];
        _groupLength = group.RowCount;
        _context.Metrics.AddBytesInScope(_wanted.Sum(leaf => Math.Max(0, group.Columns[leaf].CompressedLength)));
        var ranges = _pruning.Find(group, cancellationToken).Ranges;
        if (ranges.IsEmpty && group.RowCount > 0)
        {
            _context.Metrics.AddPiecesSkipped(1);
        }
        else
        {
            // Of a group without rows writers put nothing of sense into the column chunks.
            _context.Metrics.AddPiecesRead(1);
            var isWhole = ranges is [{ Start: 0 } range] && range.End == group.RowCount;
            _group = new GroupReader(_reader, _file, _nextGroup, _scan.FileSchema, skips: !isWhole || !_scan.Conditions.IsEmpty || !_scan.RuntimeConstraints.IsEmpty, _context);
            foreach (var part in ranges)
            {
                _ranges.Enqueue(part);
            }
        }

        _nextGroup++;
        return true;
    }
}
