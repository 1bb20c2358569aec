using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner.Logical;

namespace Engine.Planner.Binding;

/// <summary>
/// Gathers the calls in a select list that give several rows, such as <c>unnest(a)</c>: side by side they repeat the row, as PostgreSQL has it, the
/// shorter ones filled up with NULL.
/// </summary>
internal sealed class SeriesCollector(BindingContext context)
{
    private readonly List<(Expression Array, LogicalColumn Column)> _series = [];

    public IEnumerable<int> Columns => _series.Select(series => series.Column.Id);

    /// <summary>The item of an array, of which there is one row each. Where the items are rows, they have one field, which is the item.</summary>
    public Expression Add(Expression array, string name, SourceSpan? span)
    {
        if (array.Type is not ArrayType { Element: var element })
        {
            throw array.Type is MapType
                ? QueryException.NotSupportedYet($"{name} of {array.Type} in a select list; it can stand in FROM", span)
                : new QueryException(ErrorCodes.DatatypeMismatch, $"{name} takes arrays, not type {array.Type}", span);
        }

        if (array.ReferencedColumns().Any(column => Columns.Contains(column)))
        {
            throw QueryException.NotSupportedYet($"{name} of another set-returning function; the inner one can stand in FROM", span);
        }

        var column = context.NewColumn(name, element is RowType { Fields: [var item] } ? item.Type : element);
        _series.Add((array, column));
        return column.Reference(span);
    }

    /// <summary>The plan with its rows repeated.</summary>
    public LogicalNode Attach(LogicalNode plan, Func<Expression, Expression> overPlan) => _series.Count == 0
        ? plan
        : new LogicalUnnest(plan, [.. _series.Select(series => overPlan(series.Array))], [.. _series.Select(series => series.Column)], Ordinality: null, KeepsEmpty: false);
}
