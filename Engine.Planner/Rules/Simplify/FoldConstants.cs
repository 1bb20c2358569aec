using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Planner.Logical;

namespace Engine.Planner.Rules.Simplify;

/// <summary>
/// Computes what does not depend on rows: <c>1 + 1</c> becomes <c>2</c>. An expression that raises an error stays, so that it raises it only when a
/// row gets there.
/// </summary>
internal sealed class FoldConstants : IPlanRule
{
    public string Name => "fold_constants";

    public LogicalNode Apply(LogicalNode plan, RuleContext context) =>
        plan.RewriteUp(node => node.RewriteExpressions(expression => expression.Rewrite(part => Fold(part, context.Constants))));

    private static Expression Fold(Expression expression, IConstantEvaluator constants)
    {
        if (expression is Literal or ColumnReference or Lambda or Call { IsVolatile: true } || expression.Children.IsEmpty)
        {
            return expression is Call { IsVolatile: false, Arguments.IsEmpty: true } ? Evaluate(expression, constants) : expression;
        }

        return expression.Children.All(IsConstant) ? Evaluate(expression, constants) : expression;
    }

    private static bool IsConstant(Expression expression) => expression is Literal || (expression is Lambda { IsClosed: true } lambda && !lambda.IsVolatile());

    private static Expression Evaluate(Expression expression, IConstantEvaluator constants)
    {
        try
        {
            return new Literal(constants.Evaluate(expression), expression.Type) { Span = expression.Span };
        }
        catch (QueryException)
        {
            // The error belongs to the rows that reach it, if any does.
            return expression;
        }
    }
}
