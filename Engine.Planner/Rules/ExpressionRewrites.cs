using System.Collections.Immutable;
using Engine.Core.Expressions;
using Engine.Planner.Logical;

namespace Engine.Planner.Rules;

/// <summary>Rewrites of the expressions inside plan nodes.</summary>
internal static class ExpressionRewrites
{
    /// <summary>The node with every expression rewritten; the same object when none changed.</summary>
    public static LogicalNode RewriteExpressions(this LogicalNode node, Func<Expression, Expression> rewrite)
    {
        if (node.Expressions.All(expression => ReferenceEquals(rewrite(expression), expression)))
        {
            return node;
        }

        return node switch
        {
            LogicalValues values => values with { Rows = [.. values.Rows.Select(row => row.Select(rewrite).ToImmutableArray())] },
            LogicalFilter filter => filter with { Predicate = rewrite(filter.Predicate) },
            LogicalProject project => new LogicalProject(project.Input, RewriteAll(project.Projections, rewrite)),
            LogicalAggregate aggregate => aggregate with
            {
                Keys = RewriteAll(aggregate.Keys, rewrite),
                Aggregations = [.. aggregate.Aggregations.Select(aggregation => aggregation with { Call = aggregation.Call.Rewrite(rewrite) })],
            },
            LogicalWindow window => window with
            {
                PartitionBy = [.. window.PartitionBy.Select(rewrite)],
                OrderBy = RewriteAll(window.OrderBy, rewrite),
                Calls = [.. window.Calls.Select(call => call with { Call = call.Call.Rewrite(rewrite) })],
            },
            LogicalExpand expand => expand with { Keys = RewriteAll(expand.Keys, rewrite) },
            LogicalJoin join => new LogicalJoin(
                join.Type,
                join.Left,
                join.Right,
                [.. join.Keys.Select(key => new JoinKey(rewrite(key.Left), rewrite(key.Right), key.MatchesNull))],
                join.Residual is null ? null : rewrite(join.Residual)),
            LogicalApply apply => apply with { Condition = rewrite(apply.Condition) },
            LogicalSort sort => sort with { Keys = RewriteAll(sort.Keys, rewrite) },
            LogicalTopN top => top with { Keys = RewriteAll(top.Keys, rewrite) },
            LogicalUnnest unnest => new LogicalUnnest(
                unnest.Input, [.. unnest.Arrays.Select(rewrite)], unnest.Columns, unnest.Ordinality, unnest.KeepsEmpty),
            _ => node,
        };
    }

    private static ImmutableArray<Projection> RewriteAll(ImmutableArray<Projection> projections, Func<Expression, Expression> rewrite) =>
        [.. projections.Select(projection => projection with { Value = rewrite(projection.Value) })];

    private static ImmutableArray<SortKey> RewriteAll(ImmutableArray<SortKey> keys, Func<Expression, Expression> rewrite) =>
        [.. keys.Select(key => key with { Value = rewrite(key.Value) })];
}
