using System.Collections.Immutable;
using Engine.Core.Functions;
using Engine.Core.Types;

namespace Engine.Exec.Functions.Aggregates;

/// <summary>Variances, correlations and regressions.</summary>
internal static class StatisticAggregates
{
    public static readonly ImmutableArray<AggregateFunction> All =
    [
        One("var_samp", "Variance of a sample.", "2.333333", m => m.Count > 1 ? m.SquaresX / (m.Count - 1) : null, "variance"),
        One("var_pop", "Variance.", "1.555556", m => m.Count > 0 ? m.SquaresX / m.Count : null),
        One("stddev_samp", "Standard deviation of a sample.", "1.527525", m => m.Count > 1 ? Math.Sqrt(m.SquaresX / (m.Count - 1)) : null, "stddev"),
        One("stddev_pop", "Standard deviation.", "1.247219", m => m.Count > 0 ? Math.Sqrt(m.SquaresX / m.Count) : null),
        Two("covar_samp", "Covariance of a sample.", "2.5", m => m.Count > 1 ? m.Products / (m.Count - 1) : null),
        Two("covar_pop", "Covariance.", "1.666667", m => m.Count > 0 ? m.Products / m.Count : null),
        Two("corr", "Coefficient of correlation.", "0.944911", m => m.SquaresX > 0 && m.SquaresY > 0 ? m.Products / Math.Sqrt(m.SquaresX * m.SquaresY) : null),
        Two("regr_slope", "Slope of the line of least squares.", "2.5", m => m.SquaresX > 0 ? m.Products / m.SquaresX : null),
        Two("regr_intercept", "Where the line of least squares meets x = 0.", "-1", m => m.SquaresX > 0 ? m.MeanY - (m.Products / m.SquaresX * m.MeanX) : null),
        Two("regr_r2", "Square of the coefficient of correlation.", "0.892857", m => m.SquaresX > 0 ? (m.SquaresY > 0 ? m.Products * m.Products / (m.SquaresX * m.SquaresY) : 1) : null),
        Two("regr_avgx", "Mean of the second argument.", "2", m => m.Count > 0 ? m.MeanX : null),
        Two("regr_avgy", "Mean of the first argument.", "4", m => m.Count > 0 ? m.MeanY : null),
        Two("regr_sxx", "Sum of the squared distances of the second argument from its mean.", "2", m => m.Count > 0 ? m.SquaresX : null),
        Two("regr_syy", "Sum of the squared distances of the first argument from its mean.", "14", m => m.Count > 0 ? m.SquaresY : null),
        Two("regr_sxy", "Sum of the products of the distances of both arguments from their means.", "5", m => m.Count > 0 ? m.Products : null),
        new(
            new FunctionInfo("regr_count(y, x)", "aggregate", "Rows in which both arguments are not NULL.", "regr_count(y, x) FROM (VALUES (1, 2), (3, NULL)) t(y, x) = 1"),
            [new([DataType.Double, DataType.Double], _ => DataType.BigInt, _ => MomentsAccumulator.State, (_, pool) => new MomentsAccumulator(null, isLogarithmic: false, pool))])
        {
            IsZeroOfNone = true,
        },
        One("sem", "Standard error of the mean.", "0.720082", m => m.Count > 1 ? Math.Sqrt(m.SquaresX / m.Count / m.Count) : null),
        Higher("skewness", "Skewness: how far the values lean to one side, without correction for samples.", p => p.Count > 2 && p.Second > 0 ? Math.Sqrt(p.Count) * p.Third / Math.Pow(p.Second, 1.5) : null),
        Higher("kurtosis", "Excess kurtosis of a sample: how heavy the tails are.", p => p.Count > 3 && p.Second > 0 ? SampleKurtosis(p) : null),
        Higher("kurtosis_pop", "Excess kurtosis, without correction for samples.", p => p.Count > 0 && p.Second > 0 ? (p.Count * p.Fourth / (p.Second * p.Second)) - 3 : null),
        new(new FunctionInfo("geometric_mean(value)", "aggregate", "Geometric mean of positive numbers.", "round(geometric_mean(x), 6) FROM (VALUES (1), (4)) t(x) = 2") { Aliases = ["geomean"] }, [Overload(
            [DataType.Double], m => m.Count > 0 ? Math.Exp(m.MeanX) : null, isLogarithmic: true)]),
    ];

    private static double SampleKurtosis(in Powers p)
    {
        var n = p.Count;
        var variance = p.Second / (n - 1);
        return (n * (n + 1) / ((n - 1) * (n - 2) * (n - 3)) * p.Fourth / (variance * variance)) - (3 * (n - 1) * (n - 1) / ((n - 2) * (n - 3)));
    }

    private static AggregateFunction Higher(string name, string description, Func<Powers, double?> result) => new(
        new FunctionInfo($"{name}(value)", "aggregate", description, $"{name}(x) IS NULL FROM (VALUES (1)) t(x) = true"),
        [new([DataType.Double], _ => DataType.Double, _ => PowersAccumulator.State, (_, pool) => new PowersAccumulator(result, pool))]);

    private static AggregateFunction One(string name, string description, string example, Func<Moments, double?> result, params ImmutableArray<string> aliases) =>
        new(new FunctionInfo($"{name}(value)", "aggregate", description, $"round({name}(x), 6) FROM (VALUES (1), (2), (4)) t(x) = {example}") { Aliases = aliases }, [Overload([DataType.Double], result, isLogarithmic: false)]);

    private static AggregateFunction Two(string name, string description, string example, Func<Moments, double?> result) =>
        new(new FunctionInfo($"{name}(y, x)", "aggregate", description, $"round({name}(y, x), 6) FROM (VALUES (2, 1), (3, 2), (7, 3)) t(y, x) = {example}"), [Overload([DataType.Double, DataType.Double], result, isLogarithmic: false)]);

    private static AggregateOverload Overload(ImmutableArray<ParameterType> parameters, Func<Moments, double?> result, bool isLogarithmic) => new(
        parameters,
        _ => DataType.Double,
        _ => MomentsAccumulator.State,
        (_, pool) => new MomentsAccumulator(result, isLogarithmic, pool));
}
