using Engine.Core.Expressions;
using Engine.Planner.Binding;
using Engine.Planner.Logical;

namespace Engine.Planner.Rules;

/// <summary>A rewrite of a whole plan that keeps its meaning and its output columns.</summary>
public interface IPlanRule
{
    /// <summary>What EXPLAIN VERBOSE and <c>SET disabled_rules</c> call it.</summary>
    string Name { get; }

    /// <summary>The rewritten plan, or the very same object when the rule had nothing to do.</summary>
    LogicalNode Apply(LogicalNode plan, RuleContext context);
}

/// <summary>What rules may use.</summary>
public sealed record RuleContext(BindingContext Binding)
{
    public IConstantEvaluator Constants => Binding.Constants;
}

/// <summary>Rewrites of plan trees.</summary>
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
