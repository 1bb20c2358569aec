using Engine.Core.Errors;
using Engine.Parser.Ast;

namespace Engine.Parser.Tests.Generation;

/// <summary>Random statements of every kind.</summary>
internal sealed class StatementGenerator(Choice choice, SyntaxGenerator generator)
{
    private static SourceSpan Span => Choice.Span;

    private ExpressionGenerator Expressions => generator.Expressions;

    public Statement Statement() => choice.Below(8) switch
    {
        0 or 1 or 2 => QueryStatement(),
        3 => Data(),
        4 => generator.Definitions.Statement(),
        5 => Explain(),
        6 => Session(),
        _ => Control(),
    };

    private QueryStatement QueryStatement() => new(generator.Queries.Query(), Span);

    private Statement Data() => choice.Below(5) switch
    {
        0 => Insert(),
        1 => new UpdateStatement(
            choice.Maybe(generator.Queries.With),
            choice.Qualified(),
            choice.Maybe(choice.Name),
            choice.List(1, 2, Assignment),
            choice.List(0, 1, generator.Relations.Relation),
            choice.Maybe(Expressions.Expression),
            Returning(),
            Span),
        2 => new DeleteStatement(
            choice.Maybe(generator.Queries.With),
            choice.Qualified(),
            choice.Maybe(choice.Name),
            choice.List(0, 1, generator.Relations.Relation),
            choice.Maybe(Expressions.Expression),
            Returning(),
            Span),
        3 => new TruncateStatement(choice.List(1, 2, choice.Qualified), Span),
        _ => Copy(),
    };

    private InsertStatement Insert() => new(
        choice.Maybe(generator.Queries.With),
        choice.Rarely(),
        choice.Qualified(),
        choice.Maybe(choice.Name),
        choice.Names(0),
        choice.Rarely(),
        choice.Rarely() ? null : generator.Queries.Query(),
        Returning(),
        Span);

    private Assignment Assignment() => choice.Names(1) is [var single]
        ? new Assignment([single], Expressions.ExpressionOrDefault(), Span)
        : new Assignment([choice.Name(), choice.Name()], Expressions.Expression(), Span);

    private SyntaxList<SelectItem> Returning() => choice.Rarely() ? choice.List(1, 2, generator.Queries.SelectItem) : [];

    private CopyStatement Copy()
    {
        var direction = choice.Any<CopyDirection>();
        var isQuery = direction == CopyDirection.To && choice.Flip();
        return new CopyStatement(
            direction,
            isQuery ? null : choice.Qualified(),
            isQuery ? [] : choice.Names(0),
            isQuery ? generator.Queries.Query() : null,
            choice.Rarely() ? null : new StringLiteral(choice.Text(), Span),
            choice.List(0, 2, generator.Definitions.Option),
            choice.Maybe(Expressions.Expression),
            Span);
    }

    private ExplainStatement Explain() => new(
        choice.Below(5) switch
        {
            0 => Insert(),
            1 => generator.Definitions.CreateTableAs(),
            2 => Copy(),
            3 => new ExecuteStatement(choice.Name(), [], Span),
            _ => QueryStatement(),
        },
        choice.List(0, 2, generator.Definitions.Option),
        Span);

    private Statement Session() => choice.Below(18) switch
    {
        0 => Show(),
        1 => new ShowVariableStatement(Setting(), Span),
        2 => new DescribeRelationStatement(DescribedRelation(), Span),
        3 => new DescribeQueryStatement(generator.Queries.Query(), Span),
        4 => new DescribePreparedStatement(choice.Name(), choice.Flip(), Span),
        5 => choice.Flip()
            ? new SummarizeStatement(DescribedRelation(), Span)
            : new SummarizeStatement(new SubqueryRelation(generator.Queries.Query(), Lateral: false, Span), Span),
        6 => new UseStatement(choice.Qualified(), Span),
        7 => new SetStatement(choice.Any<SetScope>(), Setting(), choice.List(0, 2, SettingValue), Span),
        8 => new ResetStatement(choice.Maybe(Setting), Span),
        9 => new DiscardStatement(choice.Any<DiscardTarget>(), Span),
        10 => new ListenStatement(choice.Name(), Span),
        11 => new UnlistenStatement(choice.Maybe(choice.Name), Span),
        12 => new NotifyStatement(choice.Name(), choice.Flip() ? choice.Text() : null, Span),
        13 => new AnalyzeStatement(choice.Flip(), choice.List(0, 2, () => new AnalyzeTarget(choice.Qualified(), choice.Names(0), Span)), Span),
        14 => new CallStatement(choice.Qualified(), choice.List(0, 2, generator.Calls.Argument), Span),
        15 => new KillStatement(Expressions.Expression(), Span),
        16 => new ShowStatsStatement(
            choice.Flip() ? new TableReference(choice.Qualified(), Span) : new SubqueryRelation(generator.Queries.Query(), Lateral: false, Span), Span),
        _ => new PrepareStatement(choice.Name(), choice.List(0, 2, generator.Types.Type), Statement(), Span),
    };

    private Statement Control() => choice.Below(12) switch
    {
        0 => new BeginStatement(Modes(atLeastOne: false), Span),
        1 => new SetTransactionStatement(choice.Flip(), Modes(atLeastOne: true), Span),
        2 => new CommitStatement(choice.Flip(), Span),
        3 => new RollbackStatement(choice.Flip(), Span),
        4 => new SavepointStatement(choice.Name(), Span),
        5 => new ReleaseStatement(choice.Name(), Span),
        6 => new RollbackToStatement(choice.Name(), Span),
        7 => new DeclareCursorStatement(choice.Name(), choice.Rarely(), choice.Of<bool?>(null, true, false), choice.Flip(), generator.Queries.Query(), Span),
        8 => Fetch(),
        9 => new CloseStatement(choice.Maybe(choice.Name), Span),
        10 => new ExecuteStatement(choice.Name(), choice.List(0, 2, Expressions.Expression), Span),
        _ => new DeallocateStatement(choice.Maybe(choice.Name), Span),
    };

    private FetchStatement Fetch()
    {
        var direction = choice.Any<FetchDirection>();
        var all = direction is FetchDirection.Forward or FetchDirection.Backward && choice.Rarely();
        return new FetchStatement(choice.Flip(), direction, all ? null : choice.Below(20) - 10, choice.Name(), Span);
    }

    private Relation DescribedRelation() => choice.Below(3) switch
    {
        0 => new TableReference(new QualifiedName([choice.PlainName()], Span), Span),
        1 => new FileReference(choice.Text(), Span),
        _ => new FunctionRelation(generator.Calls.TableFunction(), Lateral: false, WithOrdinality: false, [], Span),
    };

    private ShowStatement Show()
    {
        var kind = choice.Any<ShowKind>();
        var like = choice.Flip() ? choice.Text() : null;
        return kind switch
        {
            ShowKind.Tables or ShowKind.Views or ShowKind.Schemas or ShowKind.Functions => new ShowStatement(kind, choice.Maybe(choice.Qualified), like, Span),
            ShowKind.Catalogs or ShowKind.Queries or ShowKind.Session => new ShowStatement(kind, Target: null, like, Span),
            ShowKind.Columns => new ShowStatement(kind, choice.Qualified(), like, Span),
            _ => new ShowStatement(kind, choice.Qualified(), Like: null, Span),
        };
    }

    private QualifiedName Setting() => new(choice.List(1, 2, choice.PlainName), Span);

    private Expression SettingValue() => choice.Below(7) switch
    {
        0 => new BooleanLiteral(choice.Flip(), Span),
        1 => Expressions.Number(),
        2 => new UnaryExpression(UnaryOperator.Minus, Expressions.Number(), Span),
        3 => Expressions.Interval(),
        4 => new PositionalParameter(1, Span),
        5 => new NullLiteral(Span),
        _ => new StringLiteral(choice.Text(), Span),
    };

    private TransactionModes Modes(bool atLeastOne) => new(
        atLeastOne || choice.Flip() ? choice.Any<IsolationLevel>() : null,
        choice.Of<bool?>(null, true, false),
        choice.Of<bool?>(null, true, false),
        Span);
}
