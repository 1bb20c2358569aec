using System.Text;
using Engine.Core.Connectors;
using Engine.Core.Types;
using Engine.Storage.Text;

namespace Engine.Storage.Csv.Sniffing;

/// <summary>Narrows down what type a column has while its values pass by.</summary>
internal sealed class ColumnGuess
{
    private const int MaxOffenderLength = 100;

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
    private string? _offender;

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
    public void Add(ReadOnlySpan<byte> text, ParseRules rules)
    {
        _rows++;
        if (_possible == ValueTypes.None)
        {
            return;
        }

        var before = _possible;
        _possible &= ValueShape.Of(text, rules);
        if (_offender is null && HasWidened(before) && _rows - _nulls > 1)
        {
            _offender = Encoding.UTF8.GetString(text[..Math.Min(text.Length, MaxOffenderLength)]);
        }
    }

    private bool HasWidened(ValueTypes before) =>
        Array.FindIndex(ByPreference, entry => (before & entry.Type) != ValueTypes.None) != Array.FindIndex(ByPreference, entry => (_possible & entry.Type) != ValueTypes.None);
}
