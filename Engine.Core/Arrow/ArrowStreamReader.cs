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
/// <exception cref="OverflowException">From every member, for a value that the engine's type for it cannot hold.</exception>
/// <exception cref="Errors.QueryException">From every member, 0A000 for what is valid but not read, 53200 when the pool is used up.</exception>
public sealed class ArrowStreamReader : IDisposable
{
    private readonly ArrowInput _input;
    private readonly ArrowBatchReader _batches;

    /// <summary>Reads the schema.</summary>
    /// <param name="stream">Stays the caller's. One that can seek is read sparingly.</param>
    /// <param name="projection">Indexes of the columns wanted, in the order wanted; null for all.</param>
    /// <param name="pool">Holds the columns.</param>
    /// <param name="codec">Null where none is at hand.</param>
    public ArrowStreamReader(Stream stream, ImmutableArray<int>? projection, MemoryPool pool, IArrowCodec? codec)
    {
        _input = new ArrowInput(stream);
        var fields = ReadFields(_input);
        Schema = ArrowSchema.ToSchema(fields);
        _batches = new ArrowBatchReader(fields, projection ?? [.. Enumerable.Range(0, fields.Length)], codec, pool);
    }

    /// <summary>All columns of the stream.</summary>
    public Schema Schema { get; }

    /// <summary>The schema alone.</summary>
    public static Schema ReadSchema(Stream stream) => ArrowSchema.ToSchema(ReadFields(new ArrowInput(stream)));

    /// <summary>The next record batch, which may be empty; null at the end.</summary>
    public Batch? Next()
    {
        while (_input.ReadMessage() is { } message)
        {
            switch (message.Kind)
            {
                case ArrowMessageKind.RecordBatch:
                    return _batches.ReadBatch(_input, message);
                case ArrowMessageKind.DictionaryBatch:
                    _batches.ReadDictionary(_input, message);
                    break;
                default:
                    throw new InvalidDataException("it has a second schema");
            }
        }

        return null;
    }

    public void Dispose() => _batches.Dispose();

    private static ImmutableArray<ArrowField> ReadFields(ArrowInput input)
    {
        var message = input.ReadMessage() ?? throw new InvalidDataException("it has no schema");
        if (message.Kind != ArrowMessageKind.Schema)
        {
            throw new InvalidDataException("it does not begin with a schema");
        }

        input.Skip(message.BodyLength);
        return message.Fields;
    }
}
