using Engine.Core.Errors;

namespace Engine.Server.PgWire;

/// <summary>Ends the statement that runs: when the client asks for it, when its time is over, or when the client has gone. Safe for concurrent use.</summary>
internal sealed class StatementClock : IDisposable
{
    private readonly Lock _lock = new();
    private CancellationTokenSource? _running;
    private long _end;

    /// <summary>Begins a statement.</summary>
    /// <param name="timeout">Its time; zero for no end.</param>
    public CancellationToken Start(TimeSpan timeout)
    {
        lock (_lock)
        {
            _running?.Dispose();
            _running = new CancellationTokenSource();
            _end = timeout > TimeSpan.Zero ? Environment.TickCount64 + (long)timeout.TotalMilliseconds : long.MaxValue;
            if (timeout > TimeSpan.Zero)
            {
                _running.CancelAfter(timeout);
            }

            return _running.Token;
        }
    }

    /// <summary>The statement is over.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _running?.Dispose();
            _running = null;
        }
    }

    /// <summary>Asks the statement that runs to end; false when none does.</summary>
    public bool Cancel()
    {
        lock (_lock)
        {
            // What the statement then does is not the caller's to wait for.
            _ = _running?.CancelAsync();
            return _running is not null;
        }
    }

    /// <summary>Why a statement ended before its end.</summary>
    public QueryException Reason()
    {
        lock (_lock)
        {
            return new QueryException(ErrorCodes.QueryCanceled, $"canceling statement due to {(Environment.TickCount64 >= _end ? "statement timeout" : "user request")}");
        }
    }

    public void Dispose() => Stop();
}
