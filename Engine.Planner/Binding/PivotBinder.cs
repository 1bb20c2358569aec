using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Types;
using Engine.Parser;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>
/// Says PIVOT and UNPIVOT in other words: PIVOT is a grouping with one filtered aggregate for each value, UNPIVOT an UNNEST of the columns beside their
/// labels.
/// </summary>
internal static class PivotBinder
{
    /// <param name="pivot">The relation.</param>
    /// <param name="source">The names of the columns of what is pivoted.</param>
    public static Ast.Query Rewrite(Ast.PivotRelation pivot, IReadOnlyList<string> source)
    {
        if (pivot.Columns.FirstOrDefault(column => column.Values.IsEmpty) is { } open)
        {
            throw QueryException.NotSupportedYet("PIVOT without the list of values", open.Span);
        }

        var used = pivot.Columns.SelectMany(column => ColumnsOf(column.Value)).Concat(pivot.Aggregates.SelectMany(aggregate => ColumnsOf(aggregate.Value))).ToHashSet(StringComparer.OrdinalIgnoreCase);
        IReadOnlyList<Ast.Expression> keys = pivot.GroupBy.IsEmpty
            ? [.. source.Where(name => !used.Contains(name)).Select(name => Column(name, pivot.Span))]
            : [.. pivot.GroupBy];
        var items = keys.Select(key => new Ast.SelectItem(key, Alias: null, key.Span)).ToList();
        foreach (var (label, condition) in Combinations(pivot))
        {
            foreach (var aggregate in pivot.Aggregates)
            {
                if (aggregate.Value is not Ast.FunctionCall call)
                {
                    throw QueryException.NotSupportedYet("PIVOT over an expression that is no call of an aggregate", aggregate.Span);
                }

                var filter = call.Filter is null ? condition : new Ast.LogicalExpression(Ast.LogicalOperator.And, [call.Filter, condition], call.Span);
                var name = aggregate.Alias is { } alias ? $"{label}_{alias.Value}" : pivot.Aggregates.Count > 1 ? $"{label}_{SqlUnparser.Unparse(call)}" : label;
                items.Add(new Ast.SelectItem(call with { Filter = filter }, new Ast.Identifier(name, Quoted: true, aggregate.Span), aggregate.Span));
            }
        }

        var groups = keys.Count == 0 ? null : new Ast.GroupByClause(All: false, Distinct: false, [.. keys.Select(key => new Ast.GroupingSet([key], key.Span))], pivot.Span);
        return Select(items, [pivot.Source], where: null, groups, pivot.Span);
    }

    /// <param name="unpivot">The relation.</param>
    /// <param name="source">The names of the columns of what is unpivoted.</param>
    public static Ast.Query Rewrite(Ast.UnpivotRelation unpivot, IReadOnlyList<string> source)
    {
        var span = unpivot.Span;
        if (unpivot.Groups.FirstOrDefault(group => group.Columns.Count != unpivot.ValueColumns.Count) is { } uneven)
        {
            throw new QueryException(
                ErrorCodes.SyntaxError, $"UNPIVOT makes {unpivot.ValueColumns.Count} columns of {uneven.Columns.Count}", uneven.Span);
        }

        var used = unpivot.Groups.SelectMany(group => group.Columns).SelectMany(ColumnsOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var labels = new Ast.ArrayConstructor([.. unpivot.Groups.Select(group => group.Label ?? new Ast.StringLiteral(OutputNames.Of(group.Columns[0]), group.Span))], span);
        var values = unpivot.ValueColumns.Select((_, i) => (Ast.Expression)new Ast.ArrayConstructor([.. unpivot.Groups.Select(group => group.Columns[i])], span));
        var items = new Ast.AliasedRelation(
            new Ast.UnnestRelation([labels, .. values], WithOrdinality: false, span), new Ast.Identifier("unpivoted", Quoted: true, span), [unpivot.NameColumn, .. unpivot.ValueColumns], span);
        var kept = source.Where(name => !used.Contains(name)).Select(name => Column(name, span));
        var made = unpivot.ValueColumns.Prepend(unpivot.NameColumn).Select(name => new Ast.ColumnReference(new Ast.QualifiedName([new Ast.Identifier("unpivoted", Quoted: true, span), name], span), span));
        Ast.Expression? where = unpivot.IncludeNulls
            ? null
            : AnyOf([.. unpivot.ValueColumns.Select(name => (Ast.Expression)new Ast.IsNullExpression(
                new Ast.ColumnReference(new Ast.QualifiedName([new Ast.Identifier("unpivoted", Quoted: true, span), name], span), span), Negated: true, span))], span);
        return Select([.. kept.Concat(made).Select(value => new Ast.SelectItem(value, Alias: null, span))], [unpivot.Source, items], where, groups: null, span);
    }

    private static Ast.Expression AnyOf(IReadOnlyList<Ast.Expression> terms, SourceSpan span) =>
        terms.Count == 1 ? terms[0] : new Ast.LogicalExpression(Ast.LogicalOperator.Or, [.. terms], span);

    /// <summary>Each combination of a value of every pivoted column: its label and the condition of its rows.</summary>
    private static IEnumerable<(string Label, Ast.Expression Condition)> Combinations(Ast.PivotRelation pivot)
    {
        IEnumerable<(string Label, Ast.Expression? Condition)> combinations = [(string.Empty, null)];
        foreach (var column in pivot.Columns)
        {
            combinations = combinations.SelectMany(known => column.Values.Select(value =>
            {
                var label = value.Alias?.Value ?? LabelOf(value.Value);
                Ast.Expression condition = new Ast.IsDistinctFromExpression(column.Value, value.Value, Negated: true, value.Span);
                return (known.Condition is null ? label : $"{known.Label}_{label}", (Ast.Expression?)(known.Condition is null ? condition : new Ast.LogicalExpression(Ast.LogicalOperator.And, [known.Condition, condition], value.Span)));
            }));
        }

        return combinations.Select(combination => (combination.Label, combination.Condition!));
    }

    private static string LabelOf(Ast.Expression value) => value switch
    {
        Ast.StringLiteral text => text.Value,
        Ast.ColumnReference name => name.Name.Last.Value,
        _ => SqlUnparser.Unparse(value),
    };

    private static IEnumerable<string> ColumnsOf(Ast.Expression expression) => expression switch
    {
        Ast.ColumnReference column => [column.Name.Last.Value],
        Ast.FunctionCall call => call.Arguments.SelectMany(argument => ColumnsOf(argument.Value)).Concat(call.Filter is null ? [] : ColumnsOf(call.Filter)),
        Ast.BinaryExpression binary => ColumnsOf(binary.Left).Concat(ColumnsOf(binary.Right)),
        Ast.UnaryExpression unary => ColumnsOf(unary.Operand),
        Ast.CastExpression cast => ColumnsOf(cast.Operand),
        Ast.RowConstructor row => row.Items.SelectMany(ColumnsOf),
        Ast.CaseExpression choice => choice.Whens.SelectMany(when => ColumnsOf(when.Condition).Concat(ColumnsOf(when.Result))).Concat(choice.Else is null ? [] : ColumnsOf(choice.Else)),
        _ => [],
    };

    private static Ast.ColumnReference Column(string name, SourceSpan span) => new(new Ast.QualifiedName([new Ast.Identifier(name, Quoted: true, span)], span), span);

    private static Ast.Query Select(IReadOnlyList<Ast.SelectItem> items, IReadOnlyList<Ast.Relation> from, Ast.Expression? where, Ast.GroupByClause? groups, SourceSpan span) =>
        new(With: null, new Ast.SelectBody(Distinct: null, [.. items], [.. from], where, groups, Having: null, [], Qualify: null, span), [], Limit: null, Offset: null, span);
}
