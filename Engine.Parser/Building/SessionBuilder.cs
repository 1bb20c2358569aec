using System.Diagnostics;
using Engine.Core.Errors;
using Engine.Parser.Ast;
using Engine.Parser.Generated;

namespace Engine.Parser.Building;

/// <summary>Prepared statements, cursors, and what else is about the session.</summary>
internal sealed class SessionBuilder(SyntaxBuilder builder)
{
    public Statement Build(SqlGrammar.PreparedStatementContext context) => context switch
    {
        SqlGrammar.PrepareContext prepare => new PrepareStatement(
            NameBuilder.Identifier(prepare.identifier()),
            prepare.typeName().Map(TypeBuilder.Build),
            builder.Statements.Build(prepare.statement()),
            context.Span()),
        SqlGrammar.ExecuteContext execute => new ExecuteStatement(
            NameBuilder.Identifier(execute.identifier()), builder.Expressions.BuildAll(execute.expression()), context.Span()),
        SqlGrammar.DeallocateContext deallocate => new DeallocateStatement(Optional(deallocate.identifier()), context.Span()),
        _ => throw new UnreachableException(context.GetType().Name),
    };

    public Statement Build(SqlGrammar.CursorStatementContext context) => context switch
    {
        SqlGrammar.DeclareCursorContext declare => new DeclareCursorStatement(
            NameBuilder.Identifier(declare.identifier()),
            declare.BINARY().Length > 0,
            declare.SCROLL().Length == 0 ? null : declare.NO().Length == 0,
            declare.HOLD() is not null && declare.WITH() is not null,
            builder.Queries.Build(declare.query()),
            context.Span()),
        SqlGrammar.FetchCursorContext fetch => Fetch(fetch),
        SqlGrammar.CloseCursorContext close => new CloseStatement(Optional(close.identifier()), context.Span()),
        _ => throw new UnreachableException(context.GetType().Name),
    };

    public Statement Build(SqlGrammar.SessionStatementContext context)
    {
        var span = context.Span();
        return context switch
        {
            SqlGrammar.UseContext use => new UseStatement(NameBuilder.Qualified(use.qualifiedName()), span),
            SqlGrammar.DiscardContext discard => new DiscardStatement(Target(discard), span),
            SqlGrammar.ListenContext listen => new ListenStatement(NameBuilder.Identifier(listen.identifier()), span),
            SqlGrammar.UnlistenContext unlisten => new UnlistenStatement(Optional(unlisten.identifier()), span),
            SqlGrammar.NotifyContext notify => new NotifyStatement(
                NameBuilder.Identifier(notify.identifier()), notify.stringLiteral() is { } payload ? LiteralBuilder.Text(payload) : null, span),
            SqlGrammar.AnalyzeContext analyze => new AnalyzeStatement(analyze.VERBOSE() is not null, analyze.analyzeTarget().Map(Target), span),
            SqlGrammar.CallProcedureContext call => new CallStatement(
                NameBuilder.Qualified(call.qualifiedName()), call.argument().Map(builder.Calls.Argument), span),
            SqlGrammar.KillContext kill => new KillStatement(builder.Expressions.Build(kill.valueExpression()), span),
            _ => throw new UnreachableException(context.GetType().Name),
        };
    }

    private static Identifier? Optional(SqlGrammar.IdentifierContext? context) => context is null ? null : NameBuilder.Identifier(context);

    private static AnalyzeTarget Target(SqlGrammar.AnalyzeTargetContext context) =>
        new(NameBuilder.Qualified(context.qualifiedName()), NameBuilder.Columns(context.columnNames()), context.Span());

    private static DiscardTarget Target(SqlGrammar.DiscardContext context) => context.Stop.Type switch
    {
        SqlGrammar.ALL => DiscardTarget.All,
        SqlGrammar.PLANS => DiscardTarget.Plans,
        SqlGrammar.SEQUENCES => DiscardTarget.Sequences,
        _ => DiscardTarget.Temporary,
    };

    private static FetchStatement Fetch(SqlGrammar.FetchCursorContext context)
    {
        var (direction, count) = context.fetchDirection() is { } given ? Direction(given) : (FetchDirection.Forward, 1);
        return new FetchStatement(context.MOVE() is not null, direction, count, NameBuilder.Identifier(context.identifier()), context.Span());
    }

    private static (FetchDirection Direction, long? Count) Direction(SqlGrammar.FetchDirectionContext context)
    {
        long? count = context.signedInteger() is { } number ? LiteralBuilder.SignedInteger(number) : null;
        return context.Start.Type switch
        {
            SqlGrammar.NEXT => (FetchDirection.Forward, 1),
            SqlGrammar.PRIOR => (FetchDirection.Backward, 1),
            SqlGrammar.FIRST => (FetchDirection.Absolute, 1),
            SqlGrammar.LAST => (FetchDirection.Absolute, -1),
            SqlGrammar.ABSOLUTE => (FetchDirection.Absolute, count),
            SqlGrammar.RELATIVE => (FetchDirection.Relative, count),
            SqlGrammar.BACKWARD => (FetchDirection.Backward, context.ALL() is null ? count ?? 1 : null),
            SqlGrammar.FORWARD => (FetchDirection.Forward, context.ALL() is null ? count ?? 1 : null),
            SqlGrammar.ALL => (FetchDirection.Forward, null),
            _ => (FetchDirection.Forward, count),
        };
    }
}
