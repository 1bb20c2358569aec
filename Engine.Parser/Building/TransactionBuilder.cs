using System.Diagnostics;
using Engine.Core.Errors;
using Engine.Parser.Ast;
using Engine.Parser.Generated;

namespace Engine.Parser.Building;

/// <summary>Transactions and savepoints.</summary>
internal static class TransactionBuilder
{
    public static Statement Build(SqlGrammar.TransactionStatementContext context)
    {
        var span = context.Span();
        return context switch
        {
            SqlGrammar.BeginContext begin => new BeginStatement(Modes(begin.transactionModes(), span), span),
            SqlGrammar.CommitContext commit => new CommitStatement(commit.CHAIN() is not null && commit.NO() is null, span),
            SqlGrammar.RollbackContext rollback => new RollbackStatement(rollback.CHAIN() is not null && rollback.NO() is null, span),
            SqlGrammar.RollbackToContext rollback => new RollbackToStatement(NameBuilder.Identifier(rollback.identifier()), span),
            SqlGrammar.SavepointContext savepoint => new SavepointStatement(NameBuilder.Identifier(savepoint.identifier()), span),
            SqlGrammar.ReleaseContext release => new ReleaseStatement(NameBuilder.Identifier(release.identifier()), span),
            _ => throw new UnreachableException(context.GetType().Name),
        };
    }

    public static TransactionModes Modes(SqlGrammar.TransactionModesContext? context, SourceSpan fallback)
    {
        var modes = new TransactionModes(Isolation: null, ReadOnly: null, Deferrable: null, context?.Span() ?? fallback);
        foreach (var mode in context?.transactionMode() ?? [])
        {
            if (mode.ISOLATION() is not null)
            {
                modes = modes with { Isolation = Isolation(mode) };
            }
            else if (mode.DEFERRABLE() is not null)
            {
                modes = modes with { Deferrable = mode.NOT() is null };
            }
            else
            {
                modes = modes with { ReadOnly = mode.ONLY() is not null };
            }
        }

        return modes;
    }

    private static IsolationLevel Isolation(SqlGrammar.TransactionModeContext context)
    {
        if (context.SERIALIZABLE() is not null)
        {
            return IsolationLevel.Serializable;
        }

        if (context.REPEATABLE() is not null)
        {
            return IsolationLevel.RepeatableRead;
        }

        return context.UNCOMMITTED() is not null ? IsolationLevel.ReadUncommitted : IsolationLevel.ReadCommitted;
    }
}
