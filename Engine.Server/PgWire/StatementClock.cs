using Engine.Core.Errors;

namespace Engine.Server.PgWire;

/// <summary>Ends the statement that runs: when the client asks for it, when its time is over, or when the client has gone. Safe for concurrent use.</summary>
internal sealed class StatementClock : IDisposable
{
    private readonly Lock _lock = new();
    private CancellationTokenSource? _running;
    private bool _isAsked;
    private bool _isTimedOut;

    /// <summary>Begins a statement.</summary>
    /// <param name="timeout">Its time; zero for no end.</param>
    public CancellationToken Start(TimeSpan timeout)
    {
        lock (_lock)
        {
            _running?.Dispose();
            _running = new CancellationTokenSource();
            (_isAsked, _isTimedOut) = (false, false);
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
            // Whoever came first is the reason: the client may read of it much later.
            _isTimedOut = _running is { IsCancellationRequested: true } && !_isAsked;
            _running?.Dispose();
            _running = null;
        }
    }

    /// <summary>Asks the statement that runs to end; false when none does.</summary>
    public bool Cancel()
    {
        lock (_lock)
        {
            _isAsked |= _running is { IsCancellationRequested: false };

            // What the statement then does is not the caller's to wait for.
            _ = _running?.CancelAsync();
            return _running is not null;
        }
    }

    /// <summary>Why the statement that was stopped last had ended before its end.</summary>
    public QueryException Reason()
    {
        lock (_lock)
        {
            return new QueryException(ErrorCodes.QueryCanceled, $"canceling statement due to {(_isTimedOut ? "statement timeout" : "user request")}");
        }
    }

    public void Dispose() => Stop();
}
