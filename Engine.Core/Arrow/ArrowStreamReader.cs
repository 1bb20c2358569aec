using System.Collections.Immutable;
using Engine.Core.Arrow.Format;
using Engine.Core.Arrow.Reading;
using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Core.Arrow;

/// <summary>
/// Reads the Arrow IPC stream format from front to back. A file of the random access format can be read so too: it holds a stream behind its
/// magic. Specification: "Serialization and interprocess communication" of Arrow's columnar format, metadata versions 4 and 5.
/// </summary>
/// <exception cref="InvalidDataException">From every member, for bytes that are cut off or make no sense.</exception>
/// <exception cref="Errors.QueryException">From every member, 0A000 for what is valid but not read, 53200 when the pool is used up.</exception>
public sealed class ArrowStreamReader : IDisposable
{
    private readonly ArrowInput _input;
    private readonly ImmutableArray<ArrowField> _fields;
    private ArrowBatchReader? _batches;

    /// <summary>Reads the schema.</summary>
    /// <param name="stream">Stays the caller's. One that can seek is read sparingly.</param>
    public ArrowStreamReader(Stream stream)
    {
        _input = new ArrowInput(stream);
        var message = _input.ReadMessage() ?? throw new InvalidDataException("it has no schema");
        if (message.Kind != ArrowMessageKind.Schema)
        {
            throw new InvalidDataException("it does not begin with a schema");
        }

        _input.Skip(message.BodyLength);
        _fields = message.Fields;
        Schema = ArrowSchema.ToSchema(_fields);
    }

    public Schema Schema { get; }

    /// <summary>What <see cref="Next"/> gives: columns by their index, in this order; before the first batch is read.</summary>
    public void Project(ImmutableArray<int> projection, MemoryPool pool, IArrowCodec? codec)
    {
        Dispose();
        _batches = new ArrowBatchReader(_fields, projection, codec, pool);
    }

    /// <summary>The next record batch, which may be empty; null at the end.</summary>
    public Batch? Next()
    {
        var batches = _batches ?? throw new InvalidOperationException("no projection was given");
        while (_input.ReadMessage() is { } message)
        {
            switch (message.Kind)
            {
                case ArrowMessageKind.RecordBatch:
                    return batches.ReadBatch(_input, message);
                case ArrowMessageKind.DictionaryBatch:
                    batches.ReadDictionary(_input, message);
                    break;
                default:
                    throw new InvalidDataException("it has a second schema");
            }
        }

        return null;
    }

    public void Dispose() => _batches?.Dispose();
}
