using System.Text;
using Engine.Core.Connectors;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.Csv.Sniffing;
using Engine.Storage.Text;

namespace Engine.Storage.Json;

/// <summary>
/// What is known of the values at one place of the documents: a lattice that only widens, so that the order of rows makes no difference.
/// Scalars of different kinds become text, a scalar beside an array or object becomes json, and so does what was never seen.
/// </summary>
internal sealed class JsonShape
{
    /// <summary>Objects with more keys than that have data for keys.</summary>
    private const int MaxFields = 1000;

    private const ValueTypes Times = ValueTypes.Date | ValueTypes.Time | ValueTypes.Timestamp | ValueTypes.TimestampNanos | ValueTypes.TimestampTz;

    private readonly List<(string Name, JsonShape Shape)> _fields = [];
    private readonly Dictionary<string, JsonShape> _byName = new(StringComparer.Ordinal);
    private JsonShape? _items;
    private bool _hasBoolean;
    private bool _hasNumber;
    private bool _hasString;
    private bool _hasObject;
    private bool _hasArray;
    private ValueTypes _numbers = ValueTypes.BigInt | ValueTypes.HugeInteger | ValueTypes.Double;
    private ValueTypes _times = Times;
    private long _seen;
    private long _nulls;
    private Offender? _offender;

    public IReadOnlyList<(string Name, JsonShape Shape)> Fields => _fields;

    /// <summary>Whether every value was an object.</summary>
    public bool IsObject => _hasObject && !_hasArray && !_hasString && !_hasNumber && !_hasBoolean && _fields.Count is > 0 and <= MaxFields;

    public DataType Type
    {
        get
        {
            var scalars = (_hasBoolean ? 1 : 0) + (_hasNumber ? 1 : 0) + (_hasString ? 1 : 0);
            return (scalars, _hasArray, _hasObject) switch
            {
                (1, false, false) => ScalarType,
                ( > 1, false, false) => DataType.Varchar,
                (0, true, false) => DataType.Array(_items?.Type ?? DataType.Json),
                (0, false, true) when IsObject => DataType.Row([.. _fields.Select(entry => new Field(entry.Name, entry.Shape.Type))]),
                _ => DataType.Json,
            };
        }
    }

    private DataType ScalarType
    {
        get
        {
            if (_hasBoolean)
            {
                return DataType.Boolean;
            }

            if (_hasNumber)
            {
                return (_numbers & ValueTypes.BigInt) != ValueTypes.None ? DataType.BigInt
                    : (_numbers & ValueTypes.HugeInteger) != ValueTypes.None ? DataType.Decimal(DecimalType.MaxPrecision, 0)
                    : DataType.Double;
            }

            return (_times & ValueTypes.Date) != ValueTypes.None ? DataType.Date
                : (_times & ValueTypes.Time) != ValueTypes.None ? DataType.Time
                : (_times & ValueTypes.Timestamp) != ValueTypes.None ? DataType.Timestamp
                : (_times & ValueTypes.TimestampNanos) != ValueTypes.None ? DataType.TimestampNanos
                : (_times & ValueTypes.TimestampTz) != ValueTypes.None ? DataType.TimestampTz
                : DataType.Varchar;
        }
    }

    /// <summary>What was seen, when so many documents passed; those without the key count as NULL.</summary>
    public ColumnEvidence Evidence(long documents) => new(documents, documents - _seen + _nulls, _offender);

    /// <summary>Takes the well-formed value at a position into account; the position moves behind it.</summary>
    /// <param name="text">A document.</param>
    /// <param name="position">Where the value begins in it.</param>
    /// <param name="scratch">For unescaped strings.</param>
    /// <param name="rules">How values are written.</param>
    /// <param name="place">Where the document is, to name it as evidence.</param>
    public void Add(ReadOnlySpan<byte> text, ref int position, ByteWriter scratch, ParseRules rules, ValuePlace place)
    {
        JsonSyntax.SkipBlanks(text, ref position);
        var start = position;
        var isScalar = text[start] is not ((byte)'{' or (byte)'[');
        var before = isScalar && !_hasObject && _seen > _nulls && _offender is null ? Type : null;
        _seen++;
        switch (text[position])
        {
            case (byte)'{':
                AddObject(text, ref position, scratch, rules, place);
                break;
            case (byte)'[':
                AddArray(text, ref position, scratch, rules, place);
                break;
            case (byte)'"':
                _hasString = true;
                var value = JsonStrings.Read(text, ref position, scratch);
                _times &= _times == ValueTypes.None ? _times : ValueShape.Of(value, rules);
                break;
            case (byte)'n':
                _nulls++;
                position += 4;
                return;
            default:
                AddScalar(text, ref position, rules);
                break;
        }

        if (before is not null && before != Type)
        {
            _offender = Offender.At(place.Path, place.Line, text[start..position], before);
        }
    }

    private void AddScalar(ReadOnlySpan<byte> text, ref int position, ParseRules rules)
    {
        if (text[position] is (byte)'t' or (byte)'f')
        {
            _hasBoolean = true;
            position += text[position] == 't' ? 4 : 5;
            return;
        }

        var start = position;
        JsonSyntax.TrySkipValue(text, ref position);
        _hasNumber = true;
        _numbers &= ValueShape.Of(text[start..position], rules);
    }

    private void AddArray(ReadOnlySpan<byte> text, ref int position, ByteWriter scratch, ParseRules rules, ValuePlace place)
    {
        _hasArray = true;
        position++;
        if (JsonSyntax.TryTake(text, ref position, (byte)']'))
        {
            return;
        }

        _items ??= new JsonShape();
        do
        {
            _items.Add(text, ref position, scratch, rules, place);
        }
        while (JsonSyntax.TryTake(text, ref position, (byte)','));
        JsonSyntax.TryTake(text, ref position, (byte)']');
    }

    private void AddObject(ReadOnlySpan<byte> text, ref int position, ByteWriter scratch, ParseRules rules, ValuePlace place)
    {
        _hasObject = true;
        position++;
        if (JsonSyntax.TryTake(text, ref position, (byte)'}'))
        {
            return;
        }

        do
        {
            JsonSyntax.SkipBlanks(text, ref position);
            var name = Encoding.UTF8.GetString(JsonStrings.Read(text, ref position, scratch));
            JsonSyntax.TryTake(text, ref position, (byte)':');
            if (!_byName.TryGetValue(name, out var shape))
            {
                shape = new JsonShape();
                if (_fields.Count <= MaxFields)
                {
                    _byName.Add(name, shape);
                    _fields.Add((name, shape));
                }
            }

            shape.Add(text, ref position, scratch, rules, place);
        }
        while (JsonSyntax.TryTake(text, ref position, (byte)','));
        JsonSyntax.TryTake(text, ref position, (byte)'}');
    }
}

/// <summary>The file and line of a document.</summary>
internal readonly record struct ValuePlace(string Path, long Line);
