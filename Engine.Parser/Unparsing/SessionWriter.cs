using Engine.Parser.Ast;

namespace Engine.Parser.Unparsing;

/// <summary>Statements about the session: settings, prepared statements, transactions, cursors, SHOW.</summary>
internal sealed class SessionWriter(SqlWriter writer)
{
    private SqlText Text => writer.Text;

    public bool TryWrite(Statement statement) =>
        TryWriteSetting(statement) || TryWritePrepared(statement) || TryWriteTransaction(statement) || TryWriteNotification(statement);

    private bool TryWriteSetting(Statement statement)
    {
        switch (statement)
        {
            case SetStatement set:
                Text.Add(set.Scope == SetScope.Local ? "SET LOCAL " : "SET ").Name(set.Name).Add(" = ");
                Text.AddIf(set.Values.IsEmpty, "DEFAULT").List(set.Values, writer.Expressions.Write);
                return true;
            case ResetStatement reset:
                Text.Add("RESET ");
                Named(reset.Name);
                return true;
            case ShowStatement show:
                Show(show);
                return true;
            case ShowStatsStatement stats:
                Text.Add("SHOW STATS FOR ");
                writer.Relations.Write(stats.Relation);
                return true;
            case ShowVariableStatement show:
                Text.Add("SHOW ").Name(show.Name);
                return true;
            case DescribeRelationStatement describe:
                Text.Add("DESCRIBE ");
                writer.Relations.Write(describe.Relation, describe.Relation is JoinRelation or AliasedRelation or SampledRelation);
                return true;
            case DescribeQueryStatement describe:
                Text.Add("DESCRIBE OUTPUT ");
                writer.Queries.WriteParenthesized(describe.Query);
                return true;
            case DescribePreparedStatement describe:
                Text.Add(describe.Input ? "DESCRIBE INPUT " : "DESCRIBE OUTPUT ").Name(describe.Name);
                return true;
            case SummarizeStatement { Relation: SubqueryRelation { Lateral: false } subquery }:
                Text.Add("SUMMARIZE ");
                writer.Queries.Write(subquery.Query);
                return true;
            case SummarizeStatement summarize:
                Text.Add("SUMMARIZE ");
                writer.Relations.Write(summarize.Relation, summarize.Relation is JoinRelation or AliasedRelation or SampledRelation);
                return true;
            case UseStatement use:
                Text.Add("USE ").Name(use.Name);
                return true;
            default:
                return false;
        }
    }

    private bool TryWritePrepared(Statement statement)
    {
        switch (statement)
        {
            case PrepareStatement prepare:
                Text.Add("PREPARE ").Name(prepare.Name);
                if (!prepare.ParameterTypes.IsEmpty)
                {
                    Text.Add(" (").List(prepare.ParameterTypes, writer.Types.Write).Add(')');
                }

                Text.Add(" AS ");
                writer.Statements.Write(prepare.Statement);
                return true;
            case ExecuteStatement execute:
                Text.Add("EXECUTE ").Name(execute.Name);
                if (!execute.Arguments.IsEmpty)
                {
                    Text.Add(" (").List(execute.Arguments, writer.Expressions.Write).Add(')');
                }

                return true;
            case DeallocateStatement deallocate:
                Text.Add("DEALLOCATE ");
                Named(deallocate.Name);
                return true;
            case DeclareCursorStatement cursor:
                Text.Add("DECLARE ").Name(cursor.Name).AddIf(cursor.Binary, " BINARY");
                Text.Add(cursor.Scroll switch
                {
                    true => " SCROLL",
                    false => " NO SCROLL",
                    null => string.Empty,
                });
                Text.Add(" CURSOR").AddIf(cursor.Hold, " WITH HOLD").Add(" FOR ");
                writer.Queries.Write(cursor.Query);
                return true;
            case FetchStatement fetch:
                Text.Add(fetch.Move ? "MOVE " : "FETCH ").Add(fetch.Direction.ToString().ToUpperInvariant()).Add(' ');
                Text.Add(fetch.Count?.ToString() ?? "ALL").Add(" FROM ").Name(fetch.Cursor);
                return true;
            case CloseStatement close:
                Text.Add("CLOSE ");
                Named(close.Cursor);
                return true;
            default:
                return false;
        }
    }

    private bool TryWriteTransaction(Statement statement)
    {
        switch (statement)
        {
            case BeginStatement begin:
                Text.Add("BEGIN");
                Write(begin.Modes);
                return true;
            case SetTransactionStatement set:
                Text.Add(set.SessionDefault ? "SET SESSION CHARACTERISTICS AS TRANSACTION" : "SET TRANSACTION");
                Write(set.Modes);
                return true;
            case CommitStatement commit:
                Text.Add("COMMIT").AddIf(commit.Chain, " AND CHAIN");
                return true;
            case RollbackStatement rollback:
                Text.Add("ROLLBACK").AddIf(rollback.Chain, " AND CHAIN");
                return true;
            case SavepointStatement savepoint:
                Text.Add("SAVEPOINT ").Name(savepoint.Name);
                return true;
            case ReleaseStatement release:
                Text.Add("RELEASE SAVEPOINT ").Name(release.Name);
                return true;
            case RollbackToStatement rollback:
                Text.Add("ROLLBACK TO SAVEPOINT ").Name(rollback.Name);
                return true;
            default:
                return false;
        }
    }

    private bool TryWriteNotification(Statement statement)
    {
        switch (statement)
        {
            case DiscardStatement discard:
                Text.Add("DISCARD ").Add(discard.Target.ToString().ToUpperInvariant());
                return true;
            case ListenStatement listen:
                Text.Add("LISTEN ").Name(listen.Channel);
                return true;
            case UnlistenStatement unlisten:
                Text.Add("UNLISTEN ");
                if (unlisten.Channel is { } channel)
                {
                    Text.Name(channel);
                }
                else
                {
                    Text.Add('*');
                }

                return true;
            case NotifyStatement notify:
                Text.Add("NOTIFY ").Name(notify.Channel);
                if (notify.Payload is { } payload)
                {
                    Text.Add(", ").String(payload);
                }

                return true;
            case AnalyzeStatement analyze:
                Text.Add("ANALYZE").AddIf(analyze.Verbose, " VERBOSE").AddIf(!analyze.Targets.IsEmpty, " ");
                Text.List(analyze.Targets, target => Text.Name(target.Table).Columns(target.Columns));
                return true;
            case CallStatement call:
                Text.Add("CALL ").Name(call.Name).Add('(').List(call.Arguments, writer.Calls.Write).Add(')');
                return true;
            case KillStatement kill:
                Text.Add("KILL QUERY ");
                writer.Expressions.Write(kill.QueryId, Precedence.OtherOperator);
                return true;
            default:
                return false;
        }
    }

    private void Show(ShowStatement show)
    {
        Text.Add("SHOW ").Add(show.Kind switch
        {
            ShowKind.CreateTable => "CREATE TABLE",
            ShowKind.CreateView => "CREATE VIEW",
            ShowKind.CreateSchema => "CREATE SCHEMA",
            var kind => kind.ToString().ToUpperInvariant(),
        });
        if (show.Target is { } target)
        {
            Text.Add(show.Kind switch
            {
                ShowKind.CreateTable or ShowKind.CreateView or ShowKind.CreateSchema => " ",
                _ => " FROM ",
            }).Name(target);
        }

        if (show.Like is { } pattern)
        {
            Text.Add(" LIKE ").String(pattern);
        }
    }

    private void Write(TransactionModes modes)
    {
        var separator = " ";
        if (modes.Isolation is { } isolation)
        {
            Text.Add(separator).Add("ISOLATION LEVEL ").Add(isolation switch
            {
                IsolationLevel.ReadUncommitted => "READ UNCOMMITTED",
                IsolationLevel.ReadCommitted => "READ COMMITTED",
                IsolationLevel.RepeatableRead => "REPEATABLE READ",
                _ => "SERIALIZABLE",
            });
            separator = ", ";
        }

        if (modes.ReadOnly is { } readOnly)
        {
            Text.Add(separator).Add(readOnly ? "READ ONLY" : "READ WRITE");
            separator = ", ";
        }

        if (modes.Deferrable is { } deferrable)
        {
            Text.Add(separator).Add(deferrable ? "DEFERRABLE" : "NOT DEFERRABLE");
        }
    }

    private void Named(Identifier? name)
    {
        if (name is null)
        {
            Text.Add("ALL");
        }
        else
        {
            Text.Name(name);
        }
    }

    private void Named(QualifiedName? name)
    {
        if (name is null)
        {
            Text.Add("ALL");
        }
        else
        {
            Text.Name(name);
        }
    }
}
