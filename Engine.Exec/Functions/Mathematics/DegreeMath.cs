namespace Engine.Exec.Functions.Mathematics;

/// <summary>
/// Trigonometry in degrees that is exact at the multiples of 30 and 45: results of the library are scaled by its own at those angles, step by step as
/// PostgreSQL does it, so that every digit is the same.
/// </summary>
internal static class DegreeMath
{
    private const double RadiansPerDegree = Math.PI / 180;

    private static readonly double Sine30 = Math.Sin(30 * RadiansPerDegree);
    private static readonly double OneLessCosine60 = 1 - Math.Cos(60 * RadiansPerDegree);
    private static readonly double ArcSineOfHalf = Math.Asin(0.5);
    private static readonly double ArcCosineOfHalf = Math.Acos(0.5);
    private static readonly double ArcTangentOf1 = Math.Atan(1);
    private static readonly double Tangent45 = SineOfQuadrant(45) / CosineOfQuadrant(45);
    private static readonly double Cotangent45 = CosineOfQuadrant(45) / SineOfQuadrant(45);

    public static double Sine(double degrees)
    {
        var (angle, sign) = Fold(degrees);
        return sign * SineOfQuadrant(angle > 90 ? 180 - angle : angle);
    }

    public static double Cosine(double degrees)
    {
        var angle = Fold(degrees).Angle;
        return angle > 90 ? -CosineOfQuadrant(180 - angle) : CosineOfQuadrant(angle);
    }

    public static double Tangent(double degrees)
    {
        var (angle, sign) = FoldToQuadrant(degrees);
        return sign * (SineOfQuadrant(angle) / CosineOfQuadrant(angle) / Tangent45) is var tangent && tangent == 0 ? 0 : tangent;
    }

    public static double Cotangent(double degrees)
    {
        var (angle, sign) = FoldToQuadrant(degrees);
        return sign * (CosineOfQuadrant(angle) / SineOfQuadrant(angle) / Cotangent45) is var cotangent && cotangent == 0 ? 0 : cotangent;
    }

    public static double ArcSine(double value) => value >= 0 ? ArcSineOfPositive(value) : -ArcSineOfPositive(-value);

    public static double ArcCosine(double value) => value switch
    {
        < 0 => 90 + ArcSineOfPositive(-value),
        <= 0.5 => 90 - (Math.Asin(value) / ArcSineOfHalf * 30),
        _ => Math.Acos(value) / ArcCosineOfHalf * 60,
    };

    public static double ArcTangent(double value) => Math.Atan(value) / ArcTangentOf1 * 45;

    public static double OfPoint(double y, double x) => Math.Atan2(y, x) / ArcTangentOf1 * 45;

    /// <summary>The angle from 0 to 180 that has the same cosine, and the sign of the sine.</summary>
    private static (double Angle, double Sign) Fold(double degrees)
    {
        var (angle, sign) = (degrees % 360, 1.0);
        if (angle < 0)
        {
            (angle, sign) = (-angle, -1.0);
        }

        return angle > 180 ? (360 - angle, -sign) : (angle, sign);
    }

    /// <summary>The angle from 0 to 90 that has the same tangent but for the sign.</summary>
    private static (double Angle, double Sign) FoldToQuadrant(double degrees)
    {
        var (angle, sign) = Fold(degrees);
        return angle > 90 ? (180 - angle, -sign) : (angle, sign);
    }

    private static double SineOfQuadrant(double angle) => angle <= 30 ? SineUpTo30(angle) : CosineUpTo60(90 - angle);

    private static double CosineOfQuadrant(double angle) => angle <= 60 ? CosineUpTo60(angle) : SineUpTo30(90 - angle);

    private static double SineUpTo30(double angle) => Math.Sin(angle * RadiansPerDegree) / Sine30 / 2;

    private static double CosineUpTo60(double angle) => 1 - ((1 - Math.Cos(angle * RadiansPerDegree)) / OneLessCosine60 / 2);

    private static double ArcSineOfPositive(double value) =>
        value <= 0.5 ? Math.Asin(value) / ArcSineOfHalf * 30 : 90 - (Math.Acos(value) / ArcCosineOfHalf * 60);
}
