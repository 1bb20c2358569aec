using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Server.Sessions;
using Ast = Engine.Parser.Ast;

namespace Engine.Server.PgWire.Statements;

/// <summary>A statement with the values of its parameters, and its rows as far as they were taken. To SQL it is a cursor that goes forward alone.</summary>
/// <param name="session">Whose it is.</param>
/// <param name="prepared">The statement.</param>
/// <param name="arguments">Values of <c>$1</c> and on.</param>
/// <param name="formats">How the client wants the columns, see <see cref="RowSender"/>.</param>
internal sealed class Portal(Session session, PreparedStatement prepared, ImmutableArray<Literal> arguments, ImmutableArray<short> formats) : ICursor
{
    private readonly CancellationTokenSource _stop = new();

    public PreparedStatement Prepared => prepared;

    public ImmutableArray<short> Formats => formats;

    /// <summary>Its rows; null while it was not started.</summary>
    public ResultRows? Rows { get; private set; }

    /// <summary>How they are sent.</summary>
    public ResultStream? Stream { get; set; }

    public bool IsScrollable => false;

    public bool IsActive { get; private set; }

    /// <summary>Something deals with it until the result is disposed. In between who cancels its statement takes its rows away.</summary>
    /// <exception cref="OperationCanceledException">Somebody has.</exception>
    public IDisposable Use()
    {
        Rows?.Resume();
        IsActive = true;
        return new Usage(this);
    }

    /// <summary>Starts its statement, if it was not started. It may begin under one message and go on under another.</summary>
    public async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        using var link = Link(cancellationToken);
        Rows ??= new ResultRows(await session.ExecuteAsync(prepared.Statement!, arguments, _stop.Token).ConfigureAwait(false));
    }

    /// <summary>Lets what ends the statement that runs end this one too, until the result is disposed.</summary>
    public CancellationTokenRegistration Link(CancellationToken cancellationToken) => cancellationToken.UnsafeRegister(_ => _stop.Cancel(), state: null);

    public Schema? Describe(CancellationToken cancellationToken) => new StatementDescriber(session).Describe(prepared, cancellationToken).Columns;

    /// <summary>Takes the rows at once: what follows may go on with the portal before it has read them all.</summary>
    public StatementResult Fetch(Ast.FetchStatement fetch, CancellationToken cancellationToken)
    {
        if (Rows is not { Result: { Schema: { } columns, Format: null } } rows)
        {
            throw new QueryException(ErrorCodes.ObjectNotInPrerequisiteState, $"portal \"{fetch.Cursor.Value}\" gives no rows", fetch.Cursor.Span);
        }

        using var use = Use();
        using var link = Link(cancellationToken);
        var (passed, taken) = Way(fetch, rows);
        rows.Take(passed, rows: null);
        if (fetch.Move)
        {
            return StatementResult.Wrote("MOVE", taken == 0 && IsOnRow(rows) ? 1 : rows.Take(taken, rows: null), rowErrors: null);
        }

        var stored = StoredRows.Take(columns, session.Engine.MemoryTables, written => rows.Take(taken, written));
        try
        {
            var plan = session.Plan(context => stored.Read(first: 0, stored.Count, isBackward: false, context), cancellationToken);
            return session.Run("FETCH", plan, cancellationToken, afterwards: stored.Dispose);
        }
        catch
        {
            stored.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Rows?.Dispose();
        _stop.Dispose();
    }

    private static bool IsOnRow(ResultRows rows) => rows is { Position: > 0, IsAtEnd: false };

    /// <summary>How many rows FETCH passes over, and how many it takes behind them. The row that it stands on is behind it: only MOVE can stay there.</summary>
    private static (long Passed, long Taken) Way(Ast.FetchStatement fetch, ResultRows rows) => (fetch.Direction, fetch.Count ?? long.MaxValue) switch
    {
        (Ast.FetchDirection.Forward, > 0 and var count) => (0, count),
        (Ast.FetchDirection.Relative, > 0 and var count) => (count - 1, 1),
        (Ast.FetchDirection.Absolute, var place) when place > rows.Position => (place - 1 - rows.Position, 1),
        (not Ast.FetchDirection.Absolute, 0) when fetch.Move || !IsOnRow(rows) => (0, 0),
        _ => throw Cursors.OnlyForward(fetch.Span),
    };

    private sealed class Usage(Portal portal) : IDisposable
    {
        public void Dispose()
        {
            portal.IsActive = false;
            portal.Rows?.Rest();
        }
    }
}
