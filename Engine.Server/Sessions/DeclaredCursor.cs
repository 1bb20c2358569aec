using Engine.Core.Types;
using Ast = Engine.Parser.Ast;

namespace Engine.Server.Sessions;

/// <summary>What DECLARE made: rows in memory. It stands on one of them, counted from 1, before the first or behind the last.</summary>
internal sealed class DeclaredCursor(Session session, StoredRows rows, bool isScrollable) : ICursor
{
    private long _position;

    public bool IsScrollable => isScrollable;

    public bool IsActive => false;

    public Schema Describe(CancellationToken cancellationToken) => rows.Columns;

    public StatementResult Fetch(Ast.FetchStatement fetch, CancellationToken cancellationToken)
    {
        var (first, count, isBackward) = Move(fetch);
        return fetch.Move
            ? StatementResult.Wrote("MOVE", count, rowErrors: null)
            : session.Run("FETCH", session.Plan(context => rows.Read(first, count, isBackward, context), cancellationToken), cancellationToken);
    }

    public void Dispose() => rows.Dispose();

    /// <summary>The rows that it passes, the first counted from 0.</summary>
    private (long First, long Count, bool IsBackward) Move(Ast.FetchStatement fetch)
    {
        switch (fetch.Direction)
        {
            case Ast.FetchDirection.Absolute:
                return Jump(fetch.Count!.Value >= 0 ? fetch.Count.Value : rows.Count + 1 + fetch.Count.Value, fetch);
            case Ast.FetchDirection.Relative:
                return Jump(Clamp((Int128)_position + fetch.Count!.Value), fetch);
            default:
                var count = fetch.Count ?? long.MaxValue;
                return count == 0 ? Jump(_position, fetch) : Pass(fetch.Direction == Ast.FetchDirection.Forward ? count : -(Int128)count, fetch);
        }
    }

    private (long First, long Count, bool IsBackward) Jump(long place, Ast.FetchStatement fetch)
    {
        var target = Clamp(place);
        RefuseBackward(target < _position, fetch);
        _position = target;
        return target >= 1 && target <= rows.Count ? (target - 1, 1, false) : (0, 0, false);
    }

    private (long First, long Count, bool IsBackward) Pass(Int128 steps, Ast.FetchStatement fetch)
    {
        RefuseBackward(steps < 0, fetch);
        var before = _position;
        _position = Clamp(before + steps);
        return steps > 0
            ? (before, Math.Min(_position, rows.Count) - Math.Min(before, rows.Count), false)
            : (Math.Max(_position, 1) - 1, Math.Max(before, 1) - Math.Max(_position, 1), true);
    }

    private long Clamp(Int128 place) => (long)Int128.Clamp(place, 0, (Int128)rows.Count + 1);

    private void RefuseBackward(bool isBackward, Ast.FetchStatement fetch)
    {
        if (isBackward && !isScrollable)
        {
            throw Cursors.OnlyForward(fetch.Span);
        }
    }
}
