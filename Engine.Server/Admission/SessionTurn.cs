using Engine.Core.Memory;
using Engine.Server.Security;
using Ast = Engine.Parser.Ast;

namespace Engine.Server.Admission;

/// <summary>
/// A session's turn among those that run: one, however many of its portals are open, for it would wait for itself. The session enters; any thread may leave,
/// for what it has cancelled.
/// </summary>
internal sealed class SessionTurn(AdmissionQueue queue, Account account, MemoryPool memory)
{
    private readonly Lock _lock = new();
    private int _open;

    /// <summary>Whether a statement has work to do for which it waits; others only change or tell of the session.</summary>
    public static bool Waits(Ast.Statement statement) => statement is Ast.QueryStatement or Ast.CopyStatement or Ast.ExplainStatement or Ast.DeclareCursorStatement
        or Ast.ExecuteStatement or Ast.InsertStatement or Ast.UpdateStatement or Ast.DeleteStatement or Ast.CreateTableAsStatement or Ast.SummarizeStatement or Ast.ShowStatsStatement;

    /// <summary>As <see cref="AdmissionQueue.EnterAsync"/>.</summary>
    public async ValueTask EnterAsync(Action queued, CancellationToken cancellationToken)
    {
        if (TryJoin())
        {
            return;
        }

        await queue.EnterAsync(account, memory, queued, cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            _open = 1;
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            if (--_open == 0)
            {
                queue.Leave(account);
            }
        }
    }

    private bool TryJoin()
    {
        lock (_lock)
        {
            if (_open == 0)
            {
                return false;
            }

            _open++;
            return true;
        }
    }
}
