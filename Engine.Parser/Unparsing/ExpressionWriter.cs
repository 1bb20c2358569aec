using Engine.Parser.Ast;

namespace Engine.Parser.Unparsing;

/// <summary>Operators and predicates, with parentheses where the grammar would read them otherwise.</summary>
internal sealed class ExpressionWriter(SqlWriter writer)
{
    private SqlText Text => writer.Text;

    public void Write(Expression expression)
    {
        switch (expression)
        {
            case LogicalExpression logical:
                Logical(logical);
                break;
            case NotExpression not:
                Text.Add("NOT ");
                Write(not.Operand, Precedence.Not);
                break;
            case BinaryExpression binary:
                Binary(binary);
                break;
            case UnaryExpression unary:
                Unary(unary);
                break;
            case CollateExpression collate:
                Write(collate.Operand, Precedence.Collate);
                Text.Add(" COLLATE ").Name(collate.Collation);
                break;
            case BetweenExpression between:
                Write(between.Operand, Precedence.OtherOperator);
                Text.AddIf(between.Negated, " NOT").Add(" BETWEEN ").AddIf(between.Symmetric, "SYMMETRIC ");
                Write(between.Low, Precedence.OtherOperator);
                Text.Add(" AND ");
                Write(between.High, Precedence.OtherOperator);
                break;
            case InListExpression list:
                Write(list.Operand, Precedence.OtherOperator);
                Text.AddIf(list.Negated, " NOT").Add(" IN (").List(list.Items, Write).Add(')');
                break;
            case InSubqueryExpression inQuery:
                Write(inQuery.Operand, Precedence.OtherOperator);
                Text.AddIf(inQuery.Negated, " NOT").Add(" IN ");
                writer.Queries.WriteParenthesized(inQuery.Query);
                break;
            case LikeExpression like:
                Like(like);
                break;
            case QuantifiedComparison quantified:
                Quantified(quantified);
                break;
            case IsNullExpression test:
                Is(test.Operand, test.Negated, "NULL");
                break;
            case IsTruthExpression test:
                Is(test.Operand, test.Negated, test.Value.ToString().ToUpperInvariant());
                break;
            case IsDistinctFromExpression distinct:
                Is(distinct.Left, distinct.Negated, "DISTINCT FROM ");
                Write(distinct.Right, Precedence.OtherOperator);
                break;
            default:
                writer.Operands.Write(expression);
                break;
        }
    }

    /// <summary>An expression where only one that binds at least so tightly may stand without parentheses.</summary>
    public void Write(Expression expression, Precedence required)
    {
        if (PrecedenceTable.Of(expression) >= required)
        {
            Write(expression);
        }
        else
        {
            Text.Add('(');
            Write(expression);
            Text.Add(')');
        }
    }

    private void Logical(LogicalExpression expression)
    {
        var isAnd = expression.Operator == LogicalOperator.And;
        for (var i = 0; i < expression.Operands.Count; i++)
        {
            Text.AddIf(i > 0, isAnd ? " AND " : " OR ");
            Write(expression.Operands[i], isAnd ? Precedence.Not : Precedence.And);
        }
    }

    // Chains lean to the left and may be thousands of operators long: from the innermost outwards, in a loop.
    private void Binary(BinaryExpression expression)
    {
        var chain = new Stack<BinaryExpression>();
        chain.Push(expression);
        while (chain.Peek() is { Left: BinaryExpression left } outer && PrecedenceTable.Of(left) >= Left(outer))
        {
            chain.Push(left);
        }

        Write(chain.Peek().Left, Left(chain.Peek()));
        while (chain.TryPop(out var next))
        {
            Text.Add(' ').Add(next.Operator.Symbol()).Add(' ');

            // Behind a column called "rows" only a quote or a parenthesis tells the operator ? from a parameter.
            Write(next.Right, next is { Operator: BinaryOperator.JsonHasKey, Right: not StringLiteral } ? Precedence.Parenthesized : PrecedenceTable.Of(next) + 1);
        }
    }

    // a = b = c is legal but nobody reads it; all others chain to the left.
    private static Precedence Left(BinaryExpression expression) =>
        PrecedenceTable.Of(expression) is var own && own == Precedence.Comparison ? own + 1 : own;

    private void Unary(UnaryExpression expression)
    {
        var isSign = expression.Operator is UnaryOperator.Minus or UnaryOperator.Plus;
        Text.Add(expression.Operator.Symbol());

        // Two signs together would be a comment.
        Text.AddIf(!isSign || PrecedenceTable.Of(expression.Operand) == Precedence.Sign, " ");
        Write(expression.Operand, isSign ? Precedence.Sign : Precedence.PrefixOperator);
    }

    private void Like(LikeExpression like)
    {
        Write(like.Operand, Precedence.OtherOperator);
        Text.AddIf(like.Negated, " NOT").Add(like.Kind switch
        {
            LikeKind.Like => " LIKE ",
            LikeKind.ILike => " ILIKE ",
            _ => " SIMILAR TO ",
        });
        Write(like.Pattern, Precedence.OtherOperator);
        if (like.Escape is { } escape)
        {
            Text.Add(" ESCAPE ");
            Write(escape, Precedence.OtherOperator);
        }
    }

    private void Quantified(QuantifiedComparison quantified)
    {
        Write(quantified.Left, Precedence.OtherOperator);
        Text.Add(quantified.Operator switch
        {
            BinaryOperator.Like => " LIKE",
            BinaryOperator.NotLike => " NOT LIKE",
            BinaryOperator.ILike => " ILIKE",
            BinaryOperator.NotILike => " NOT ILIKE",
            <= BinaryOperator.Power or BinaryOperator.JsonHasKey => $" OPERATOR({quantified.Operator.Symbol()})",
            _ => " " + quantified.Operator.Symbol(),
        });
        Text.Add(quantified.Quantifier == Quantifier.All ? " ALL " : " ANY ");
        if (quantified.Right is SubqueryExpression subquery)
        {
            writer.Queries.WriteParenthesized(subquery.Query);
            return;
        }

        Text.Add('(');
        Write(quantified.Right);
        Text.Add(')');
    }

    private void Is(Expression operand, bool negated, string test)
    {
        Write(operand, Precedence.OtherOperator);
        Text.Add(negated ? " IS NOT " : " IS ").Add(test);
    }
}
