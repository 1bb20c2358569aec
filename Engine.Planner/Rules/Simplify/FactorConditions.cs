using System.Collections.Immutable;
using Engine.Core.Expressions;
using Engine.Planner.Logical;

namespace Engine.Planner.Rules.Simplify;

/// <summary>
/// (a AND b) OR (a AND c) becomes a AND (b OR c): what all branches demand can then be pushed down, or be the key of a join. A term that can raise an
/// error stays where it is, as the terms before it may guard it.
/// </summary>
internal sealed class FactorConditions : IPlanRule
{
    public string Name => "factor_conditions";

    public LogicalNode Apply(LogicalNode plan, RuleContext context) => plan.RewriteUp(node => node.RewriteExpressions(expression => expression.Rewrite(Factor)));

    private static Expression Factor(Expression expression)
    {
        if (expression is not Junction { IsAnd: false } or)
        {
            return expression;
        }

        var branches = or.Terms.Select(term => term.Conjuncts().ToList()).ToList();
        var common = branches[0]
            .Where(term => !term.CanFail() && !term.IsVolatile() && branches.TrueForAll(branch => branch.Contains(term)))
            .Distinct()
            .ToList();
        if (common.Count == 0)
        {
            return expression;
        }

        // A branch of nothing but common terms makes the others irrelevant.
        var rests = branches.Select(branch => branch.Where(term => !common.Contains(term)).ToList()).ToList();
        if (rests.Exists(rest => rest.Count == 0))
        {
            return ExpressionWalk.AndAll(common);
        }

        ImmutableArray<Expression> choices = [.. rests.Select(ExpressionWalk.AndAll)];
        return ExpressionWalk.AndAll([.. common, or with { Terms = choices }]);
    }
}
