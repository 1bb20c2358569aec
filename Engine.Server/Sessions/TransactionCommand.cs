using Engine.Core.Errors;
using Ast = Engine.Parser.Ast;

namespace Engine.Server.Sessions;

/// <summary>BEGIN, COMMIT, ROLLBACK, savepoints, and what a statement may do inside of a transaction.</summary>
internal sealed class TransactionCommand(Session session)
{
    private const string IsolationSetting = "transaction_isolation";
    private const string ReadOnlySetting = "transaction_read_only";

    /// <summary>What was changed since BEGIN; null outside of a transaction.</summary>
    public Transaction? Current { get; private set; }

    private bool IsReadOnly => session.Settings[ReadOnlySetting] == "on";

    public StatementResult? TryExecute(Ast.Statement statement)
    {
        switch (statement)
        {
            case Ast.BeginStatement begin:
                Begin(begin.Modes, session.Settings[IsolationSetting], session.Settings[ReadOnlySetting]);
                return StatementResult.Done("BEGIN");
            case Ast.CommitStatement commit:
                return End(isCommit: true, commit.Chain, commit.Span);
            case Ast.RollbackStatement rollback:
                return End(isCommit: false, rollback.Chain, rollback.Span);
            case Ast.SavepointStatement save:
                Required("SAVEPOINT", save.Span).Save(save.Name.Value);
                session.Settings.SaveInto(Current!);
                return StatementResult.Done("SAVEPOINT");
            case Ast.RollbackToStatement rollback:
                var result = Named(rollback.Name, Required("ROLLBACK TO SAVEPOINT", rollback.Span).RollbackTo(rollback.Name.Value), "ROLLBACK");
                session.Settings.SaveInto(Current!);
                return result;
            case Ast.ReleaseStatement release:
                return Named(release.Name, Required("RELEASE SAVEPOINT", release.Span).Release(release.Name.Value), "RELEASE");
            case Ast.SetTransactionStatement set:
                Set(set);
                return StatementResult.Done("SET");
            default:
                return null;
        }
    }

    /// <summary>Refuses what a transaction that has failed, or one that only reads, does not allow.</summary>
    public void Guard(Ast.Statement statement, string name)
    {
        if (Current is { HasFailed: true } && statement is not (Ast.CommitStatement or Ast.RollbackStatement or Ast.RollbackToStatement))
        {
            throw new QueryException(
                ErrorCodes.InFailedTransaction, "current transaction is aborted, commands ignored until end of transaction block", statement.Span, "End it with ROLLBACK.");
        }

        if (statement is Ast.CreateTableStatement or Ast.CreateTableAsStatement or Ast.CreateViewStatement or Ast.CreateSchemaStatement
            or Ast.DropStatement or Ast.AlterStatement or Ast.CommentStatement)
        {
            RefuseWrite(name, statement.Span);
        }
    }

    /// <exception cref="QueryException">25006 when the transaction only reads.</exception>
    public void RefuseWrite(string statement, SourceSpan span)
    {
        if (IsReadOnly)
        {
            throw new QueryException(ErrorCodes.ReadOnlyTransaction, $"cannot execute {statement} in a read-only transaction", span);
        }
    }

    /// <summary>A statement has failed.</summary>
    public void Fail()
    {
        if (Current is { } transaction)
        {
            transaction.HasFailed = true;
        }
    }

    /// <summary>Takes back what is not committed.</summary>
    public void Abandon() => End(isCommit: false, chain: false, default);

    /// <summary>Starts a transaction where there is none; what its modes do not say is as it is now.</summary>
    private void Begin(Ast.TransactionModes modes, string isolation, string isReadOnly)
    {
        if (Current is null)
        {
            Current = new Transaction(session.Engine.MemoryTables);
            session.Settings.SaveInto(Current);
            session.Settings.Set(IsolationSetting, isolation, modes.Span, isLocal: true);
            session.Settings.Set(ReadOnlySetting, isReadOnly, modes.Span, isLocal: true);
        }

        Apply(modes);
    }

    private StatementResult End(bool isCommit, bool chain, SourceSpan span)
    {
        if (Current is not { } transaction)
        {
            return chain
                ? throw new QueryException(ErrorCodes.NoActiveTransaction, $"{(isCommit ? "COMMIT" : "ROLLBACK")} AND CHAIN can only be used in transaction blocks", span)
                : StatementResult.Done(isCommit ? "COMMIT" : "ROLLBACK");
        }

        var (isolation, isReadOnly) = (session.Settings[IsolationSetting], session.Settings[ReadOnlySetting]);
        isCommit &= !transaction.HasFailed;
        using (transaction)
        {
            Current = null;
            if (isCommit)
            {
                transaction.Commit();
            }
            else
            {
                transaction.Rollback();
            }
        }

        session.Settings.EndTransaction();
        if (chain)
        {
            Begin(new Ast.TransactionModes(Isolation: null, ReadOnly: null, Deferrable: null, span), isolation, isReadOnly);
        }

        return StatementResult.Done(isCommit ? "COMMIT" : "ROLLBACK");
    }

    private Transaction Required(string statement, SourceSpan span) =>
        Current ?? throw new QueryException(ErrorCodes.NoActiveTransaction, $"{statement} can only be used in transaction blocks", span, "Start one with BEGIN.");

    private static StatementResult Named(Ast.Identifier savepoint, bool isThere, string tag) => isThere
        ? StatementResult.Done(tag)
        : throw new QueryException(ErrorCodes.InvalidSavepoint, $"savepoint \"{savepoint.Value}\" does not exist", savepoint.Span);

    private void Set(Ast.SetTransactionStatement set)
    {
        if (set.SessionDefault)
        {
            Apply(set.Modes, "default_", isLocal: false);
        }
        else if (Current is not null)
        {
            Apply(set.Modes);
        }
    }

    /// <summary>All isolation levels are accepted, as clients ask for them; none is more than the one there is.</summary>
    private void Apply(Ast.TransactionModes modes, string prefix = "", bool isLocal = true)
    {
        if (modes.Isolation is { } isolation)
        {
            var words = isolation switch
            {
                Ast.IsolationLevel.ReadUncommitted => "read uncommitted",
                Ast.IsolationLevel.ReadCommitted => "read committed",
                Ast.IsolationLevel.RepeatableRead => "repeatable read",
                _ => "serializable",
            };
            session.Settings.Set(prefix + IsolationSetting, words, modes.Span, isLocal);
        }

        if (modes.ReadOnly is { } isReadOnly)
        {
            session.Settings.Set(prefix + ReadOnlySetting, isReadOnly ? "on" : "off", modes.Span, isLocal);
        }
    }
}
