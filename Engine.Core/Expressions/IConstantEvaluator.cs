namespace Engine.Core.Expressions;

/// <summary>Evaluates expressions without column references, for constant folding. The executor implements it.</summary>
public interface IConstantEvaluator
{
    /// <summary>The value, in managed form.</summary>
    /// <exception cref="Errors.QueryException">The expression raises an error.</exception>
    object? Evaluate(Expression expression);

    /// <summary>Evaluates over one row of known values: partition columns for instance.</summary>
    /// <param name="expression">Its column references are looked up in <paramref name="columns"/>.</param>
    /// <param name="columns">Managed values by column id.</param>
    object? Evaluate(Expression expression, IReadOnlyDictionary<int, object?> columns);
}
