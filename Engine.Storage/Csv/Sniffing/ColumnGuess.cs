using Engine.Core.Connectors;
using Engine.Core.Types;
using Engine.Storage.Text;

namespace Engine.Storage.Csv.Sniffing;

/// <summary>Narrows down what type a column has while its values pass by.</summary>
internal sealed class ColumnGuess
{
    private static readonly (ValueTypes Type, DataType DataType)[] ByPreference =
    [
        (ValueTypes.Boolean, DataType.Boolean),
        (ValueTypes.BigInt, DataType.BigInt),
        (ValueTypes.HugeInteger, DataType.Decimal(DecimalType.MaxPrecision, 0)),
        (ValueTypes.Double, DataType.Double),
        (ValueTypes.Date, DataType.Date),
        (ValueTypes.Time, DataType.Time),
        (ValueTypes.Timestamp, DataType.Timestamp),
        (ValueTypes.TimestampNanos, DataType.TimestampNanos),
        (ValueTypes.TimestampTz, DataType.TimestampTz),
    ];

    private ValueTypes _possible = ValueTypes.All;
    private long _rows;
    private long _nulls;
    private Offender? _offender;

    /// <summary>Whether no value was seen.</summary>
    public bool IsEmpty => _rows == _nulls;

    /// <summary>The narrowest type that holds every value so far; varchar for a column without values, which promises nothing.</summary>
    public DataType Type
    {
        get
        {
            if (IsEmpty)
            {
                return DataType.Varchar;
            }

            var place = Array.FindIndex(ByPreference, entry => (_possible & entry.Type) != ValueTypes.None);
            return place < 0 ? DataType.Varchar : ByPreference[place].DataType;
        }
    }

    public ColumnEvidence Evidence => new(_rows, _nulls, _offender);

    public void AddNull()
    {
        _rows++;
        _nulls++;
    }

    /// <summary>Takes a value into account.</summary>
    /// <returns>The type that the value ruled out, when it is the first to do so; else null.</returns>
    public DataType? Add(ReadOnlySpan<byte> text, ParseRules rules)
    {
        _rows++;
        if (_possible == ValueTypes.None)
        {
            return null;
        }

        var before = ByPreference.FirstOrDefault(entry => (_possible & entry.Type) != ValueTypes.None).DataType;
        _possible &= ValueShape.Of(text, rules);
        return _offender is null && _rows - _nulls > 1 && !before.Equals(Type) ? before : null;
    }

    /// <summary>Remembers which value ruled the narrower type out.</summary>
    public void Blame(Offender offender) => _offender = offender;
}
