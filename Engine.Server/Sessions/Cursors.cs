using System.Collections.Immutable;
using Engine.Catalog.Memory;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Types;
using Engine.Planner;
using Engine.Planner.Binding;
using Engine.Planner.Logical;
using Engine.Server.Tables;
using Ast = Engine.Parser.Ast;

namespace Engine.Server.Sessions;

/// <summary>
/// DECLARE, FETCH, MOVE and CLOSE. A cursor's query runs when it is declared and its rows are kept in memory: one that waited half-way for its reader
/// would hold threads that other statements need.
/// </summary>
internal sealed class Cursors(Session session)
{
    private readonly Dictionary<string, Cursor> _open = new(StringComparer.Ordinal);

    private IMemoryTables Tables => session.Engine.MemoryTables;

    public IEnumerable<(string Name, bool IsScrollable)> All => [.. _open.Select(pair => (pair.Key, pair.Value.IsScrollable))];

    public StatementResult Declare(Ast.DeclareCursorStatement declare, ImmutableArray<Core.Expressions.Literal> parameters, CancellationToken cancellationToken)
    {
        var name = declare.Name.Value;
        if (_open.ContainsKey(name))
        {
            throw new QueryException(ErrorCodes.DuplicateCursor, $"cursor \"{name}\" already exists", declare.Name.Span, "CLOSE it first.");
        }

        using var result = session.Run("DECLARE CURSOR", session.Plan(declare.Query, cancellationToken, parameters), cancellationToken);
        var columns = result.Schema!.Select((field, i) => new TableColumn($"column{i + 1}", field.Type)).ToImmutableArray();
        using var rows = new WrittenRows(new MemoryTable(name, columns, [], Table: 0), Tables);
        rows.TakeAll(result);
        var table = Tables.Create(result.Schema!);
        Tables.Append(table, rows.Release());
        var cursor = new Cursor(table, result.Schema!, rows.Count, declare.Scroll != false);
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
        var (first, count, isBackward) = cursor.Move(fetch);
        if (fetch.Move)
        {
            return StatementResult.Wrote("MOVE", count, rowErrors: null);
        }

        return session.Run("FETCH", session.Plan(context => Rows(cursor, first, count, isBackward, context), cancellationToken), cancellationToken);
    }

    /// <summary>The columns of the rows that FETCH gives; null for MOVE.</summary>
    public Schema? Describe(Ast.FetchStatement fetch) => fetch.Move ? null : Find(fetch.Cursor).Columns;

    /// <summary>The columns of the rows of a cursor; null when there is none of that name.</summary>
    public Schema? Describe(string name) => _open.GetValueOrDefault(name)?.Columns;

    public StatementResult Close(Ast.CloseStatement close)
    {
        if (close.Cursor is null)
        {
            CloseAll();
            return StatementResult.Done("CLOSE CURSOR ALL");
        }

        Find(close.Cursor);
        Close(close.Cursor.Value);
        return StatementResult.Done("CLOSE CURSOR");
    }

    public void CloseAll() => _open.Keys.ToList().ForEach(Close);

    private void Close(string name)
    {
        if (_open.Remove(name, out var cursor))
        {
            Tables.Drop(cursor.Table);
        }
    }

    /// <summary>Closes a cursor if it is still the one of that name.</summary>
    private void Close(string name, Cursor cursor)
    {
        if (ReferenceEquals(_open.GetValueOrDefault(name), cursor))
        {
            Close(name);
        }
    }

    private Cursor Find(Ast.Identifier name) => _open.GetValueOrDefault(name.Value)
        ?? throw new QueryException(ErrorCodes.InvalidCursorName, $"cursor \"{name.Value}\" does not exist", name.Span, NearNames.Hint(name.Value, _open.Keys));

    /// <summary>So many rows from a place on, in their order or the other way round.</summary>
    private LogicalProject Rows(Cursor cursor, long first, long count, bool isBackward, BindingContext context)
    {
        // Opened as a table it has the place of each row behind its own columns.
        var source = Tables.Open("cursor", cursor.Columns, cursor.Table);
        ImmutableArray<LogicalColumn> columns = [.. source.Schema.Select(field => context.NewColumn(field.Name, field.Type))];
        LogicalNode rows = new LogicalLimit(new LogicalScan(source, columns, [.. Enumerable.Range(0, columns.Length)], [], Limit: null), first, count);
        if (isBackward)
        {
            rows = new LogicalSort(rows, [new SortKey(columns[^1].Reference(), IsDescending: true, NullsFirst: false)]);
        }

        return new LogicalProject(rows, [.. columns[..^1].Select(Projection.Keep)]);
    }

    /// <summary>An open cursor. It stands on a row, counted from 1, before the first or behind the last.</summary>
    private sealed class Cursor(long table, Schema columns, long rowCount, bool isScrollable)
    {
        private long _position;

        public long Table => table;

        public bool IsScrollable => isScrollable;

        /// <summary>What it shows.</summary>
        public Schema Columns => columns;

        /// <summary>Moves it as FETCH says; gives the rows that it passes, the first counted from 0.</summary>
        public (long First, long Count, bool IsBackward) Move(Ast.FetchStatement fetch)
        {
            switch (fetch.Direction)
            {
                case Ast.FetchDirection.Absolute:
                    return Jump(fetch.Count!.Value >= 0 ? fetch.Count.Value : rowCount + 1 + fetch.Count.Value, fetch);
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
            return target >= 1 && target <= rowCount ? (target - 1, 1, false) : (0, 0, false);
        }

        private (long First, long Count, bool IsBackward) Pass(Int128 steps, Ast.FetchStatement fetch)
        {
            RefuseBackward(steps < 0, fetch);
            var before = _position;
            _position = Clamp(before + steps);
            return steps > 0
                ? (before, Math.Min(_position, rowCount) - Math.Min(before, rowCount), false)
                : (Math.Max(_position, 1) - 1, Math.Max(before, 1) - Math.Max(_position, 1), true);
        }

        private long Clamp(Int128 place) => (long)Int128.Clamp(place, 0, (Int128)rowCount + 1);

        private void RefuseBackward(bool isBackward, Ast.FetchStatement fetch)
        {
            if (isBackward && !isScrollable)
            {
                throw new QueryException(ErrorCodes.ObjectNotInPrerequisiteState, "cursor can only scan forward", fetch.Span, "Declare it with SCROLL option to enable backward scan.");
            }
        }
    }
}
