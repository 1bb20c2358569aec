using System.Collections.Immutable;
using Engine.Core.Functions;
using Engine.Core.Types;

namespace Engine.Exec.Functions.Aggregates;

/// <summary>Variances, correlations and regressions.</summary>
internal static class StatisticAggregates
{
    public static readonly ImmutableArray<AggregateFunction> All =
    [
        One("var_samp", "Variance of a sample.", m => m.Count > 1 ? m.SquaresX / (m.Count - 1) : null, "variance"),
        One("var_pop", "Variance.", m => m.Count > 0 ? m.SquaresX / m.Count : null),
        One("stddev_samp", "Standard deviation of a sample.", m => m.Count > 1 ? Math.Sqrt(m.SquaresX / (m.Count - 1)) : null, "stddev"),
        One("stddev_pop", "Standard deviation.", m => m.Count > 0 ? Math.Sqrt(m.SquaresX / m.Count) : null),
        Two("covar_samp", "Covariance of a sample.", m => m.Count > 1 ? m.Products / (m.Count - 1) : null),
        Two("covar_pop", "Covariance.", m => m.Count > 0 ? m.Products / m.Count : null),
        Two("corr", "Coefficient of correlation.", m => m.SquaresX > 0 && m.SquaresY > 0 ? m.Products / Math.Sqrt(m.SquaresX * m.SquaresY) : null),
        Two("regr_slope", "Slope of the line of least squares.", m => m.SquaresX > 0 ? m.Products / m.SquaresX : null),
        Two("regr_intercept", "Where the line of least squares meets x = 0.", m => m.SquaresX > 0 ? m.MeanY - (m.Products / m.SquaresX * m.MeanX) : null),
        Two("regr_r2", "Square of the coefficient of correlation.", m => m.SquaresX > 0 ? (m.SquaresY > 0 ? m.Products * m.Products / (m.SquaresX * m.SquaresY) : 1) : null),
        new(new FunctionInfo("geometric_mean", "aggregate", "Geometric mean of positive numbers.", "geometric_mean(x)"), [Overload(
            [DataType.Double], m => m.Count > 0 ? Math.Exp(m.MeanX) : null, isLogarithmic: true)]),
    ];

    private static AggregateFunction One(string name, string description, Func<Moments, double?> result, params ImmutableArray<string> aliases) =>
        new(new FunctionInfo(name, "aggregate", description, $"{name}(x)") { Aliases = aliases }, [Overload([DataType.Double], result, isLogarithmic: false)]);

    private static AggregateFunction Two(string name, string description, Func<Moments, double?> result) =>
        new(new FunctionInfo(name, "aggregate", description, $"{name}(y, x)"), [Overload([DataType.Double, DataType.Double], result, isLogarithmic: false)]);

    private static AggregateOverload Overload(ImmutableArray<ParameterType> parameters, Func<Moments, double?> result, bool isLogarithmic) => new(
        parameters,
        _ => DataType.Double,
        _ => MomentsAccumulator.State,
        (_, pool) => new MomentsAccumulator(result, isLogarithmic, pool));
}
