using Engine.Core.Memory;
using Engine.Server.Security;
using Ast = Engine.Parser.Ast;

namespace Engine.Server.Admission;

/// <summary>A session's turn among those that run: one, however many of its portals are open, for it would wait for itself.</summary>
internal sealed class SessionTurn(AdmissionQueue queue, Account account, MemoryPool memory)
{
    private int _open;

    /// <summary>Whether a statement has work to do for which it waits; others only change or tell of the session.</summary>
    public static bool Waits(Ast.Statement statement) => statement is Ast.QueryStatement or Ast.CopyStatement or Ast.ExplainStatement or Ast.DeclareCursorStatement
        or Ast.ExecuteStatement or Ast.InsertStatement or Ast.UpdateStatement or Ast.DeleteStatement or Ast.CreateTableAsStatement or Ast.SummarizeStatement or Ast.ShowStatsStatement;

    /// <summary>As <see cref="AdmissionQueue.EnterAsync"/>.</summary>
    public async ValueTask EnterAsync(Action queued, CancellationToken cancellationToken)
    {
        if (_open == 0)
        {
            await queue.EnterAsync(account, memory, queued, cancellationToken).ConfigureAwait(false);
        }

        _open++;
    }

    public void Leave()
    {
        if (--_open == 0)
        {
            queue.Leave(account);
        }
    }
}
