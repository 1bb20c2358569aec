using System.Collections.Immutable;
using Engine.Core.Connectors;

namespace Engine.Exec.Pipelines;

/// <summary>The input of a pipeline in pieces, shared by its drivers.</summary>
internal interface IMorselSource
{
    /// <summary>How many pieces there are; 1 keeps a pipeline on one thread.</summary>
    int MorselCount { get; }

    /// <summary>The next piece, or null when all are handed out. Called by many threads.</summary>
    Morsel? TryTake(CancellationToken cancellationToken);
}

/// <summary>A piece of a pipeline's input.</summary>
/// <param name="Index">Its place among the pieces, from 0.</param>
/// <param name="Rows">Opened; who takes the piece disposes them.</param>
internal sealed record Morsel(int Index, IBatchSource Rows);

/// <summary>A source of pieces that are opened one by one.</summary>
internal sealed class MorselList(int count, Func<int, IBatchSource> open) : IMorselSource
{
    private int _next = -1;

    public int MorselCount => count;

    public Morsel? TryTake(CancellationToken cancellationToken)
    {
        var piece = Interlocked.Increment(ref _next);
        return piece < count ? new Morsel(piece, open(piece)) : null;
    }
}

/// <summary>The pieces of several sources, one source after another.</summary>
internal sealed class MorselSequence(ImmutableArray<IMorselSource> sources) : IMorselSource
{
    private readonly Lock _lock = new();
    private int _source;
    private int _next;

    public int MorselCount => sources.Sum(source => source.MorselCount);

    public Morsel? TryTake(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            for (; _source < sources.Length; _source++)
            {
                if (sources[_source].TryTake(cancellationToken) is { } morsel)
                {
                    return morsel with { Index = _next++ };
                }
            }

            return null;
        }
    }
}
