using System.Collections.Immutable;
using Engine.Core.Arrow;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Connectors;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Exec.Spill;

/// <summary>Rows on disk, as an Arrow stream: first written, by one thread at a time, then read, any number of times and by several threads.</summary>
internal sealed class SpillFile : IDisposable
{
    private const int FileBufferBytes = 16 << 10;

    private readonly SpillArea _area;
    private readonly ImmutableArray<DataType> _types;
    private readonly FileStream _file;
    private readonly ArrowIpcWriter _writer;

    /// <summary>Rows that are too few yet for a batch of their own.</summary>
    private readonly RowStore _pending;
    private bool _isComplete;

    public SpillFile(ImmutableArray<DataType> types, SpillArea area)
    {
        _area = area;
        _types = types;
        _pending = new RowStore(types, area.Pool);
        _file = area.Folder.Create(FileBufferBytes);
        _writer = new ArrowIpcWriter(_file, new Schema([.. types.Select((type, place) => new Field($"c{place}", SpillTypes.Stored(type)))]), area.Pool);
    }

    public long RowCount { get; private set; }

    /// <summary>Appends rows; the columns stay the caller's.</summary>
    public void Write(ImmutableArray<Column> columns, ReadOnlySpan<int> rows)
    {
        for (var start = 0; start < rows.Length; start += Batch.DefaultRowCount)
        {
            var part = rows.Slice(start, Math.Min(Batch.DefaultRowCount, rows.Length - start));
            _pending.Append(columns.AsSpan(), part);
            RowCount += part.Length;
            if (_pending.Count >= Batch.DefaultRowCount)
            {
                Flush();
            }
        }
    }

    /// <summary>Appends a batch without selection, which stays the caller's.</summary>
    public void Write(Batch batch)
    {
        using var all = RowIndexes.Sequence(0, batch.RowCount, _area.Pool);
        Write(batch.Columns, all.Span);
    }

    /// <summary>The rows from the first on. Nothing is written any more.</summary>
    public IBatchSource Open()
    {
        Complete();
        return new Source(_file.Name, _types, _area.Pool);
    }

    /// <summary>All is written.</summary>
    public void Complete()
    {
        if (_isComplete)
        {
            return;
        }

        _isComplete = true;
        Flush();
        Guard(() =>
        {
            _writer.Complete();
            _file.Flush();
        });
        _area.Metrics.AddSpilled(_file.Length);
    }

    public void Dispose()
    {
        _pending.Dispose();
        _file.Dispose();
    }

    private void Flush()
    {
        var count = _pending.Count;
        if (count > 0)
        {
            using var batch = new Batch(_pending.Finish(), count);
            Guard(() => _writer.Write(batch));
        }
    }

    private void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (IOException error)
        {
            throw _area.Folder.NotWritable(error);
        }
    }

    private sealed class Source : IBatchSource
    {
        private readonly FileStream _stream;
        private readonly ArrowStreamReader _reader;
        private readonly ImmutableArray<DataType> _types;
        private readonly bool _isRestored;

        public Source(string path, ImmutableArray<DataType> types, MemoryPool pool)
        {
            _types = types;
            _isRestored = types.Any(type => !SpillTypes.Stored(type).Equals(type));
            _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileBufferBytes);
            _reader = new ArrowStreamReader(_stream, projection: null, pool, codec: null);
        }

        public Batch? Next(CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var batch = _reader.Next();
            return batch is not null && _isRestored ? SpillTypes.Restore(batch, _types) : batch;
        }

        public void Dispose()
        {
            _reader.Dispose();
            _stream.Dispose();
        }
    }
}
