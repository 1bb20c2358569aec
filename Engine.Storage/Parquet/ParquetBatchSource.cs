using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Types;
using Engine.Storage.Compression;
using Engine.Storage.Connectors;
using Engine.Storage.ObjectStores;
using Engine.Storage.Parquet.Footer;
using Engine.Storage.Parquet.Layout;
using Engine.Storage.Parquet.Nested;
using Engine.Storage.Parquet.Pages;
using Engine.Storage.Parquet.Statistics;

namespace Engine.Storage.Parquet;

/// <summary>Reads the row groups of a split, without those, and without the pages, that the constraints rule out.</summary>
internal sealed class ParquetBatchSource : IBatchSource
{
    private readonly IRangeReader _reader;
    private readonly ParquetFile _file;
    private readonly FileScan _scan;
    private readonly ScanContext _context;
    private readonly ImmutableArray<SchemaNode?> _columns;
    private readonly List<NodeReader?> _readers = [];
    private readonly int _endGroup;
    private readonly GroupPruning _pruning;
    private readonly Queue<RowRange> _ranges = new();
    private int _nextGroup;

    /// <summary>Rows before the open group, and where in it the readers stand.</summary>
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
        _columns = [.. scan.Projection.Select(index => Find(scan.FileSchema[index]))];
        var groupCount = file.Metadata.RowGroups.Length;
        _nextGroup = (int)Math.Clamp(split.Start, 0, groupCount);
        _endGroup = (int)Math.Clamp(split.Start + split.Length, _nextGroup, groupCount);
        _groupStart = file.Metadata.RowGroups.Take(_nextGroup).Sum(group => group.RowCount);
        _pruning = new GroupPruning(file, reader, scan);
    }

    public Batch? Next(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (_ranges.Count == 0)
        {
            _groupStart += _groupLength;
            _groupLength = 0;
            if (_nextGroup == _endGroup)
            {
                return null;
            }

            OpenGroup(_nextGroup++, cancellationToken);
        }

        var range = _ranges.Peek();
        SkipTo(range.Start, cancellationToken);
        var count = (int)Math.Min(_context.BatchRowCount, range.End - _position);
        var columns = new List<Column>(_columns.Length + 1);
        try
        {
            for (var i = 0; i < _columns.Length; i++)
            {
                columns.Add(Read(i, count, cancellationToken));
            }

            if (_scan.WithRowNumbers)
            {
                columns.Add(RowNumbers.Create(1 + _groupStart + _position, count, _context.Pool));
            }
        }
        catch
        {
            columns.ForEach(column => column.Dispose());
            throw;
        }

        _position += count;
        if (_position == range.End)
        {
            _ranges.Dequeue();
        }

        _context.Metrics.AddRows(count);
        return new Batch([.. columns], count);
    }

    public void Dispose()
    {
        CloseGroup();
        _reader.Dispose();
    }

    private SchemaNode? Find(Field field)
    {
        var column = _file.Find(field.Name);
        if (column is LeafNode { IsNullType: true })
        {
            return null;
        }

        return column is null || TypeWidening.IsPossible(column.Type, field.Type)
            ? column
            : throw new QueryException(
                ErrorCodes.DatatypeMismatch, $"column \"{column.Name}\" of file \"{_file.Path}\" is {column.Type} there and cannot be read as {field.Type}");
    }

    private Column Read(int index, int count, CancellationToken cancellationToken)
    {
        var field = _scan.FileSchema[_scan.Projection[index]];
        if (_readers[index] is not { } reader)
        {
            return ColumnValue.ToConstant(field.Type, null, count, _context.Pool);
        }

        return Guard(field.Name, () =>
        {
            using var column = reader.Read(count, cancellationToken);
            return column.Length == count
                ? TypeWidening.Widen(column, field.Type, _context.Pool)
                : throw new InvalidDataException($"it has {column.Length} values where {count} rows are");
        });
    }

    /// <summary>Runs what reads a column: whatever is wrong with its bytes is an error that names file and column.</summary>
    private T Guard<T>(string column, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException)
        {
            throw CorruptData.In(_file.Path, $"column \"{column}\": {problem.Message}", problem);
        }
        catch (OverflowException problem)
        {
            throw new QueryException(ErrorCodes.NumericValueOutOfRange, $"column \"{column}\" of file \"{_file.Path}\": {problem.Message}", cause: problem);
        }
    }

    private void SkipTo(long row, CancellationToken cancellationToken)
    {
        if (row > _position)
        {
            foreach (var reader in _readers)
            {
                reader?.Skip(row - _position, cancellationToken);
            }

            _position = row;
        }
    }

    private void OpenGroup(int groupIndex, CancellationToken cancellationToken)
    {
        CloseGroup();
        var group = _file.Metadata.RowGroups[groupIndex];
        (_groupLength, _position) = (group.RowCount, 0);
        var ranges = _pruning.Find(group, cancellationToken).Ranges;
        if (ranges.IsEmpty && group.RowCount > 0)
        {
            _context.Metrics.AddPiecesSkipped(1);
            return;
        }

        _context.Metrics.AddPiecesRead(1);
        if (group.RowCount == 0)
        {
            // Writers put nothing of sense into the column chunks then.
            return;
        }

        var isWhole = ranges is [{ Start: 0 } range] && range.End == group.RowCount;
        foreach (var column in _columns)
        {
            _readers.Add(column is null ? null : NodeReader.Create(column, leaf => OpenChunk(leaf, groupIndex, isWhole, cancellationToken), _context.Pool));
        }

        foreach (var part in ranges)
        {
            _ranges.Enqueue(part);
        }
    }

    private ChunkPages OpenChunk(LeafNode leaf, int groupIndex, bool isWhole, CancellationToken cancellationToken)
    {
        var group = _file.Metadata.RowGroups[groupIndex];
        var chunk = group.Columns[leaf.LeafIndex];
        if (chunk.IsEncrypted)
        {
            throw QueryException.NotSupportedYet($"encrypted Parquet columns, such as \"{leaf.Path}\" of file \"{_file.Path}\"");
        }

        if (!string.IsNullOrEmpty(chunk.OtherFile))
        {
            throw QueryException.NotSupportedYet($"Parquet columns in other files, such as \"{leaf.Path}\" in \"{chunk.OtherFile}\"");
        }

        if (chunk.Physical != leaf.Element.Physical)
        {
            throw CorruptData.In(_file.Path, $"column \"{leaf.Path}\": its type is {leaf.Element.Physical} in the schema and {chunk.Physical} in the data");
        }

        if (chunk.Start < 4 || chunk.Start > _file.FooterStart || chunk.CompressedLength < 0 || chunk.CompressedLength > _file.FooterStart - chunk.Start)
        {
            throw CorruptData.In(
                _file.Path, $"column \"{leaf.Path}\": {chunk.CompressedLength} bytes at {chunk.Start} lie outside the file's data");
        }

        var input = new ChunkInput(_reader, chunk.Start, chunk.CompressedLength, _file.FooterStart, _context.Pool, _context.Metrics);
        var pages = new PageSource(input, chunk.Codec, _context.Pool);

        // In lists the number of entries behind a page is not known, so that pages are read one after the other.
        var locations = isWhole || leaf.Levels.Repetition > 0 ? null : PageIndexReader.ReadLocations(_reader, chunk, group.RowCount, cancellationToken);
        return new ChunkPages(_file.Path, groupIndex, leaf, pages, chunk.ValueCount, locations, _context.Pool);
    }

    private void CloseGroup()
    {
        _readers.ForEach(reader => reader?.Dispose());
        _readers.Clear();
    }
}
