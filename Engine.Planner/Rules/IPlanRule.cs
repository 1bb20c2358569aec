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
