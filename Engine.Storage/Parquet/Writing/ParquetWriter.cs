using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Storage.Parquet.Writing;

/// <summary>
/// Writes batches as one Parquet file, front to back, so that the output may be a pipe. The encoded pages of one row group are in memory, no more.
/// Without <see cref="Complete"/> there is no footer, and what was written is no file; see <see cref="ObjectStores.Local.PendingFile"/> for one that is whole or absent.
/// </summary>
public sealed class ParquetWriter : IBatchWriter
{
    /// <summary>Rows that are encoded at once: what is looked at by several loops stays in the cache.</summary>
    private const int SliceRows = Batch.DefaultRowCount;

    /// <summary>Bytes that are encoded at once, so that long values do not make long pages.</summary>
    private const long SliceBytes = 1 << 20;

    private readonly Stream _output;
    private readonly MemoryPool _pool;
    private readonly ParquetWriteOptions _options;
    private readonly StoredSchema _schema;
    private readonly ImmutableArray<(int Leaf, SortedColumn Column)> _sortedBy;
    private readonly CompressorSet _compressors;
    private readonly CompactWriter _thrift = new();
    private readonly List<WrittenGroup> _groups = [];
    private ColumnChunkWriter[] _chunks = [];
    private long _position;
    private long _groupRows;

    /// <summary>Writes the file's first bytes.</summary>
    /// <param name="output">Stays the caller's; need not seek.</param>
    /// <param name="schema">Of the batches.</param>
    /// <param name="pool">Holds the pages of a row group.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="QueryException">For a schema that Parquet has no form for, and for options that name no column.</exception>
    public ParquetWriter(Stream output, Schema schema, MemoryPool pool, ParquetWriteOptions? options = null)
    {
        _output = output;
        _pool = pool;
        _options = (options ?? ParquetWriteOptions.Default).Checked();
        _schema = new StoredSchema(schema);
        _sortedBy = [.. _options.SortedBy.Select(column => (LeafOf(column.Name), column))];
        foreach (var name in _options.BloomColumns)
        {
            _ = _schema.Leaves.Any(leaf => leaf.Path[0] == name || leaf.DottedPath == name) ? name : throw NoColumn(name);
        }

        _compressors = new CompressorSet(_options, pool);
        Write("PAR1"u8);
    }

    /// <summary>Rows written so far.</summary>
    public long RowCount { get; private set; }

    /// <summary>Appends the selected rows; the batch stays the caller's.</summary>
    /// <exception cref="QueryException">For a value that Parquet cannot hold, and when memory is out.</exception>
    public void Write(Batch batch)
    {
        var flat = new FlatColumn?[batch.Columns.Length];

        // A selection lists its rows when it is first asked, which must be one thread.
        _ = batch.Selection is { } rows && rows.Rows.IsEmpty;
        try
        {
            for (var start = 0; start < batch.SelectedCount;)
            {
                if (_chunks.Length == 0)
                {
                    _chunks = [.. _schema.Leaves.Select(leaf => new ColumnChunkWriter(leaf, _options, _compressors, _pool))];
                }

                // All that the group has room for, in one go, so that threads have something to do.
                var (first, count) = (start, (int)Math.Min(batch.SelectedCount - start, _options.RowGroupRows - _groupRows));
                ForEach(flat.Length, index => Encode(index, flat[index] ??= Flatten(batch, index), first, count));
                start += count;
                _groupRows += count;
                RowCount += count;
                if (_groupRows >= _options.RowGroupRows || _chunks.Sum(chunk => chunk.BufferedBytes) >= _options.RowGroupBytes)
                {
                    WriteGroup();
                }
            }
        }
        finally
        {
            foreach (var column in flat)
            {
                column?.Dispose();
            }
        }
    }

    /// <summary>Ends the last row group and writes the footer.</summary>
    public void Complete()
    {
        WriteGroup();
        WriteIndexes();
        _thrift.Clear();
        new FooterWriter(_thrift, _schema, _options).Write(_groups, _sortedBy);
        var length = _thrift.Length;
        WriteThrift();
        Span<byte> end = stackalloc byte[sizeof(int)];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(end, length);
        Write(end);
        Write("PAR1"u8);
    }

    public void Dispose()
    {
        DropChunks();
        _compressors.Dispose();
    }

    private FlatColumn Flatten(Batch batch, int index)
    {
        using var selected = batch.Selection is { } selection ? batch[index].Take(selection.Rows, _pool) : batch[index].Retain();
        return (FlatColumn)selected.Flatten(_pool);
    }

    /// <summary>Appends rows of a column to the chunks of its leaves, so many at once as stay in the cache and make no long page.</summary>
    private void Encode(int index, FlatColumn column, int start, int count)
    {
        var shredder = new ColumnShredder(_chunks, _pool);
        var bytesPerRow = Math.Max(1, ColumnSize.Of(column) / Math.Max(1, column.Length));
        var sliceRows = (int)Math.Clamp(SliceBytes / bytesPerRow, 1, SliceRows);
        for (var row = start; row < start + count;)
        {
            // Pages of all columns end at the same rows, so that a reader that skips in one skips whole pages in the others.
            var pageRows = _options.PageRows - (int)((_groupRows + row - start) % _options.PageRows);
            var rowCount = Math.Min(Math.Min(sliceRows, pageRows), start + count - row);
            shredder.Append(column, _schema.Fields[index], row, rowCount);
            row += rowCount;
        }
    }

    /// <summary>Does something for each of so many columns or chunks, side by side where there are threads for it.</summary>
    private void ForEach(int count, Action<int> action)
    {
        if (_options.Threads <= 1 || count <= 1)
        {
            for (var i = 0; i < count; i++)
            {
                action(i);
            }

            return;
        }

        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = _options.Threads }, action);
        }
        catch (AggregateException errors)
        {
            // The first says enough.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }
    }

    private void WriteGroup()
    {
        if (_groupRows == 0)
        {
            return;
        }

        var offset = _position;
        var written = new WrittenChunk[_chunks.Length];
        ForEach(written.Length, index => written[index] = _chunks[index].Finish());
        for (var i = 0; i < written.Length; i++)
        {
            _chunks[i].WriteTo(_output, written[i], ref _position);
            _chunks[i].Dispose();
        }

        foreach (var chunk in written)
        {
            chunk.BloomOffset = _position;
            Write(chunk.Bloom);
        }

        _groups.Add(new WrittenGroup(written, _groupRows, offset));
        _groupRows = 0;
        _chunks = [];
    }

    /// <summary>Between the last row group and the footer: all bounds first, which readers that prune want together, then all places.</summary>
    private void WriteIndexes()
    {
        var chunks = _groups.SelectMany(group => group.Chunks).ToArray();
        foreach (var chunk in chunks.Where(chunk => chunk.Order is not null))
        {
            _thrift.Clear();
            PageIndexWriter.WriteBounds(_thrift, chunk);
            chunk.ColumnIndex = (_position, _thrift.Length);
            WriteThrift();
        }

        foreach (var chunk in chunks)
        {
            _thrift.Clear();
            PageIndexWriter.WritePlaces(_thrift, chunk);
            chunk.OffsetIndex = (_position, _thrift.Length);
            WriteThrift();
        }
    }

    private void WriteThrift() => Write(_thrift.Written);

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _output.Write(bytes);
        _position += bytes.Length;
    }

    private void DropChunks()
    {
        foreach (var chunk in _chunks)
        {
            chunk.Dispose();
        }

        _chunks = [];
    }

    private int LeafOf(string name) =>
        _schema.Leaves.FirstOrDefault(leaf => leaf.Path.Length == 1 && leaf.Path[0] == name)?.Index ?? throw NoColumn(name);

    private QueryException NoColumn(string name) => new(
        ErrorCodes.UndefinedColumn,
        $"column \"{name}\" of the options for Parquet does not exist",
        hint: NearNames.Hint(name, _schema.Leaves.Select(leaf => leaf.Path[0])));
}
