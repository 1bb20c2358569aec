using Engine.Core.Columns;
using Engine.Server.Sessions;
using Engine.Server.Tables;

namespace Engine.Server.PgWire.Statements;

/// <summary>
/// The rows of a statement from the first to the last, as Execute messages and FETCH take them in turn. A statement that is cancelled gives up its rows, its
/// memory and its turn: by who reads them, or where nobody does, by itself.
/// </summary>
internal sealed class ResultRows : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenRegistration _cancelled;
    private Batch? _batch;
    private bool _isRead = true;
    private bool _isGivenUp;

    /// <param name="result">What gives them. Somebody reads it, until <see cref="Rest"/>.</param>
    public ResultRows(StatementResult result)
    {
        Result = result;

        // Who cancels does not wait for the query's threads.
        _cancelled = result.CancellationToken.UnsafeRegister(rows => _ = Task.Run(((ResultRows)rows!).GiveUpUnlessRead), this);
    }

    public StatementResult Result { get; }

    /// <summary>Where the next row is, when <see cref="FindAsync"/> has found one; without a selection.</summary>
    public Batch Batch => _batch!;

    /// <summary>The next row's place in <see cref="Batch"/>.</summary>
    public int Row { get; private set; }

    /// <summary>How many rows of <see cref="Batch"/> are still to come.</summary>
    public int Left => _batch is null ? 0 : _batch.RowCount - Row;

    /// <summary>How many rows were taken.</summary>
    public long Position { get; private set; }

    /// <summary>Whether more rows were wanted than there are.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Whether there is a next row.</summary>
    public async ValueTask<bool> FindAsync()
    {
        while (Left == 0 && !IsAtEnd)
        {
            Put(await Result.NextAsync().ConfigureAwait(false));
        }

        return !IsAtEnd;
    }

    /// <summary>The rows in <see cref="Batch"/> are taken.</summary>
    public void Pass(int count)
    {
        Row += count;
        Position += count;
    }

    /// <summary>Takes so many rows, or as many as there are, and waits for them.</summary>
    /// <param name="count">How many.</param>
    /// <param name="rows">Where they are kept; null when nobody wants them.</param>
    /// <returns>How many there were.</returns>
    public long Take(long count, WrittenRows? rows)
    {
        var taken = 0L;
        while (taken < count && Find())
        {
            var part = (int)Math.Min(Left, count - taken);
            rows?.Take(Batch.Slice(Row, part, Result.Context!.Pool));
            Pass(part);
            taken += part;
        }

        return taken;
    }

    /// <summary>Nobody reads for now.</summary>
    public void Rest()
    {
        lock (_lock)
        {
            _isRead = false;
        }

        if (Result.CancellationToken.IsCancellationRequested)
        {
            GiveUpUnlessRead();
        }
    }

    /// <summary>Somebody reads on.</summary>
    /// <exception cref="OperationCanceledException">The statement was cancelled, and its rows have been given up.</exception>
    public void Resume()
    {
        lock (_lock)
        {
            _isRead = !_isGivenUp ? true : throw new OperationCanceledException("the statement was cancelled between two reads");
        }
    }

    /// <summary>Gives up what the statement holds: it was cancelled, and who reads it has to wait for something else.</summary>
    public void GiveUp()
    {
        lock (_lock)
        {
            End(Result.Abandon);
        }
    }

    public void Dispose()
    {
        _cancelled.Dispose();
        lock (_lock)
        {
            End(Result.Dispose);
        }
    }

    private void GiveUpUnlessRead()
    {
        lock (_lock)
        {
            if (!_isRead)
            {
                End(Result.Abandon);
            }
        }
    }

    private void End(Action end)
    {
        if (!_isGivenUp)
        {
            _isGivenUp = true;
            _batch?.Dispose();
            _batch = null;
            end();
        }
    }

    private bool Find()
    {
        while (Left == 0 && !IsAtEnd)
        {
            Put(Result.Next());
        }

        return !IsAtEnd;
    }

    private void Put(Batch? batch)
    {
        _batch?.Dispose();
        (_batch, Row, IsAtEnd) = (batch, 0, batch is null);
    }
}
