using System.Buffers.Binary;
using Engine.Core.Arrow.Format;
using Engine.Core.Arrow.Writing;
using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Core.Arrow;

/// <summary>How Arrow is written.</summary>
/// <param name="IsFile">The random access format, with a footer, rather than the stream format.</param>
/// <param name="Compression">Of the buffers.</param>
/// <param name="Codec">Needed for compression.</param>
public sealed record ArrowWriteOptions(bool IsFile = false, ArrowCompression Compression = ArrowCompression.None, IArrowCodec? Codec = null);

/// <summary>
/// Writes batches as Arrow IPC, metadata version 5: a record batch for each, so that no more than one batch is in memory. Columns are written
/// flat, whatever their encoding: the schema, which says what is a dictionary, goes before the first batch, dictionaries here may change from
/// batch to batch, and many readers take no second one. Text is Utf8, json and uuid carry their canonical extension names.
/// </summary>
public sealed class ArrowIpcWriter
{
    private const int Continuation = -1;
    private const int BlockLength = 24;

    private readonly Stream _output;
    private readonly Schema _schema;
    private readonly MemoryPool _pool;
    private readonly ArrowWriteOptions _options;
    private readonly List<(long Offset, int MetadataLength, long BodyLength)> _blocks = [];
    private long _position;

    /// <summary>Writes the schema.</summary>
    /// <param name="output">Stays the caller's; need not seek.</param>
    /// <param name="schema">Of the batches.</param>
    /// <param name="pool">Holds what is converted.</param>
    /// <param name="options">Null for a plain stream.</param>
    public ArrowIpcWriter(Stream output, Schema schema, MemoryPool pool, ArrowWriteOptions? options = null)
    {
        _output = output;
        _schema = schema;
        _pool = pool;
        _options = options ?? new ArrowWriteOptions();
        if (_options.IsFile)
        {
            Write(ArrowFileFooter.Magic);
            Write([0, 0]);
        }

        var builder = new FlatBuilder();
        WriteMessage(builder, ArrowMessageKind.Schema, ArrowSchemaWriter.Write(builder, schema), 0);
    }

    /// <summary>Writes the selected rows; the batch stays the caller's.</summary>
    /// <exception cref="Errors.QueryException">For a value that Arrow's type cannot hold.</exception>
    public void Write(Batch batch)
    {
        using var body = new ArrowBodyBuilder(_pool, _options.Compression, _options.Codec);
        var columns = new ArrowColumnWriter(body, _pool);
        foreach (var column in batch.Columns)
        {
            using var selected = batch.Selection is { } selection ? column.Take(selection.Rows, _pool) : column.Retain();
            using var flat = selected.Flatten(_pool);
            columns.Write(flat);
        }

        var builder = new FlatBuilder();
        var header = body.WriteHeader(builder, batch.SelectedCount);
        var offset = _position;
        var metadataLength = WriteMessage(builder, ArrowMessageKind.RecordBatch, header, body.Length);
        body.WriteBody(_output);
        _position += body.Length;
        _blocks.Add((offset, metadataLength, body.Length));
    }

    /// <summary>Ends the stream or file.</summary>
    public void Complete()
    {
        WriteNumber(Continuation);
        WriteNumber(0);
        if (!_options.IsFile)
        {
            return;
        }

        var footer = BuildFooter();
        Write(footer);
        WriteNumber(footer.Length);
        Write(ArrowFileFooter.Magic);
    }

    /// <summary>Writes a message so that its body lies on a multiple of 64 bytes.</summary>
    /// <returns>Bytes before the body.</returns>
    private int WriteMessage(FlatBuilder builder, ArrowMessageKind kind, int header, long bodyLength)
    {
        builder.StartTable(5);
        builder.Add(3, bodyLength);
        builder.AddOffset(2, header);
        builder.Add(0, (short)ArrowMessage.Version);
        builder.Add(1, (byte)kind);
        var metadata = builder.Finish(builder.EndTable());
        var start = _position;
        var bodyStart = (start + (2 * sizeof(int)) + metadata.Length + ArrowBodyBuilder.Alignment - 1) & -ArrowBodyBuilder.Alignment;
        WriteNumber(Continuation);
        WriteNumber((int)(bodyStart - start) - (2 * sizeof(int)));
        Write(metadata);
        Write(new byte[bodyStart - _position]);
        return (int)(bodyStart - start);
    }

    private ReadOnlySpan<byte> BuildFooter()
    {
        var builder = new FlatBuilder();
        var blocks = new byte[_blocks.Count * BlockLength];
        for (var i = 0; i < _blocks.Count; i++)
        {
            var block = blocks.AsSpan(i * BlockLength, BlockLength);
            BinaryPrimitives.WriteInt64LittleEndian(block, _blocks[i].Offset);
            BinaryPrimitives.WriteInt32LittleEndian(block[8..], _blocks[i].MetadataLength);
            BinaryPrimitives.WriteInt64LittleEndian(block[16..], _blocks[i].BodyLength);
        }

        var schema = ArrowSchemaWriter.Write(builder, _schema);
        var batches = builder.Structs(blocks, _blocks.Count);
        var dictionaries = builder.Structs([], 0);
        builder.StartTable(5);
        builder.AddOffset(1, schema);
        builder.AddOffset(2, dictionaries);
        builder.AddOffset(3, batches);
        builder.Add(0, (short)ArrowMessage.Version);
        return builder.Finish(builder.EndTable());
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _output.Write(bytes);
        _position += bytes.Length;
    }

    private void WriteNumber(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        Write(bytes);
    }
}
