using Engine.Core.Errors;

namespace Engine.Server.PgWire;

/// <summary>Ends a connection from outside, with the reason that its client is told. Safe for concurrent use.</summary>
internal sealed class ConnectionLifetime
{
    // Neither has a timer or a handle, and both go with the connection: there is nothing to dispose.
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _endedWhenIdle;
    private QueryException? _reason;

    public ConnectionLifetime() => _endedWhenIdle = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);

    /// <summary>Whatever it does is to end.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>It is to end when it has nothing to do; also when it is to end at once.</summary>
    public CancellationToken EndedWhenIdle => _endedWhenIdle.Token;

    /// <summary>Why; null while it lives.</summary>
    public QueryException? Reason => Volatile.Read(ref _reason);

    public void End(QueryException reason) => End(_ended, reason);

    /// <summary>Lets the statement that runs come to its end.</summary>
    public void EndWhenIdle(QueryException reason) => End(_endedWhenIdle, reason);

    private void End(CancellationTokenSource source, QueryException reason)
    {
        Interlocked.CompareExchange(ref _reason, reason, null);

        // What the connection then does is not the caller's to wait for.
        _ = source.CancelAsync();
    }
}
