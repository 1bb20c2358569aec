using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner.Logical;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>Binds one SELECT with the ORDER BY that belongs to it: FROM, WHERE, GROUP BY, HAVING, select list, DISTINCT, order.</summary>
internal sealed class SelectBinder(BindingContext context, QueryBinder queries, Scope? outer)
{
    private readonly AggregateCollector _aggregates = new(context);
    private readonly WindowCollector _windows = new(context);
    private readonly SeriesCollector _series = new(context);

    /// <summary>What casts say of their text, by their places in the select list.</summary>
    private readonly Dictionary<int, TextForm> _castForms = [];

    /// <summary>Whether untyped literals of the select list stay so: the set operation around it decides about them.</summary>
    public bool KeepsUntyped { get; init; }

    public LogicalNode Bind(Ast.SelectBody select, IReadOnlyList<Ast.SortItem> orderBy)
    {
        var from = new RelationBinder(context, queries, outer).BindAll([.. select.From]);
        var input = select.Where is null ? from.Root : BindWhere(from, select.Where);

        // Subqueries inside aggregates are evaluated below the grouping, all others above it.
        var above = new SubqueryBinder(context, queries, from.Scope.With(_aggregates));
        var below = new SubqueryBinder(context, queries, from.Scope);
        var outputs = BindItems(select.Items, new ExpressionBinder(context, from.Scope, "SELECT")
        {
            Aggregates = _aggregates, Windows = _windows, NamedWindows = [.. select.Windows], Series = _series, Subqueries = above, SubqueriesOfArguments = below,
        });
        ExpressionBinder After(string clause, bool isGrouped = true, bool aliasesFirst = false, bool seesWindows = false) => new(context, from.Scope, clause)
        {
            Aggregates = isGrouped ? _aggregates : null,
            Windows = seesWindows ? _windows : null,
            NamedWindows = [.. select.Windows],
            Series = aliasesFirst ? _series : null,
            Subqueries = isGrouped ? above : below,
            SubqueriesOfArguments = below,
            AliasesFirst = aliasesFirst,
            Aliases = name => FindAlias(name, aliasesFirst || IsAlias(name, select), outputs),
        };

        var grouping = new GroupingBinder(context, After("GROUP BY", isGrouped: false)).Bind(select.GroupBy, outputs, ComputedColumns());
        var areSeriesGrouped = grouping.Keys.Any(key => key.Value.ReferencedColumns().Any(_series.Columns.Contains));
        var sorting = After("ORDER BY", aliasesFirst: true, seesWindows: true);
        ImmutableArray<TextForm> forms = [.. outputs.Select((output, place) => _castForms.TryGetValue(place, out var form) ? form : context.FormOf(output.Value))];
        var parts = new Parts(
            outputs,
            select.Having is null ? null : After("HAVING").BindCondition(select.Having, "HAVING"),
            select.Qualify is null ? null : After("QUALIFY", seesWindows: true).BindCondition(select.Qualify, "QUALIFY"),
            [.. (select.Distinct?.On ?? []).Select(value => BindOn(value, outputs, sorting))],
            BindOrder(orderBy, outputs, sorting));
        var overPlan = (Expression expression) => expression;
        if (select.GroupBy is not null || parts.Having is not null || _aggregates.Aggregations.Count > 0 || _aggregates.HasGrouping)
        {
            var ofKeys = grouping.Keys.SelectMany(key => key.Value.ReferencedColumns()).ToHashSet();
            above.MoveTo(below, (own, _) => own.Overlaps(ofKeys));
            input = below.Attach(input);
            input = areSeriesGrouped ? _series.Attach(input, expression => expression) : input;
            var ungrouped = input.Output.Select(column => column.Id).ToHashSet();
            overPlan = expression => grouping.OverGroups(expression, ungrouped);
            input = above.Attach(grouping.Group(input, [.. _aggregates.Aggregations], context), overPlan);
            parts = parts.Rewrite(overPlan);
        }

        input = above.Attach(input);
        input = parts.Having is null ? input : new LogicalFilter(input, parts.Having);
        input = _windows.Attach(input, overPlan);
        input = parts.Qualify is null ? input : new LogicalFilter(input, parts.Qualify);
        return Shape(areSeriesGrouped ? input : _series.Attach(input, overPlan), parts, forms, select.Distinct);
    }

    /// <summary>The columns of aggregates and window calls, by which nothing is grouped.</summary>
    private HashSet<int> ComputedColumns() => [.. _aggregates.Aggregations.Select(aggregation => aggregation.Column.Id), .. _windows.Columns];

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
        _castForms.Clear();
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

            if (StarExpander.ColumnsIn(item.Value) is { } columns)
            {
                foreach (var (name, column) in StarExpander.Expand(columns, expressions))
                {
                    expressions.CurrentColumn = column;
                    outputs.Add((item.Alias?.Value ?? name, expressions.Coercion.Settle(expressions.Bind(item.Value))));
                }

                expressions.CurrentColumn = null;
                continue;
            }

            var value = expressions.Bind(item.Value);
            value = KeepsUntyped && value is Literal ? value : expressions.Coercion.Settle(value);
            if (item.Value is Ast.CastExpression cast)
            {
                _castForms[outputs.Count] = TypeNameBinder.FormOf(cast.Type);
            }

            outputs.Add((item.Alias?.Value ?? LabelOf(item.Value, value), value));
        }

        return outputs;
    }

    /// <summary>A plain column keeps the spelling that it has in its file.</summary>
    private static string LabelOf(Ast.Expression item, Expression value) =>
        item is Ast.ColumnReference && value is ColumnReference column ? column.Name : OutputNames.Of(item);

    private static bool IsAlias(Ast.QualifiedName name, Ast.SelectBody select) => select.Items.Any(item => item.Alias is { } alias && Scope.Matches(name.Last, alias.Value));

    private static Expression? FindAlias(Ast.QualifiedName name, bool isMeant, List<(string Name, Expression Value)> outputs)
    {
        if (!name.IsSimple || !isMeant)
        {
            return null;
        }

        var matches = outputs.Where(output => Scope.Matches(name.Last, output.Name)).Select(output => output.Value).Distinct().ToList();
        return matches.Count <= 1
            ? matches.FirstOrDefault()
            : throw new QueryException(ErrorCodes.AmbiguousColumn, $"\"{name.Last.Value}\" is ambiguous in the select list", name.Span);
    }

    private static List<SortKey> BindOrder(
        IReadOnlyList<Ast.SortItem> items, List<(string Name, Expression Value)> outputs, ExpressionBinder expressions)
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

    /// <summary>A value of DISTINCT ON, which may be a name or number of the select list.</summary>
    private static Expression BindOn(Ast.Expression value, List<(string Name, Expression Value)> outputs, ExpressionBinder expressions) => value is Ast.NumberLiteral { Kind: Ast.NumberKind.Integer } ordinal
        ? GroupingBinder.Ordinal(ordinal, outputs, "DISTINCT ON")
        : expressions.Coercion.Settle(expressions.Bind(value));

    /// <summary>Computes the select list, removes duplicates, sorts, and drops what only that needed.</summary>
    private LogicalNode Shape(LogicalNode input, Parts parts, ImmutableArray<TextForm> forms, Ast.DistinctClause? distinct)
    {
        var projections = parts.Outputs.Select((output, place) => new Projection(context.NewColumn(output.Name, output.Value.Type, forms[place]), output.Value)).ToList();
        ImmutableArray<LogicalColumn> results = [.. projections.Select(projection => projection.Column)];
        var keys = parts.Order.Select(key => key with { Value = ColumnOf(key.Value, projections, distinct is { On.IsEmpty: true }) }).ToImmutableArray();
        var on = parts.DistinctOn.Select(value => ColumnOf(value, projections, isDistinct: false)).ToImmutableArray();
        LogicalNode plan = new LogicalProject(input, [.. projections]);
        if (!on.IsEmpty)
        {
            var (numbered, number) = RowNumbers.Of(plan, on, MatchOrder(on, keys), context);
            plan = new LogicalFilter(numbered, RowNumbers.Between(number, 0, 1));
        }
        else if (distinct is not null)
        {
            plan = new LogicalAggregate(plan, [.. results.Select(Projection.Keep)], []);
        }

        if (!keys.IsEmpty)
        {
            plan = new LogicalSort(plan, keys);
        }

        return plan.Output.Length == results.Length ? plan : new LogicalProject(plan, [.. results.Select(Projection.Keep)]);
    }

    /// <summary>The column of the select list with that value; one more at its end where there is none.</summary>
    private Expression ColumnOf(Expression value, List<Projection> projections, bool isDistinct)
    {
        var projection = projections.FirstOrDefault(known => known.Value.Equals(value));
        if (projection is null)
        {
            if (isDistinct)
            {
                throw new QueryException(ErrorCodes.InvalidColumnReference, "for SELECT DISTINCT, ORDER BY expressions must appear in select list", value.Span);
            }

            projection = new Projection(context.NewColumn("sort key", value.Type), value);
            projections.Add(projection);
        }

        return projection.Column.Reference(value.Span);
    }

    /// <summary>The order in which the first row of each key is found: it begins with the keys.</summary>
    private static ImmutableArray<SortKey> MatchOrder(ImmutableArray<Expression> on, ImmutableArray<SortKey> keys)
    {
        var leading = keys.TakeWhile(key => on.Contains(key.Value)).Count();
        return leading == keys.Length || on.All(value => keys.Take(leading).Any(key => key.Value.Equals(value)))
            ? keys
            : throw new QueryException(
                ErrorCodes.InvalidColumnReference, "SELECT DISTINCT ON expressions must match initial ORDER BY expressions", keys[leading].Value.Span);
    }

    /// <summary>The expressions of the clauses that come behind FROM and WHERE.</summary>
    private sealed record Parts(
        List<(string Name, Expression Value)> Outputs, Expression? Having, Expression? Qualify, ImmutableArray<Expression> DistinctOn, List<SortKey> Order)
    {
        public Parts Rewrite(Func<Expression, Expression> rewrite) => new(
            [.. Outputs.Select(output => (output.Name, rewrite(output.Value)))],
            Having is null ? null : rewrite(Having),
            Qualify is null ? null : rewrite(Qualify),
            [.. DistinctOn.Select(rewrite)],
            [.. Order.Select(key => key with { Value = rewrite(key.Value) })]);
    }
}
