using Engine.Core.Arrow;
using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Exec.Spill;

/// <summary>
/// Batches on disk, as an Arrow stream: first written, then read, any number of times and by several threads. Not shared while it is written.
/// </summary>
internal sealed class SpillFile : IDisposable
{
    private readonly SpillFolder _folder;
    private readonly MemoryPool _pool;
    private readonly Schema _schema;
    private readonly FileStream _file;
    private readonly ArrowIpcWriter _writer;
    private bool _isComplete;

    public SpillFile(IEnumerable<DataType> types, SpillFolder folder, MemoryPool pool)
    {
        _folder = folder;
        _pool = pool;
        _schema = new Schema([.. types.Select((type, place) => new Field($"c{place}", type))]);
        _file = folder.Create();
        _writer = new ArrowIpcWriter(_file, _schema, pool);
    }

    public long RowCount { get; private set; }

    /// <summary>Appends the rows of a batch, which stays the caller's.</summary>
    public void Write(Batch batch)
    {
        try
        {
            _writer.Write(batch);
            RowCount += batch.SelectedCount;
        }
        catch (IOException error)
        {
            throw _folder.NotWritable(error);
        }
    }

    /// <summary>All is written.</summary>
    public void Complete()
    {
        if (_isComplete)
        {
            return;
        }

        try
        {
            _writer.Complete();
            _file.Flush();
        }
        catch (IOException error)
        {
            throw _folder.NotWritable(error);
        }

        _folder.CountBytes(_file.Length);
        _isComplete = true;
    }

    /// <summary>The batches from the first on.</summary>
    public IBatchSource Open()
    {
        Complete();
        return new Source(_file.Name, _schema, _pool);
    }

    public void Dispose() => _file.Dispose();

    private sealed class Source : IBatchSource
    {
        private readonly FileStream _stream;
        private readonly ArrowStreamReader _reader;

        public Source(string path, Schema schema, MemoryPool pool)
        {
            _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
            _reader = new ArrowStreamReader(_stream, projection: null, pool, codec: null);
            System.Diagnostics.Debug.Assert(_reader.Schema.Select(field => field.Type).SequenceEqual(schema.Select(field => field.Type)), "types survive spilling");
        }

        public Batch? Next(CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            while (_reader.Next() is { } batch)
            {
                if (batch.RowCount > 0)
                {
                    return batch;
                }

                batch.Dispose();
            }

            return null;
        }

        public void Dispose()
        {
            _reader.Dispose();
            _stream.Dispose();
        }
    }
}
