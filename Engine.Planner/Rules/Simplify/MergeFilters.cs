using Engine.Core.Expressions;
using Engine.Planner.Logical;

namespace Engine.Planner.Rules.Simplify;

/// <summary>Filter(Filter(x, p), q) becomes Filter(x, p AND q).</summary>
internal sealed class MergeFilters : IPlanRule
{
    public string Name => "merge_filters";

    public LogicalNode Apply(LogicalNode plan, RuleContext context) => plan.RewriteUp(node => node is LogicalFilter { Input: LogicalFilter inner } outer
        ? new LogicalFilter(inner.Input, ExpressionWalk.AndAll([inner.Predicate, outer.Predicate]))
        : node);
}
