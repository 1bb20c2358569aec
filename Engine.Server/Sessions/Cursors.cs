using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner;
using Ast = Engine.Parser.Ast;

namespace Engine.Server.Sessions;

/// <summary>
/// The cursors of a session by name, and DECLARE, FETCH, MOVE and CLOSE. A cursor's query runs when it is declared and its rows are kept in memory: one that
/// waited half-way for its reader would hold threads that other statements need.
/// </summary>
internal sealed class Cursors(Session session)
{
    private readonly Dictionary<string, ICursor> _open = new(StringComparer.Ordinal);

    /// <summary>Those that have a name: the protocol has one without.</summary>
    public IEnumerable<(string Name, bool IsScrollable)> All => [.. _open.Where(pair => pair.Key.Length > 0).Select(pair => (pair.Key, pair.Value.IsScrollable))];

    public StatementResult Declare(Ast.DeclareCursorStatement declare, ImmutableArray<Literal> parameters, CancellationToken cancellationToken)
    {
        var name = declare.Name.Value;
        RefuseTaken(name, declare.Name.Span);
        using var result = session.Run("DECLARE CURSOR", session.Plan(declare.Query, cancellationToken, parameters), cancellationToken);
        var cursor = new DeclaredCursor(session, StoredRows.Take(result.Schema!, session.Engine.MemoryTables, rows => rows.TakeAll(result)), declare.Scroll != false);
        _open[name] = cursor;

        // It goes with its transaction, unless it is WITH HOLD; outside of one it stays until it is closed.
        session.Transaction?.Undo(() => Close(name, cursor));
        if (!declare.Hold)
        {
            session.Transaction?.AtCommit(() => Close(name, cursor));
        }

        return StatementResult.Done("DECLARE CURSOR");
    }

    public StatementResult Fetch(Ast.FetchStatement fetch, CancellationToken cancellationToken)
    {
        var cursor = Find(fetch.Cursor);
        return !cursor.IsActive
            ? cursor.Fetch(fetch, cancellationToken)
            : throw new QueryException(ErrorCodes.ObjectNotInPrerequisiteState, $"portal \"{fetch.Cursor.Value}\" cannot be run", fetch.Cursor.Span, "It is what runs.");
    }

    /// <summary>The columns of the rows that FETCH gives; null for MOVE.</summary>
    public Schema? Describe(Ast.FetchStatement fetch, CancellationToken cancellationToken) => fetch.Move ? null : Find(fetch.Cursor).Describe(cancellationToken);

    public StatementResult Close(Ast.CloseStatement close)
    {
        if (close.Cursor is null)
        {
            CloseAll();
            return StatementResult.Done("CLOSE CURSOR ALL");
        }

        if (Find(close.Cursor).IsActive)
        {
            throw new QueryException(ErrorCodes.InvalidCursorState, $"cannot drop active portal \"{close.Cursor.Value}\"", close.Cursor.Span);
        }

        Close(close.Cursor.Value);
        return StatementResult.Done("CLOSE CURSOR");
    }

    /// <summary>The cursor of that name; null when there is none.</summary>
    public ICursor? Find(string name) => _open.GetValueOrDefault(name);

    /// <exception cref="QueryException">42P03: there is one of that name. The one without name is replaced by the next.</exception>
    public void RefuseTaken(string name, SourceSpan? span)
    {
        if (name.Length > 0 && _open.ContainsKey(name))
        {
            throw new QueryException(ErrorCodes.DuplicateCursor, $"cursor \"{name}\" already exists", span, "CLOSE it first.");
        }
    }

    /// <summary>Opens one under a name that is not taken.</summary>
    public void Open(string name, ICursor cursor)
    {
        Close(name);
        _open[name] = cursor;
    }

    public void Close(string name)
    {
        if (_open.Remove(name, out var cursor))
        {
            cursor.Dispose();
        }
    }

    /// <summary>Closes all of a kind but the one that does it.</summary>
    public void CloseAll<TCursor>()
        where TCursor : ICursor => _open.Where(pair => pair.Value is TCursor { IsActive: false }).Select(pair => pair.Key).ToList().ForEach(Close);

    public void CloseAll() => CloseAll<ICursor>();

    internal static QueryException OnlyForward(SourceSpan span) =>
        new(ErrorCodes.ObjectNotInPrerequisiteState, "cursor can only scan forward", span, "Declare it with SCROLL option to enable backward scan.");

    /// <summary>Closes a cursor if it is still the one of that name.</summary>
    private void Close(string name, DeclaredCursor cursor)
    {
        if (ReferenceEquals(Find(name), cursor))
        {
            Close(name);
        }
    }

    private ICursor Find(Ast.Identifier name) => Find(name.Value)
        ?? throw new QueryException(ErrorCodes.InvalidCursorName, $"cursor \"{name.Value}\" does not exist", name.Span, NearNames.Hint(name.Value, All.Select(cursor => cursor.Name)));
}
