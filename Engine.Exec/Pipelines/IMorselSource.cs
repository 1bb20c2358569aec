using Engine.Core.Connectors;

namespace Engine.Exec.Pipelines;

/// <summary>The input of a pipeline in pieces, shared by its drivers.</summary>
internal interface IMorselSource
{
    /// <summary>The pieces, as far as known; 1 keeps a pipeline on one thread.</summary>
    int MorselCount { get; }

    /// <summary>The next piece, or null when all are handed out. Called by many threads.</summary>
    IBatchSource? TryTake(CancellationToken cancellationToken);
}

/// <summary>A source of pieces that are opened one by one.</summary>
internal sealed class MorselList(int count, Func<int, IBatchSource> open) : IMorselSource
{
    private int _next = -1;

    public int MorselCount => count;

    public IBatchSource? TryTake(CancellationToken cancellationToken)
    {
        var piece = Interlocked.Increment(ref _next);
        return piece < count ? open(piece) : null;
    }
}
