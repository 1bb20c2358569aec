using Engine.Core.Errors;
using Engine.Parser.Ast;

namespace Engine.Parser.Tests.Generation;

/// <summary>Random expressions, in the forms that the parser makes: no two spellings of one meaning.</summary>
internal sealed class ExpressionGenerator(Choice choice, SyntaxGenerator generator)
{
    private static SourceSpan Span => Choice.Span;

    public Expression Expression() => choice.IsExhausted ? Leaf() : choice.Branch(Operator, Predicate, Constructor, Form, Leaf, () => generator.Calls.Call());

    public Expression ExpressionOrDefault() => choice.Rarely() ? new DefaultExpression(Span) : Expression();

    public StarExpression Star(bool qualified) => new(
        qualified ? choice.Qualified() : null,
        choice.Rarely() ? choice.List(1, 2, choice.Qualified) : [],
        choice.Rarely() ? choice.List(1, 2, () => new StarReplacement(Expression(), choice.Name(), Span)) : [],
        choice.Rarely() ? choice.List(1, 2, () => new StarRenaming(choice.Qualified(), choice.Name(), Span)) : [],
        Span);

    public Expression Leaf() => choice.Below(16) switch
    {
        0 => new NullLiteral(Span),
        1 => new BooleanLiteral(choice.Flip(), Span),
        2 or 3 => Number(),
        4 or 5 => new StringLiteral(choice.Text(), Span),
        6 => new BinaryLiteral(choice.Of(string.Empty, "1F", "00FF"), Span),
        7 => new BitLiteral(choice.Of(string.Empty, "0101"), Span),
        8 => new TypedLiteral(generator.Types.LiteralType(), choice.Text(), Span),
        9 => Interval(),
        10 => new PositionalParameter(choice.Below(9) + 1, Span),
        11 => new NamedParameter(choice.Of("p", "name", "Day"), Span),
        _ => Column(),
    };

    public NumberLiteral Number() => choice.Below(3) switch
    {
        0 => new NumberLiteral(NumberKind.Integer, choice.Of("0", "1", "42", "99999999999999999999"), Span),
        1 => new NumberLiteral(NumberKind.Decimal, choice.Of("1.5", ".5", "2.", "0.10"), Span),
        _ => new NumberLiteral(NumberKind.Float, choice.Of("1e3", "1.5E-3", ".5e+2"), Span),
    };

    public IntervalLiteral Interval()
    {
        IntervalField? from = choice.Flip() ? choice.Any<IntervalField>() : null;
        return new IntervalLiteral(choice.Text(), from, from is not null && choice.Rarely() ? choice.Any<IntervalField>() : null, Span);
    }

    private ColumnReference Column() => choice.Rarely()
        ? new ColumnReference(new QualifiedName([Choice.Plain(choice.Of("interval", "row", "values", "position", "exists", "trim", "time", "timestamp", "semi", "pivot"))], Span), Span)
        : new ColumnReference(choice.Qualified(), Span);

    private Expression Operator() => choice.Below(8) switch
    {
        0 => new UnaryExpression(choice.Any<UnaryOperator>(), Expression(), Span),
        1 => new LogicalExpression(choice.Any<LogicalOperator>(), choice.List(2, 4, Expression) is { Count: >= 2 } operands ? operands : [Leaf(), Leaf()], Span),
        2 => new NotExpression(Expression(), Span),
        3 => new CollateExpression(Expression(), choice.Qualified(), Span),
        4 => new CastExpression(Expression(), generator.Types.Type(), choice.Rarely(), Span),
        _ => new BinaryExpression(InfixOperator(), Expression(), Expression(), Span),
    };

    private BinaryOperator InfixOperator()
    {
        var value = choice.Any<BinaryOperator>();
        return value is >= BinaryOperator.Like and <= BinaryOperator.NotILike ? BinaryOperator.Add : value;
    }

    private Expression Predicate() => choice.Below(9) switch
    {
        0 => new BetweenExpression(Expression(), Expression(), Expression(), choice.Rarely(), choice.Flip(), Span),
        1 => InList(),
        2 => new InSubqueryExpression(Expression(), generator.Queries.Query(), choice.Flip(), Span),
        3 => new LikeExpression(choice.Any<LikeKind>(), Expression(), Expression(), choice.Maybe(Expression), choice.Flip(), Span),
        4 => new IsNullExpression(Expression(), choice.Flip(), Span),
        5 => new IsTruthExpression(Expression(), choice.Any<TruthValue>(), choice.Flip(), Span),
        6 => new IsDistinctFromExpression(Expression(), Expression(), choice.Flip(), Span),
        7 => new QuantifiedComparison(choice.Any<BinaryOperator>(), choice.Any<Quantifier>(), Expression(), Expression(), Span),
        _ => new ExistsExpression(generator.Queries.Query(), Span),
    };

    // IN ((SELECT ..)) is IN (SELECT ..).
    private InListExpression InList()
    {
        var items = choice.List(1, 3, Expression);
        return new InListExpression(Expression(), items is [SubqueryExpression] ? [Leaf()] : items, choice.Flip(), Span);
    }

    private Expression Constructor() => choice.Below(5) switch
    {
        0 => new ArrayConstructor(choice.List(0, 3, Expression), Span),
        1 => new RowConstructor(choice.List(0, 3, Expression), Span),
        2 => new MapConstructor(choice.List(0, 2, () => new MapEntry(Expression(), Expression(), Span)), Span),
        3 => new StructConstructor(choice.List(1, 2, () => new StructField(choice.Name(), Expression(), Span)), Span),
        _ => new ArraySubquery(generator.Queries.Query(), Span),
    };

    private Expression Form() => choice.Below(7) switch
    {
        0 => new CaseExpression(
            choice.Maybe(Expression),
            choice.List(1, 2, () => new WhenClause(Expression(), Expression(), Span)),
            choice.Maybe(Expression),
            Span),
        1 => new SubqueryExpression(generator.Queries.Query(), Span),
        2 => new SubscriptExpression(Expression(), Expression(), Span),
        3 => new SliceExpression(Expression(), choice.Maybe(Expression), choice.Maybe(Expression), Span),
        4 => new FieldAccess(Expression(), choice.Name(), Span),
        5 => new RowStarExpression(Expression(), Span),
        _ => new ColumnsExpression(
            choice.Below(3) switch
            {
                0 => new StringLiteral(choice.Text(), Span),
                1 => Star(qualified: false),
                _ => new LambdaExpression([choice.Name()], Expression(), Span),
            },
            Span),
    };
}
