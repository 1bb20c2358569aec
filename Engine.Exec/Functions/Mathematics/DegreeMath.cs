namespace Engine.Exec.Functions.Mathematics;

/// <summary>Trigonometry in degrees that is exact at the multiples of 30 and 45, as PostgreSQL's is.</summary>
internal static class DegreeMath
{
    public static double Sine(double degrees)
    {
        var angle = Reduce(degrees);
        return angle switch
        {
            > 180 => -SineUpTo180(angle - 180),
            _ => SineUpTo180(angle),
        };
    }

    public static double Cosine(double degrees) => Sine(Math.Abs(degrees % 360) + 90);

    public static double Tangent(double degrees)
    {
        var cosine = Cosine(degrees);
        var sine = Sine(degrees);
        return Math.Abs(sine) == Math.Abs(cosine) || IsDiagonal(degrees) ? Math.Sign(sine) * Math.Sign(cosine) : sine / cosine;
    }

    public static double ArcSine(double value) => Math.Abs(value) == 0.5 ? Math.Sign(value) * 30 : Math.Asin(value) / Math.Asin(1) * 90;

    public static double ArcCosine(double value) => value switch
    {
        0.5 => 60,
        -0.5 => 120,
        _ => Math.Acos(value) / Math.Acos(0) * 90,
    };

    public static double ArcTangent(double value) => Math.Atan(value) / Math.Atan(1) * 45;

    public static double OfPoint(double y, double x) => Math.Atan2(y, x) / Math.Atan(1) * 45;

    private static bool IsDiagonal(double degrees) => Math.Abs(degrees % 90) == 45;

    /// <summary>The angle from 0 to 360.</summary>
    private static double Reduce(double degrees)
    {
        var angle = degrees % 360;
        return angle < 0 ? angle + 360 : angle;
    }

    private static double SineUpTo180(double angle)
    {
        angle = angle > 90 ? 180 - angle : angle;
        return angle switch
        {
            0 => 0,
            30 => 0.5,
            90 => 1,
            _ => Math.Sin(angle * (Math.PI / 180)),
        };
    }
}
