namespace Engine.Planner.Logical;

/// <summary>Walks and rewrites over plan trees.</summary>
internal static class PlanWalk
{
    /// <summary>Rewrites from the leaves up; subtrees that stay the same objects are kept.</summary>
    public static LogicalNode RewriteUp(this LogicalNode node, Func<LogicalNode, LogicalNode> rewrite)
    {
        var inputs = node.Inputs;
        var rewritten = inputs.Select(input => input.RewriteUp(rewrite)).ToArray();
        for (var i = 0; i < rewritten.Length; i++)
        {
            if (!ReferenceEquals(rewritten[i], inputs[i]))
            {
                node = node.WithInputs([.. rewritten]);
                break;
            }
        }

        return rewrite(node);
    }

    public static IEnumerable<LogicalNode> SelfAndDescendants(this LogicalNode node) =>
        node.Inputs.SelectMany(SelfAndDescendants).Prepend(node);
}
