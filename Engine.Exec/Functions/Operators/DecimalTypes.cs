using Engine.Core.Types;

namespace Engine.Exec.Functions.Operators;

/// <summary>
/// The types of decimal results: exact where 38 digits suffice; beyond that the scale gives way, but not below six digits (the rule of SQL Server
/// and Spark).
/// </summary>
internal static class DecimalTypes
{
    private const int MinReducedScale = 6;

    public static DecimalType OfSum(DecimalType left, DecimalType right)
    {
        var scale = Math.Max(left.Scale, right.Scale);
        return Fit(Math.Max(left.Precision - left.Scale, right.Precision - right.Scale) + scale + 1, scale);
    }

    public static DecimalType OfProduct(DecimalType left, DecimalType right) => Fit(left.Precision + right.Precision, left.Scale + right.Scale);

    public static DecimalType OfQuotient(DecimalType left, DecimalType right)
    {
        var scale = Math.Max(MinReducedScale, left.Scale + right.Precision + 1);
        return Fit(left.Precision - left.Scale + right.Scale + scale, scale);
    }

    public static DecimalType OfRemainder(DecimalType left, DecimalType right)
    {
        var scale = Math.Max(left.Scale, right.Scale);
        return Fit(Math.Min(left.Precision - left.Scale, right.Precision - right.Scale) + scale, scale);
    }

    private static DecimalType Fit(int precision, int scale)
    {
        if (precision <= DecimalType.MaxPrecision)
        {
            return new DecimalType(Math.Max(precision, 1), scale);
        }

        var integerDigits = precision - scale;
        return new DecimalType(DecimalType.MaxPrecision, Math.Max(DecimalType.MaxPrecision - integerDigits, Math.Min(scale, MinReducedScale)));
    }
}
