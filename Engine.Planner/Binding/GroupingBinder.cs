using System.Collections.Immutable;
using System.Globalization;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Planner.Logical;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>The grouping of one SELECT: its keys, and how expressions over the groups refer to them.</summary>
internal sealed class GroupingBinder(BindingContext context, ExpressionBinder expressions)
{
    /// <summary>The key expressions of GROUP BY, ordinals and names of the select list resolved.</summary>
    public ImmutableArray<Projection> BindKeys(Ast.GroupByClause? clause, IReadOnlyList<(string Name, Expression Value)> outputs, ISet<int> aggregateColumns)
    {
        if (clause is null)
        {
            return [];
        }

        var values = clause.All
            ? outputs.Select(output => output.Value).Where(value => !value.ReferencedColumns().Any(aggregateColumns.Contains))
            : clause.Elements.SelectMany(element => BindElement(element, outputs));
        var keys = ImmutableArray.CreateBuilder<Projection>();
        foreach (var value in values)
        {
            if (value.ReferencedColumns().Any(aggregateColumns.Contains))
            {
                throw new QueryException(ErrorCodes.GroupingError, "aggregate functions are not allowed in GROUP BY", value.Span);
            }

            if (!keys.Any(key => key.Value.Equals(value)))
            {
                keys.Add(new Projection(context.NewColumn(NameOf(value), value.Type), value));
            }
        }

        return keys.ToImmutable();
    }

    /// <summary>The expression over the groups: keys by their columns, everything else must be an aggregate or constant.</summary>
    public static Expression OverGroups(Expression expression, ImmutableArray<Projection> keys, ISet<int> known)
    {
        if (keys.FirstOrDefault(key => key.Value.Equals(expression)) is { } match)
        {
            return match.Column.Reference(expression.Span);
        }

        if (expression is ColumnReference column)
        {
            return known.Contains(column.Column)
                ? column
                : throw new QueryException(
                    ErrorCodes.GroupingError,
                    $"column \"{column.Name}\" must appear in the GROUP BY clause or be used in an aggregate function",
                    column.Span);
        }

        var children = expression.Children;
        return children.IsEmpty ? expression : expression.WithChildren([.. children.Select(child => OverGroups(child, keys, known))]);
    }

    private static string NameOf(Expression value) => value is ColumnReference column ? column.Name : "key";

    private IEnumerable<Expression> BindElement(Ast.GroupingElement element, IReadOnlyList<(string Name, Expression Value)> outputs) => element switch
    {
        Ast.GroupingSet set => set.Expressions.Select(expression => BindKey(expression, outputs)),
        Ast.GroupingSets => throw QueryException.NotSupportedYet("GROUPING SETS", element.Span),
        Ast.RollupGrouping => throw QueryException.NotSupportedYet("ROLLUP", element.Span),
        _ => throw QueryException.NotSupportedYet("CUBE", element.Span),
    };

    private Expression BindKey(Ast.Expression expression, IReadOnlyList<(string Name, Expression Value)> outputs)
    {
        if (expression is Ast.NumberLiteral { Kind: Ast.NumberKind.Integer } ordinal)
        {
            return Ordinal(ordinal, outputs, "GROUP BY");
        }

        return expressions.Coercion.Settle(expressions.Bind(expression));
    }

    /// <summary>The select item that a number in GROUP BY or ORDER BY stands for.</summary>
    public static Expression Ordinal(Ast.NumberLiteral ordinal, IReadOnlyList<(string Name, Expression Value)> outputs, string clause) =>
        int.TryParse(ordinal.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place >= 1 && place <= outputs.Count
            ? outputs[place - 1].Value
            : throw new QueryException(
                ErrorCodes.InvalidColumnReference, $"{clause} position {ordinal.Text} is not in select list", ordinal.Span, $"The select list has {outputs.Count} columns.");
}
