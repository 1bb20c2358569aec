using System.Collections.Immutable;
using System.Diagnostics;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner.Binding;
using Engine.Planner.Logical;
using Engine.Planner.Rules;
using Engine.Planner.Statistics;

namespace Engine.Planner.Unnesting;

/// <summary>
/// Unnests any correlated subquery: the distinct values that it depends on (the domain) are computed once and pushed into its plan, which then gives its
/// rows for each of them, and is joined on them with the query around. (Neumann and Kemper, "Unnesting Arbitrary Queries", BTW 2015.)
/// </summary>
internal sealed class DomainPushdown(BindingContext context)
{
    /// <summary>The columns of the query around that the subquery depends on.</summary>
    private ImmutableArray<LogicalColumn> _outer = [];

    private SharedPlan? _domain;

    /// <summary>Recursions on the way whose rows have the domain's columns at their end: by id, how many columns they had before.</summary>
    private readonly Dictionary<int, int> _carriers = [];

    /// <summary>A plan and, for each column of the query around, the column of the plan that has its value.</summary>
    private sealed record Extended(LogicalNode Plan, ImmutableArray<LogicalColumn> Domain);

    /// <summary>The apply as a join. Its own left side refers to nothing outside.</summary>
    public LogicalNode Unnest(LogicalApply apply)
    {
        var free = apply.Right.FreeColumns();
        _outer = [.. apply.Left.Output.Where(column => free.Contains(column.Id))];

        // The rows around are read twice: for the domain, and to be joined.
        var around = new SharedPlan(context.NewSharedPlan(), "rows around a subquery", apply.Left);
        var rows = Scan(around, apply.Left.Output);
        var domainRows = Scan(around, [.. apply.Left.Output.Select(column => context.NewColumn(column.Name, column.Type))]);
        var keys = _outer.Select(column => domainRows.Columns[Place(apply.Left.Output, column.Id)]).Select(column => new Projection(context.NewColumn(column.Name, column.Type), column.Reference()));
        _domain = new SharedPlan(context.NewSharedPlan(), "values a subquery depends on", new LogicalAggregate(domainRows, [.. keys], []));
        var right = Push(apply.Right);
        var same = _outer.Zip(right.Domain, Same);
        var (joinKeys, residual) = JoinCondition.Split(ExpressionWalk.AndAll([.. same, apply.Condition]), rows, right.Plan);
        var join = new LogicalJoin(apply.Type, rows, right.Plan, joinKeys, residual);
        return new LogicalWith([around, _domain], new LogicalProject(join, [.. apply.Output.Select(Projection.Keep)]));
    }

    private Extended Push(LogicalNode node) => node switch
    {
        LogicalSharedScan scan when _carriers.TryGetValue(scan.Id, out var firstPlace) => Carry(scan, firstPlace),
        _ when !Depends(node) => Beside(node),
        LogicalFilter filter => With(Push(filter.Input), (input, rewrite) => new LogicalFilter(input, rewrite(filter.Predicate))),
        LogicalProject project => PushProject(project),
        LogicalAggregate aggregate => PushAggregate(aggregate),
        LogicalWindow window => PushWindow(window),
        LogicalExpand expand => With(Push(expand.Input), (input, rewrite) => (expand with { Input = input }).RewriteExpressions(rewrite)),
        LogicalJoin join => PushJoin(join),
        LogicalApply apply => PushApply(apply),
        LogicalSort sort => Push(sort.Input),
        LogicalLimit limit => PushLimit(limit),
        LogicalSetOperation operation => PushSetOperation(operation),
        LogicalValues values => PushValues(values),
        LogicalSingleRow single => PushSingleRow(single),
        LogicalUnnest unnest => With(Push(unnest.Input), (input, rewrite) => new LogicalUnnest(input, [.. unnest.Arrays.Select(rewrite)], unnest.Columns, unnest.Ordinality, unnest.KeepsEmpty)),
        LogicalWith with => With(Push(with.Body), (body, _) => new LogicalWith(with.Definitions, body)),
        LogicalRecursion recursion => PushRecursion(recursion),
        _ => throw new UnreachableException(node.GetType().Name),
    };

    /// <summary>Whether a plan refers to the query around, or reads rows that carry the domain.</summary>
    private bool Depends(LogicalNode node) =>
        node.FreeColumns().Overlaps(_outer.Select(column => column.Id)) || node.SelfAndDescendants().OfType<LogicalSharedScan>().Any(scan => _carriers.ContainsKey(scan.Id));

    private LogicalSharedScan Scan(SharedPlan plan, ImmutableArray<LogicalColumn> columns) =>
        new(plan.Id, plan.Name, columns, [.. Enumerable.Range(0, columns.Length)], RowEstimate.Of(plan.Plan));

    private LogicalSharedScan Domain() => Scan(_domain!, [.. _outer.Select(column => context.NewColumn(column.Name, column.Type))]);

    /// <summary>What does not depend on the domain is the same for each of its values.</summary>
    private Extended Beside(LogicalNode node)
    {
        var domain = Domain();
        return new Extended(new LogicalJoin(JoinType.Inner, domain, node, [], Residual: null), domain.Columns);
    }

    private Extended Carry(LogicalSharedScan scan, int firstPlace)
    {
        var domain = _outer.Select(column => context.NewColumn(column.Name, column.Type)).ToImmutableArray();
        var places = Enumerable.Range(firstPlace, domain.Length);
        return new Extended(scan with { Columns = [.. scan.Columns, .. domain], Places = [.. scan.Places, .. places] }, domain);
    }

    private Extended With(Extended input, Func<LogicalNode, Func<Expression, Expression>, LogicalNode> build) => input with { Plan = build(input.Plan, Rewrite(input.Domain)) };

    /// <summary>References to the query around as references to the domain's columns.</summary>
    private Func<Expression, Expression> Rewrite(ImmutableArray<LogicalColumn> domain)
    {
        var values = _outer.Zip(domain).ToDictionary(pair => pair.First.Id, pair => (Expression)pair.Second.Reference());
        return expression => expression.Inline(values);
    }

    private Extended PushProject(LogicalProject project)
    {
        var input = Push(project.Input);
        var rewrite = Rewrite(input.Domain);
        var values = project.Projections.Select(projection => projection with { Value = rewrite(projection.Value) });
        return input with { Plan = new LogicalProject(input.Plan, [.. values, .. input.Domain.Select(Projection.Keep)]) };
    }

    /// <summary>The domain's columns become keys. Without other keys a value without rows has a group too.</summary>
    private Extended PushAggregate(LogicalAggregate aggregate)
    {
        if (!aggregate.EmptyGroups.IsEmpty)
        {
            throw QueryException.NotSupportedYet("grouping sets with an empty one in a subquery that depends on the query around it");
        }

        var input = Push(aggregate.Input);
        var rewrite = Rewrite(input.Domain);
        ImmutableArray<Projection> keys = [.. input.Domain.Select(Projection.Keep), .. aggregate.Keys.Select(key => key with { Value = rewrite(key.Value) })];
        var aggregations = aggregate.Aggregations.Select(aggregation => aggregation with { Call = aggregation.Call.Rewrite(rewrite) }).ToImmutableArray();
        if (!aggregate.Keys.IsEmpty || aggregations.IsEmpty)
        {
            return input with { Plan = new LogicalAggregate(input.Plan, keys, aggregations) };
        }

        var grouped = new LogicalAggregate(input.Plan, keys, [.. aggregations.Select(aggregation => aggregation with { Column = context.NewColumn(aggregation.Column.Name, aggregation.Column.Type) })]);
        var zero = ScalarSubquery.ZeroOfNone(grouped, context);
        return OuterJoined(grouped, input.Domain, grouped.Aggregations.Zip(aggregate.Aggregations, (own, original) =>
            new Projection(original.Column, zero.GetValueOrDefault(own.Column.Id) ?? own.Column.Reference())));
    }

    /// <summary>One row for each value of the domain, whether the plan has one or not.</summary>
    private Extended OuterJoined(LogicalNode plan, ImmutableArray<LogicalColumn> planDomain, IEnumerable<Projection> values)
    {
        var domain = Domain();
        var join = new LogicalJoin(
            JoinType.Left, domain, plan, [.. domain.Columns.Zip(planDomain, (left, right) => new JoinKey(left.Reference(), right.Reference(), MatchesNull: true))], Residual: null);
        return new Extended(new LogicalProject(join, [.. domain.Columns.Select(Projection.Keep), .. values]), domain.Columns);
    }

    private Extended PushSingleRow(LogicalSingleRow single)
    {
        var input = Push(single.Input);
        var (aggregations, values) = ScalarSubquery.OnlyRow(single.Output, single.Output.Select(Projection.Keep), context);
        return OuterJoined(
            new LogicalAggregate(input.Plan, [.. input.Domain.Select(Projection.Keep)], aggregations), input.Domain, single.Output.Select(column => new Projection(column, values[column.Id])));
    }

    private Extended PushJoin(LogicalJoin join)
    {
        var conditions = ExpressionWalk.AndAll([.. join.Keys.Select(key => key.Condition()), .. join.Residual is null ? Array.Empty<Expression>() : [join.Residual]]);
        var isFiltering = join.Type is JoinType.Semi or JoinType.Anti or JoinType.NullAwareAnti;
        var keepsLeft = isFiltering || join.Type is JoinType.Left or JoinType.Full;
        var keepsRight = join.Type is JoinType.Right or JoinType.Full;
        var dependsOnCondition = conditions.ReferencedColumns().Intersect(_outer.Select(column => column.Id)).Any();
        var extendsLeft = keepsLeft || Depends(join.Left) || (dependsOnCondition && !keepsRight && !Depends(join.Right));
        var left = extendsLeft ? Push(join.Left) : null;
        var right = keepsRight || Depends(join.Right) ? Push(join.Right) : null;
        var type = join.Type;
        if (type == JoinType.NullAwareAnti)
        {
            // With more than the one key: a row stays out unless the comparison is certainly false for all.
            type = JoinType.Anti;
            conditions = ExpressionWalk.AndAll([.. join.Keys.Select(key => new Coalesce([key.Condition(), Literal.True], DataType.Boolean)), .. join.Residual is null ? Array.Empty<Expression>() : [join.Residual]]);
        }

        var domain = (left ?? right)!.Domain;
        conditions = Rewrite(type == JoinType.Right ? right!.Domain : domain)(conditions);
        IEnumerable<Expression> same = left is not null && right is not null ? left.Domain.Zip(right.Domain, Same) : [];
        var (keys, residual) = JoinCondition.Split(ExpressionWalk.AndAll([conditions, .. same]), left?.Plan ?? join.Left, right?.Plan ?? join.Right);
        LogicalNode joined = new LogicalJoin(type, left?.Plan ?? join.Left, right?.Plan ?? join.Right, keys, residual);
        if (type != JoinType.Full)
        {
            return new Extended(joined, type == JoinType.Right ? right!.Domain : domain);
        }

        // Either side may be missing.
        var both = left!.Domain.Zip(right!.Domain, (a, b) => new Projection(context.NewColumn(a.Name, a.Type), new Coalesce([a.Reference(), b.Reference()], a.Type))).ToList();
        return new Extended(new LogicalProject(joined, [.. join.Output.Select(Projection.Keep), .. both]), [.. both.Select(projection => projection.Column)]);
    }

    /// <summary>A subquery inside the subquery: its left side gets the domain's columns, so that its right side has them there.</summary>
    private Extended PushApply(LogicalApply apply)
    {
        var left = Push(apply.Left);
        var rewrite = Rewrite(left.Domain);
        return left with
        {
            Plan = new LogicalApply(apply.Type, left.Plan, apply.Right.RewriteUp(node => node.RewriteExpressions(rewrite)), rewrite(apply.Condition)),
        };
    }

    private Extended PushSetOperation(LogicalSetOperation operation)
    {
        var left = Push(operation.Left);
        var right = Push(operation.Right);
        var domain = _outer.Select(column => context.NewColumn(column.Name, column.Type)).ToImmutableArray();
        return new Extended(
            new LogicalSetOperation(operation.Operator, operation.IsAll, Arrange(left, operation.Left), Arrange(right, operation.Right), [.. domain, .. operation.Columns]), domain);

        static LogicalProject Arrange(Extended side, LogicalNode before) => new(side.Plan, [.. side.Domain.Concat(before.Output).Select(Projection.Keep)]);
    }

    private Extended PushValues(LogicalValues values)
    {
        var sides = values.Rows.Select(row =>
        {
            var domain = Domain();
            var rewrite = Rewrite(domain.Columns);
            ImmutableArray<LogicalColumn> columns = [.. values.Columns.Select(column => values.Rows.Length == 1 ? column : context.NewColumn(column.Name, column.Type))];
            return new Extended(new LogicalProject(domain, [.. domain.Columns.Select(Projection.Keep), .. columns.Zip(row, (column, value) => new Projection(column, rewrite(value)))]), domain.Columns);
        }).ToList();
        if (sides.Count == 1)
        {
            return sides[0];
        }

        var domain = _outer.Select(column => context.NewColumn(column.Name, column.Type)).ToImmutableArray();
        var all = sides.Select(side => side.Plan).Aggregate((left, right) => new LogicalSetOperation(
            SetOperator.Union, IsAll: true, left, right, [.. left.Output.Select(column => context.NewColumn(column.Name, column.Type))]));
        return new Extended(new LogicalProject(all, [.. domain.Concat(values.Columns).Select((column, i) => new Projection(column, all.Output[i].Reference()))]), domain);
    }

    /// <summary>The rows of each value of the domain are partitions of their own.</summary>
    private Extended PushWindow(LogicalWindow window)
    {
        var input = Push(window.Input);
        var rewritten = (LogicalWindow)(window with { Input = input.Plan }).RewriteExpressions(Rewrite(input.Domain));
        return input with { Plan = rewritten with { PartitionBy = [.. input.Domain.Select(column => (Expression)column.Reference()), .. rewritten.PartitionBy] } };
    }

    /// <summary>The rows of each value of the domain are limited apart: by their numbers in the order.</summary>
    private Extended PushLimit(LogicalLimit limit)
    {
        if (limit.Input is LogicalProject project)
        {
            return PushProject(project with { Input = limit with { Input = project.Input } });
        }

        var input = Push(limit.Input is LogicalSort sorted ? sorted.Input : limit.Input);
        var rewrite = Rewrite(input.Domain);
        ImmutableArray<SortKey> order = limit.Input is LogicalSort sort ? [.. sort.Keys.Select(key => key with { Value = rewrite(key.Value) })] : [];
        var (plan, number) = RowNumbers.Of(input.Plan, [.. input.Domain.Select(column => (Expression)column.Reference())], order, context);
        return input with { Plan = new LogicalFilter(plan, RowNumbers.Between(number, limit.Offset, limit.Count)) };
    }

    private Extended PushRecursion(LogicalRecursion recursion)
    {
        _carriers[recursion.Id] = recursion.Columns.Length;
        var first = Arranged(Push(recursion.Base), recursion.Base);
        var step = Arranged(Push(recursion.Step), recursion.Step);
        _carriers.Remove(recursion.Id);
        var domain = _outer.Select(column => context.NewColumn(column.Name, column.Type)).ToImmutableArray();
        return new Extended(recursion with { Base = first, Step = step, Columns = [.. recursion.Columns, .. domain] }, domain);

        static LogicalProject Arranged(Extended side, LogicalNode before) => new(side.Plan, [.. before.Output.Concat(side.Domain).Select(Projection.Keep)]);
    }

    private static Expression Same(LogicalColumn left, LogicalColumn right) => new JoinKey(left.Reference(), right.Reference(), MatchesNull: true).Condition();

    private static int Place(ImmutableArray<LogicalColumn> columns, int id) => columns.Select((column, place) => (column, place)).First(pair => pair.column.Id == id).place;
}
