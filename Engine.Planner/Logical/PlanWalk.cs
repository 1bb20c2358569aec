using Engine.Core.Expressions;

namespace Engine.Planner.Logical;

/// <summary>Walks and rewrites over plan trees.</summary>
internal static class PlanWalk
{
    /// <summary>Rewrites from the leaves up; subtrees that stay the same objects are kept.</summary>
    public static LogicalNode RewriteUp(this LogicalNode node, Func<LogicalNode, LogicalNode> rewrite) =>
        rewrite(node.WithInputsRewritten(input => input.RewriteUp(rewrite)));

    /// <summary>The node over its inputs rewritten; the same object when they stay the same.</summary>
    public static LogicalNode WithInputsRewritten(this LogicalNode node, Func<LogicalNode, LogicalNode> rewrite)
    {
        var inputs = node.Inputs;
        var rewritten = inputs.Select(rewrite).ToArray();
        for (var i = 0; i < rewritten.Length; i++)
        {
            if (!ReferenceEquals(rewritten[i], inputs[i]))
            {
                return node.WithInputs([.. rewritten]);
            }
        }

        return node;
    }

    /// <summary>The columns that a plan refers to and does not have: those of the queries around a correlated subquery.</summary>
    public static HashSet<int> FreeColumns(this LogicalNode plan)
    {
        var nodes = plan.SelfAndDescendants().ToList();
        var columns = nodes.SelectMany(node => node.Expressions).SelectMany(expression => expression.ReferencedColumns()).ToHashSet();
        columns.ExceptWith(nodes.SelectMany(node => node.Output).Select(column => column.Id));
        return columns;
    }

    public static IEnumerable<LogicalNode> SelfAndDescendants(this LogicalNode node) =>
        node.Inputs.SelectMany(SelfAndDescendants).Prepend(node);
}
