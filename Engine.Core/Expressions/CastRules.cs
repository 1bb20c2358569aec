using Engine.Core.Types;

namespace Engine.Core.Expressions;

/// <summary>Which conversions exist, which of them happen by themselves, and which can fail.</summary>
public static class CastRules
{
    /// <summary>Whether a value of one type may stand where the other is wanted without a written cast.</summary>
    public static bool IsImplicit(DataType from, DataType to) => from.Equals(to) || (from, to) switch
    {
        ({ Kind: TypeKind.Unknown }, _) => true,
        (DecimalType a, DecimalType { Precision: DecimalType.MaxPrecision } b) => b.Scale >= a.Scale,
        ({ IsInteger: true }, DecimalType { Precision: DecimalType.MaxPrecision }) => true,
        ({ IsNumeric: true }, { IsNumeric: true }) => IsWideningNumber(from, to),
        ({ Kind: TypeKind.Date }, { Kind: TypeKind.Timestamp or TypeKind.TimestampTz }) => true,
        ({ Kind: TypeKind.Time }, { Kind: TypeKind.TimeTz }) => true,
        (EnumType, { Kind: TypeKind.Varchar }) => true,
        ({ IsInteger: true }, OidType) or (OidType, OidType or { Kind: TypeKind.BigInt }) => true,
        ({ Kind: TypeKind.Varchar }, OidType { Class: OidClass.Relation }) => true,
        (TimestampType a, TimestampType b) => a.Kind == b.Kind ? b.Unit >= a.Unit : b.HasTimeZone,
        (ArrayType a, ArrayType b) => IsImplicit(a.Element, b.Element),
        (MapType a, MapType b) => IsImplicit(a.Key, b.Key) && IsImplicit(a.Value, b.Value),
        (RowType a, RowType b) => a.Fields.Length == b.Fields.Length && a.Fields.Zip(b.Fields).All(pair => IsImplicit(pair.First.Type, pair.Second.Type)),
        _ => false,
    };

    /// <summary>Whether a value may be stored in a column of the type without a written cast: it may lose digits there, or become text.</summary>
    public static bool IsAssignable(DataType from, DataType to) => IsImplicit(from, to) || (from, to) switch
    {
        ({ IsNumeric: true }, { IsNumeric: true }) => true,
        (_, { Kind: TypeKind.Varchar }) => true,
        ({ Kind: TypeKind.Varchar } or EnumType, EnumType) => true,
        (OidType, { IsInteger: true }) => true,
        ({ Kind: TypeKind.Timestamp or TypeKind.TimestampTz }, { Kind: TypeKind.Date or TypeKind.Time or TypeKind.Timestamp }) => true,
        ({ Kind: TypeKind.Time }, { Kind: TypeKind.Interval }) => true,
        ({ Kind: TypeKind.TimeTz }, { Kind: TypeKind.Time }) or ({ Kind: TypeKind.TimestampTz }, { Kind: TypeKind.TimeTz }) => true,
        (ArrayType a, ArrayType b) => IsAssignable(a.Element, b.Element),
        (MapType a, MapType b) => IsAssignable(a.Key, b.Key) && IsAssignable(a.Value, b.Value),
        (RowType a, RowType b) => a.Fields.Length == b.Fields.Length && a.Fields.Zip(b.Fields).All(pair => IsAssignable(pair.First.Type, pair.Second.Type)),
        _ => false,
    };

    /// <summary>Whether CAST knows the way at all.</summary>
    public static bool IsExplicit(DataType from, DataType to) => IsImplicit(from, to) || (from, to) switch
    {
        (_, { Kind: TypeKind.Varchar or TypeKind.Json }) => true,
        ({ Kind: TypeKind.Varchar or TypeKind.Json }, { IsNested: false }) => true,
        (EnumType, EnumType) => true,
        (OidType, { IsInteger: true }) => true,
        ({ Kind: TypeKind.Json }, { IsNested: true }) => true,
        ({ Kind: TypeKind.Varchar }, ArrayType array) => IsExplicit(DataType.Varchar, array.Element),
        ({ IsNumeric: true }, { IsNumeric: true }) => true,
        ({ Kind: TypeKind.Boolean }, { IsInteger: true }) or ({ IsInteger: true }, { Kind: TypeKind.Boolean }) => true,
        ({ Kind: TypeKind.Timestamp or TypeKind.TimestampTz }, { Kind: TypeKind.Date or TypeKind.Time or TypeKind.Timestamp or TypeKind.TimestampTz }) => true,
        ({ Kind: TypeKind.Time }, { Kind: TypeKind.Interval }) or ({ Kind: TypeKind.Interval }, { Kind: TypeKind.Time }) => true,
        ({ Kind: TypeKind.TimeTz }, { Kind: TypeKind.Time }) or ({ Kind: TypeKind.TimestampTz }, { Kind: TypeKind.TimeTz }) => true,
        (ArrayType a, ArrayType b) => IsExplicit(a.Element, b.Element),
        (MapType a, MapType b) => IsExplicit(a.Key, b.Key) && IsExplicit(a.Value, b.Value),
        (RowType a, RowType b) => a.Fields.Length == b.Fields.Length && a.Fields.Zip(b.Fields).All(pair => IsExplicit(pair.First.Type, pair.Second.Type)),
        _ => false,
    };

    /// <summary>Whether some value makes the conversion fail.</summary>
    public static bool CanFail(DataType from, DataType to) => !from.Equals(to) && to.Kind is not (TypeKind.Varchar or TypeKind.Varbinary) && (from, to) switch
    {
        ({ Kind: TypeKind.Unknown }, _) => false,
        ({ IsNumeric: true }, { IsNumeric: true }) => !IsWideningNumber(from, to),
        (OidType, OidType or { Kind: TypeKind.BigInt }) => false,
        ({ Kind: TypeKind.Boolean }, _) or (_, { Kind: TypeKind.Boolean }) => from.IsText,
        ({ Kind: TypeKind.Date }, TimestampType { Unit: TimeUnit.Microsecond }) => false,
        ({ Kind: TypeKind.Timestamp or TypeKind.TimestampTz }, { Kind: TypeKind.Date or TypeKind.Time }) => false,
        (TimestampType a, TimestampType b) => b.Unit > a.Unit,
        _ => true,
    };

    /// <summary>
    /// The type that values of both can be brought to by themselves, as in UNION, CASE and comparisons; null when there is none. An untyped literal
    /// takes the other's type.
    /// </summary>
    public static DataType? CommonType(DataType left, DataType right)
    {
        if (left.Equals(right) || right.Kind == TypeKind.Unknown)
        {
            return left;
        }

        if (left.Kind == TypeKind.Unknown)
        {
            return right;
        }

        if (left.IsNumeric && right.IsNumeric)
        {
            return CommonNumber(left, right);
        }

        return (left, right) switch
        {
            (ArrayType a, ArrayType b) => CommonType(a.Element, b.Element) is { } element ? new ArrayType(element) : null,
            (MapType a, MapType b) => CommonType(a.Key, b.Key) is { } key && CommonType(a.Value, b.Value) is { } value ? new MapType(key, value) : null,
            (RowType a, RowType b) => CommonRow(a, b),
            ({ Kind: TypeKind.Varchar }, { Kind: TypeKind.Json }) => right,
            ({ Kind: TypeKind.Json }, { Kind: TypeKind.Varchar }) => left,
            (OidType, OidType) => OidType.ByName["oid"],
            (OidType, { IsInteger: true }) => left,
            ({ IsInteger: true }, OidType) => right,
            _ => IsImplicit(left, right) ? right : IsImplicit(right, left) ? left : null,
        };
    }

    /// <summary>The digits before the point that an integer type's values need, as a decimal without fraction.</summary>
    public static DecimalType IntegerAsDecimal(DataType integer) => integer.Kind switch
    {
        TypeKind.TinyInt => new DecimalType(3, 0),
        TypeKind.SmallInt => new DecimalType(5, 0),
        TypeKind.Integer => new DecimalType(10, 0),
        _ => new DecimalType(19, 0),
    };

    private static bool IsWideningNumber(DataType from, DataType to)
    {
        if (from is DecimalType a && to is DecimalType b)
        {
            return b.Scale >= a.Scale && b.Precision - b.Scale >= a.Precision - a.Scale;
        }

        if (from.IsInteger && to is DecimalType target)
        {
            return target.Precision - target.Scale >= IntegerAsDecimal(from).Precision;
        }

        return from.Kind <= to.Kind;
    }

    private static DataType CommonNumber(DataType left, DataType right)
    {
        if (left.IsFloating || right.IsFloating)
        {
            // An integer beyond 24 bits does not fit a real: PostgreSQL goes to double as well.
            return left.Kind == TypeKind.Real && right.Kind == TypeKind.Real ? DataType.Real : DataType.Double;
        }

        if (left is not DecimalType && right is not DecimalType)
        {
            return left.Kind > right.Kind ? left : right;
        }

        var a = left as DecimalType ?? IntegerAsDecimal(left);
        var b = right as DecimalType ?? IntegerAsDecimal(right);
        var scale = Math.Max(a.Scale, b.Scale);
        var integerDigits = Math.Max(a.Precision - a.Scale, b.Precision - b.Scale);

        // No fraction digit is given up, or different values would compare equal: a value with too many integer digits for it is an error instead.
        return new DecimalType(Math.Min(DecimalType.MaxPrecision, integerDigits + scale), scale);
    }

    private static RowType? CommonRow(RowType left, RowType right)
    {
        if (left.Fields.Length != right.Fields.Length)
        {
            return null;
        }

        var fields = new List<Field>();
        foreach (var (a, b) in left.Fields.Zip(right.Fields))
        {
            if (CommonType(a.Type, b.Type) is not { } type)
            {
                return null;
            }

            fields.Add(a with { Type = type });
        }

        return new RowType([.. fields]);
    }
}
