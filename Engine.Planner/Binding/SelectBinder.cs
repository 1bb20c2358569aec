using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Planner.Logical;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>Binds one SELECT with the ORDER BY that belongs to it: FROM, WHERE, GROUP BY, HAVING, select list, DISTINCT, order.</summary>
internal sealed class SelectBinder(BindingContext context, QueryBinder queries, Scope? outer)
{
    private readonly AggregateCollector _aggregates = new(context);

    /// <summary>Whether untyped literals of the select list stay so: the set operation around it decides about them.</summary>
    public bool KeepsUntyped { get; init; }

    public LogicalNode Bind(Ast.SelectBody select, IReadOnlyList<Ast.SortItem> orderBy)
    {
        RefuseUnsupported(select);
        var from = new RelationBinder(context, queries, outer).BindAll([.. select.From]);
        var input = select.Where is null ? from.Root : BindWhere(from, select.Where);

        // Subqueries inside aggregates are evaluated below the grouping, all others above it.
        var above = new SubqueryBinder(context, queries, from.Scope.With(_aggregates));
        var below = new SubqueryBinder(context, queries, from.Scope);
        var items = new ExpressionBinder(context, from.Scope, "SELECT") { Aggregates = _aggregates, Subqueries = above, SubqueriesOfArguments = below };
        var outputs = BindItems(select.Items, items);
        var named = WithAliases(from.Scope, "GROUP BY", (below, below), select, outputs, aliasesFirst: false, aggregates: null);
        var grouping = new GroupingBinder(context, named).Bind(select.GroupBy, outputs, AggregateColumns());
        var having = select.Having is null
            ? null
            : WithAliases(from.Scope, "HAVING", (above, below), select, outputs, aliasesFirst: false, _aggregates).BindCondition(select.Having, "HAVING");
        var order = BindOrder(orderBy, select, outputs, WithAliases(from.Scope, "ORDER BY", (above, below), select, outputs, aliasesFirst: true, _aggregates));

        if (select.GroupBy is not null || having is not null || _aggregates.Aggregations.Count > 0 || _aggregates.HasGrouping)
        {
            var ofKeys = grouping.Keys.SelectMany(key => key.Value.ReferencedColumns()).ToHashSet();
            above.MoveTo(below, plan => plan.Output.Any(column => ofKeys.Contains(column.Id)));
            (input, outputs, having, order) = Group(below.Attach(input), grouping, above, outputs, having, order, from.Scope.WithOuter(outer));
        }

        input = above.Attach(input);
        if (having is not null)
        {
            input = new LogicalFilter(input, having);
        }

        return Shape(input, outputs, order, select.Distinct);
    }

    private static void RefuseUnsupported(Ast.SelectBody select)
    {
        if (select.Qualify is not null)
        {
            throw QueryException.NotSupportedYet("QUALIFY", select.Qualify.Span);
        }

        if (select.Distinct is { On.IsEmpty: false })
        {
            throw QueryException.NotSupportedYet("DISTINCT ON", select.Distinct.Span);
        }
    }

    private HashSet<int> AggregateColumns() => [.. _aggregates.Aggregations.Select(aggregation => aggregation.Column.Id)];

    /// <summary>Conditions joined by AND one by one: IN and EXISTS over a subquery become joins, the rest a filter.</summary>
    public LogicalNode BindWhere(RelationPlan from, Ast.Expression where)
    {
        var plan = from.Root;
        var subqueries = new SubqueryBinder(context, queries, from.Scope);
        var expressions = new ExpressionBinder(context, from.Scope, "WHERE") { Subqueries = subqueries };
        var terms = new List<Expression>();
        var subqueryTerms = new List<(Ast.Expression Term, bool IsNegated)>();
        foreach (var condition in Conjuncts(where))
        {
            var (inner, isNegated) = condition is Ast.NotExpression not ? (not.Operand, true) : (condition, false);
            inner = inner is Ast.QuantifiedComparison comparison ? SubqueryBinder.AsMembership(comparison) ?? inner : inner;
            if (inner is Ast.InSubqueryExpression or Ast.ExistsExpression)
            {
                subqueryTerms.Add((inner, isNegated));
            }
            else
            {
                terms.Add(expressions.BindCondition(condition, "WHERE"));
            }
        }

        plan = subqueries.Attach(plan);
        if (terms.Count > 0)
        {
            plan = new LogicalFilter(plan, ExpressionWalk.AndAll(terms));
        }

        foreach (var (term, isNegated) in subqueryTerms)
        {
            plan = term is Ast.InSubqueryExpression membership
                ? subqueries.FilterIn(plan, membership, expressions, membership.Negated != isNegated)
                : subqueries.FilterExists(plan, (Ast.ExistsExpression)term, isNegated);
        }

        return plan;
    }

    private static IEnumerable<Ast.Expression> Conjuncts(Ast.Expression expression) =>
        expression is Ast.LogicalExpression { Operator: Ast.LogicalOperator.And } and ? and.Operands.SelectMany(Conjuncts) : [expression];

    /// <summary>The select list: names and values, stars expanded.</summary>
    public List<(string Name, Expression Value)> BindItems(IEnumerable<Ast.SelectItem> items, ExpressionBinder expressions)
    {
        var outputs = new List<(string Name, Expression Value)>();
        foreach (var item in items)
        {
            if (item.Value is Ast.StarExpression star)
            {
                outputs.AddRange(StarExpander.Expand(star, expressions));
                continue;
            }

            if (item.Value is Ast.RowStarExpression row)
            {
                outputs.AddRange(StarExpander.ExpandRow(row, expressions));
                continue;
            }

            var value = expressions.Bind(item.Value);
            value = KeepsUntyped && value is Literal ? value : expressions.Coercion.Settle(value);
            outputs.Add((item.Alias?.Value ?? LabelOf(item.Value, value), value));
        }

        return outputs;
    }

    /// <summary>A plain column keeps the spelling that it has in its file.</summary>
    private static string LabelOf(Ast.Expression item, Expression value) =>
        item is Ast.ColumnReference && value is ColumnReference column ? column.Name : OutputNames.Of(item);

    private ExpressionBinder WithAliases(
        Scope scope,
        string clause,
        (SubqueryBinder Above, SubqueryBinder Below) subqueries,
        Ast.SelectBody select,
        List<(string Name, Expression Value)> outputs,
        bool aliasesFirst,
        AggregateCollector? aggregates) => new(context, scope, clause)
        {
            Aggregates = aggregates,
            Subqueries = subqueries.Above,
            SubqueriesOfArguments = subqueries.Below,
            AliasesFirst = aliasesFirst,
            Aliases = name => FindAlias(name, select, outputs),
        };

    private static Expression? FindAlias(Ast.QualifiedName name, Ast.SelectBody select, List<(string Name, Expression Value)> outputs)
    {
        if (!name.IsSimple || !select.Items.Any(item => item.Alias is { } alias && Scope.Matches(name.Last, alias.Value)))
        {
            return null;
        }

        var matches = outputs.Where(output => Scope.Matches(name.Last, output.Name)).Select(output => output.Value).Distinct().ToList();
        return matches.Count <= 1
            ? matches.FirstOrDefault()
            : throw new QueryException(ErrorCodes.AmbiguousColumn, $"\"{name.Last.Value}\" is ambiguous in the select list", name.Span);
    }

    private static List<SortKey> BindOrder(
        IReadOnlyList<Ast.SortItem> items, Ast.SelectBody select, List<(string Name, Expression Value)> outputs, ExpressionBinder expressions)
    {
        var keys = new List<SortKey>();
        foreach (var item in items)
        {
            switch (item.Value)
            {
                case Ast.StarExpression { Qualifier: null }:
                    keys.AddRange(outputs.Select(output => SortBinder.BindKey(item, output.Value, expressions.Context.Mode)));
                    break;
                case Ast.NumberLiteral { Kind: Ast.NumberKind.Integer } ordinal:
                    keys.Add(SortBinder.BindKey(item, GroupingBinder.Ordinal(ordinal, outputs, "ORDER BY"), expressions.Context.Mode));
                    break;
                default:
                    keys.Add(SortBinder.BindKey(item, expressions.Coercion.Settle(expressions.Bind(item.Value)), expressions.Context.Mode));
                    break;
            }
        }

        return keys;
    }

    /// <summary>Puts the grouping over the input and says everything above it in terms of the groups.</summary>
    private (LogicalNode Input, List<(string Name, Expression Value)> Outputs, Expression? Having, List<SortKey> Order) Group(
        LogicalNode input,
        Grouping grouping,
        SubqueryBinder above,
        List<(string Name, Expression Value)> outputs,
        Expression? having,
        List<SortKey> order,
        Scope scope)
    {
        var known = AggregateColumns();
        known.UnionWith(above.Columns);
        known.UnionWith(scope.OuterColumns());
        var groups = grouping.Group(input, [.. _aggregates.Aggregations], context);
        return (
            above.Attach(groups, (expression, own) => grouping.OverGroups(expression, new HashSet<int>([.. known, .. own]))),
            [.. outputs.Select(output => (output.Name, grouping.OverGroups(output.Value, known)))],
            having is null ? null : grouping.OverGroups(having, known),
            [.. order.Select(key => key with { Value = grouping.OverGroups(key.Value, known) })]);
    }

    /// <summary>Computes the select list, removes duplicates, sorts, and drops what only the order needed.</summary>
    private LogicalNode Shape(LogicalNode input, List<(string Name, Expression Value)> outputs, List<SortKey> order, Ast.DistinctClause? distinct)
    {
        var projections = outputs.Select(output => new Projection(context.NewColumn(output.Name, output.Value.Type), output.Value)).ToList();
        ImmutableArray<LogicalColumn> results = [.. projections.Select(projection => projection.Column)];
        var keys = new List<SortKey>();
        foreach (var key in order)
        {
            var projection = projections.FirstOrDefault(known => known.Value.Equals(key.Value));
            if (projection is null)
            {
                if (distinct is not null)
                {
                    throw new QueryException(
                        ErrorCodes.InvalidColumnReference, "for SELECT DISTINCT, ORDER BY expressions must appear in select list", key.Value.Span);
                }

                projection = new Projection(context.NewColumn("sort key", key.Value.Type), key.Value);
                projections.Add(projection);
            }

            keys.Add(key with { Value = projection.Column.Reference(key.Value.Span) });
        }

        LogicalNode plan = new LogicalProject(input, [.. projections]);
        if (distinct is not null)
        {
            plan = new LogicalAggregate(plan, [.. results.Select(Projection.Keep)], []);
        }

        if (keys.Count > 0)
        {
            plan = new LogicalSort(plan, [.. keys]);
        }

        return projections.Count == results.Length ? plan : new LogicalProject(plan, [.. results.Select(Projection.Keep)]);
    }
}
