using System.Collections.Immutable;
using Engine.Core.Arrow.Format;
using Engine.Core.Columns;
using Engine.Core.Memory;

namespace Engine.Core.Arrow.Reading;

/// <summary>Reads the bodies of messages: of the columns wanted alone, and of the dictionaries that these need.</summary>
internal sealed class ArrowBatchReader : IDisposable
{
    private readonly ImmutableArray<ArrowField> _fields;
    private readonly ImmutableArray<int> _projection;
    private readonly Dictionary<long, ArrowField> _dictionaryFields = [];
    private readonly IArrowCodec? _codec;
    private readonly MemoryPool _pool;

    /// <param name="fields">Of the schema.</param>
    /// <param name="projection">Indexes of the columns wanted, in the order wanted.</param>
    /// <param name="codec">Null where none is at hand.</param>
    /// <param name="pool">Holds the columns.</param>
    /// <param name="load">See <see cref="ArrowDictionaries"/>.</param>
    public ArrowBatchReader(ImmutableArray<ArrowField> fields, ImmutableArray<int> projection, IArrowCodec? codec, MemoryPool pool, Action<long>? load = null)
    {
        _fields = fields;
        _projection = projection;
        _codec = codec;
        _pool = pool;
        Dictionaries = new ArrowDictionaries(pool, load);
        foreach (var field in projection.Distinct().SelectMany(index => fields[index].DictionaryFields()))
        {
            if (!_dictionaryFields.TryAdd(field.Dictionary!.Id, field) && _dictionaryFields[field.Dictionary.Id].DataType != field.DataType)
            {
                throw new InvalidDataException($"dictionary {field.Dictionary.Id} has several types");
            }
        }
    }

    public ArrowDictionaries Dictionaries { get; }

    public Batch ReadBatch(ArrowInput input, ArrowMessage message)
    {
        var places = ArrowLayout.Locate(_fields, message.Batch!, message.HasUnionValidity);
        var wanted = _projection.Distinct().Order().SelectMany(index => Enumerable.Range(places[index].Buffer, places[index + 1].Buffer - places[index].Buffer));
        using var body = ArrowBody.Read(input, message, [.. wanted], _codec, _pool);
        var reader = new ArrowColumnReader(message, body, Dictionaries, _pool);
        using var columns = new PendingColumns();
        foreach (var index in _projection)
        {
            columns.Add(reader.Read(_fields[index], places[index]));
        }

        return new Batch(columns.Take(), (int)message.Batch!.Length);
    }

    /// <summary>Keeps the dictionary when a column wanted needs it, else passes over it.</summary>
    public void ReadDictionary(ArrowInput input, ArrowMessage message)
    {
        if (!_dictionaryFields.TryGetValue(message.DictionaryId, out var field))
        {
            input.Skip(message.BodyLength);
            return;
        }

        var values = field with { Dictionary = null };
        var places = ArrowLayout.Locate([values], message.Batch!, message.HasUnionValidity);
        using var body = ArrowBody.Read(input, message, [.. Enumerable.Range(0, places[1].Buffer)], _codec, _pool);
        using var column = new ArrowColumnReader(message, body, Dictionaries, _pool).Read(values, places[0]);
        Dictionaries.Add(message.DictionaryId, column.Flatten(_pool), message.IsDelta);
    }

    public void Dispose() => Dictionaries.Dispose();
}
