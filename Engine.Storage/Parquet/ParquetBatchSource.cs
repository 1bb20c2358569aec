using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Types;
using Engine.Storage.Compression;
using Engine.Storage.Connectors;
using Engine.Storage.ObjectStores;

namespace Engine.Storage.Parquet;

/// <summary>Reads the row groups of a split, without those that the constraints rule out.</summary>
internal sealed class ParquetBatchSource : IBatchSource
{
    private readonly IRangeReader _reader;
    private readonly ParquetFile _file;
    private readonly FileScan _scan;
    private readonly ScanContext _context;
    private readonly ImmutableArray<ParquetColumn?> _columns;
    private readonly List<ChunkReader> _chunks = [];
    private readonly int _endGroup;
    private int _nextGroup;
    private long _firstRow;
    private long _rowsLeft;

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
        _firstRow = 1 + file.Metadata.RowGroups.Take(_nextGroup).Sum(group => group.RowCount);
    }

    public Batch? Next(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (_rowsLeft == 0)
        {
            if (_nextGroup == _endGroup)
            {
                return null;
            }

            OpenGroup(_file.Metadata.RowGroups[_nextGroup++]);
        }

        var count = (int)Math.Min(_context.BatchRowCount, _rowsLeft);
        var columns = new List<Column>(_columns.Length + 1);
        try
        {
            var chunk = 0;
            for (var i = 0; i < _columns.Length; i++)
            {
                columns.Add(_columns[i] is null
                    ? ColumnValue.ToConstant(_scan.FileSchema[_scan.Projection[i]].Type, null, count, _context.Pool)
                    : _chunks[chunk++].Read(count, cancellationToken));
            }

            if (_scan.WithRowNumbers)
            {
                columns.Add(RowNumbers.Create(_firstRow, count, _context.Pool));
            }
        }
        catch
        {
            columns.ForEach(column => column.Dispose());
            throw;
        }

        _rowsLeft -= count;
        _firstRow += count;
        _context.Metrics.AddRows(count);
        return new Batch([.. columns], count);
    }

    public void Dispose()
    {
        CloseGroup();
        _reader.Dispose();
    }

    private ParquetColumn? Find(Field field)
    {
        var column = _file.Find(field.Name);
        if (column is null)
        {
            return null;
        }

        if (column.IsNested)
        {
            throw QueryException.NotSupportedYet($"nested Parquet columns, such as \"{column.Name}\" of file \"{_file.Path}\"");
        }

        return column.Mapping.Type == field.Type
            ? column
            : throw QueryException.NotSupportedYet(
                $"reading column \"{column.Name}\" of file \"{_file.Path}\", which is {column.Mapping.Type} there, as {field.Type}");
    }

    private void OpenGroup(RowGroup group)
    {
        CloseGroup();
        if (!RowGroupPruning.MayMatch(_file, group, _scan))
        {
            _context.Metrics.AddPiecesSkipped(1);
            _firstRow += group.RowCount;
            return;
        }

        _context.Metrics.AddPiecesRead(1);
        if (group.RowCount == 0)
        {
            // Writers put nothing of sense into the column chunks then.
            return;
        }

        foreach (var column in _columns)
        {
            if (column is not null)
            {
                _chunks.Add(OpenChunk(column, group));
            }
        }

        _rowsLeft = group.RowCount;
    }

    private ChunkReader OpenChunk(ParquetColumn column, RowGroup group)
    {
        var chunk = group.Columns[column.LeafIndex];
        if (chunk.IsEncrypted)
        {
            throw QueryException.NotSupportedYet($"encrypted Parquet columns, such as \"{column.Name}\" of file \"{_file.Path}\"");
        }

        if (!string.IsNullOrEmpty(chunk.OtherFile))
        {
            throw QueryException.NotSupportedYet($"Parquet columns in other files, such as \"{column.Name}\" in \"{chunk.OtherFile}\"");
        }

        if (chunk.Physical != column.Node.Physical)
        {
            throw CorruptData.In(_file.Path, $"column \"{column.Name}\": its type is {column.Node.Physical} in the schema and {chunk.Physical} in the data");
        }

        if (chunk.Start < 4 || chunk.Start > _file.FooterStart || chunk.CompressedLength < 0 || chunk.CompressedLength > _file.FooterStart - chunk.Start)
        {
            throw CorruptData.In(
                _file.Path, $"column \"{column.Name}\": {chunk.CompressedLength} bytes at {chunk.Start} lie outside the file's data");
        }

        var input = new ChunkInput(_reader, chunk.Start, chunk.CompressedLength, _file.FooterStart, _context.Pool, _context.Metrics);
        return new ChunkReader(_file.Path, column, new PageSource(input, chunk.Codec, _context.Pool), group.RowCount, _context.Pool);
    }

    private void CloseGroup()
    {
        _chunks.ForEach(chunk => chunk.Dispose());
        _chunks.Clear();
    }
}
