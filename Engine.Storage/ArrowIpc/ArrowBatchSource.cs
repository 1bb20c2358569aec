using System.Collections.Immutable;
using Engine.Core.Arrow;
using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Storage.Compression;
using Engine.Storage.Connectors;
using Engine.Storage.ObjectStores;

namespace Engine.Storage.ArrowIpc;

/// <summary>Reads the record batches of a split, cut into batches of the size that the engine works in.</summary>
internal sealed class ArrowBatchSource : IBatchSource
{
    private readonly string _path;
    private readonly FileScan _scan;
    private readonly ScanContext _context;
    private readonly IRangeReader _reader;
    private readonly Stream _stream;
    private readonly ArrowFileReader? _file;
    private readonly ArrowStreamReader? _messages;

    /// <summary>For each column wanted its place among those that are read, or -1 when the file lacks it.</summary>
    private readonly ImmutableArray<int> _places;
    private readonly int _endBatch;
    private int _nextBatch;
    private Batch? _batch;
    private int _position;
    private long _firstRow = 1;

    /// <summary>Takes the reader over once it has been made.</summary>
    public ArrowBatchSource(IRangeReader reader, ArrowFile file, FileSplit split, FileScan scan, ScanContext context)
    {
        _reader = reader;
        _path = split.File.Path;
        _scan = scan;
        _context = context;
        var columns = scan.Projection.Select(index => Find(file, index)).ToImmutableArray();
        var projection = columns.Where(column => column >= 0).Distinct().ToImmutableArray();
        _places = [.. columns.Select(column => projection.IndexOf(column))];
        Stream stream = new RangeStream(reader, context.Metrics, CancellationToken.None);
        try
        {
            if (file.Footer is { } footer)
            {
                _nextBatch = (int)Math.Clamp(split.Start, 0, footer.Batches.Length);
                _endBatch = (int)Math.Clamp(split.Start + split.Length, _nextBatch, footer.Batches.Length);
                _file = Guard(_path, () => new ArrowFileReader(stream, footer, projection, context.Pool, ArrowCodec.Instance));
            }
            else
            {
                stream = ArrowFile.OpenStream(stream, file.Compression, _path);
                _messages = Guard(_path, () => new ArrowStreamReader(stream, projection, context.Pool, ArrowCodec.Instance));
            }
        }
        catch
        {
            stream.Dispose();
            throw;
        }

        _stream = stream;
    }

    /// <summary>Runs what reads a file's bytes: whatever is wrong with them is an error that names the file.</summary>
    public static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException problem)
        {
            throw CorruptData.In(path, problem.Message, problem);
        }
        catch (OverflowException problem)
        {
            throw new QueryException(ErrorCodes.NumericValueOutOfRange, $"file \"{path}\": {problem.Message}", cause: problem);
        }
    }

    public Batch? Next(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (_batch is null || _position == _batch.RowCount)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _batch?.Dispose();
            _batch = null;
            _position = 0;
            _batch = Guard(_path, ReadBatch);
            if (_batch is null)
            {
                return null;
            }

            _context.Metrics.AddPiecesRead(1);
        }

        var count = Math.Min(_context.BatchRowCount, _batch.RowCount - _position);
        var columns = new List<Column>(_places.Length + 1);
        try
        {
            for (var i = 0; i < _places.Length; i++)
            {
                columns.Add(Cut(i, count));
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

        _position += count;
        _firstRow += count;
        _context.Metrics.AddRows(count);
        return new Batch([.. columns], count);
    }

    public void Dispose()
    {
        _batch?.Dispose();
        _batch = null;
        _file?.Dispose();
        _messages?.Dispose();
        _stream.Dispose();
        _reader.Dispose();
    }

    private int Find(ArrowFile file, int index)
    {
        var wanted = _scan.FileSchema[index];
        var place = file.Find(_scan.FileSchema, index);
        return place < 0 || TypeWidening.IsPossible(file.Schema[place].Type, wanted.Type)
            ? place
            : throw QueryException.NotSupportedYet(
                $"reading column \"{wanted.Name}\" of file \"{_path}\", which is {file.Schema[place].Type} there, as {wanted.Type}");
    }

    private Batch? ReadBatch()
    {
        if (_messages is not null)
        {
            return _messages.Next();
        }

        return _nextBatch < _endBatch ? _file!.ReadBatch(_nextBatch++) : null;
    }

    private Column Cut(int column, int count)
    {
        var type = _scan.FileSchema[_scan.Projection[column]].Type;
        if (_places[column] < 0)
        {
            return ColumnValue.ToConstant(type, null, count, _context.Pool);
        }

        var whole = _batch![_places[column]];
        var part = count == whole.Length ? whole.Retain() : whole.Slice(_position, count, _context.Pool);
        using (part)
        {
            return Guard(_path, () => TypeWidening.Widen(part, type, _context.Pool));
        }
    }
}
