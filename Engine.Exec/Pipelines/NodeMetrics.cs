using System.Diagnostics;
using Engine.Core.Columns;

namespace Engine.Exec.Pipelines;

/// <summary>Rows that a plan node has given, and the time spent on them by the steps after it.</summary>
public sealed class NodeMetrics
{
    private long _rows;
    private long _downstreamTicks;
    private long _sourceTicks;
    private long _spilledBytes;

    public long Rows => Interlocked.Read(ref _rows);

    /// <summary>Summed over all drivers.</summary>
    public TimeSpan DownstreamTime => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _downstreamTicks));

    /// <summary>Time spent producing the rows, for nodes that begin a pipeline.</summary>
    public TimeSpan SourceTime => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _sourceTicks));

    public void Add(long rows, long downstreamTicks)
    {
        Interlocked.Add(ref _rows, rows);
        Interlocked.Add(ref _downstreamTicks, downstreamTicks);
    }

    /// <summary>Bytes that it has put on disk because memory was tight.</summary>
    public long SpilledBytes => Interlocked.Read(ref _spilledBytes);

    public void AddSpilled(long bytes) => Interlocked.Add(ref _spilledBytes, bytes);

    public void AddSource(long ticks) => Interlocked.Add(ref _sourceTicks, ticks);
}

/// <summary>Stands behind a plan node's operator, counts what it gives, and ends it when the query is cancelled.</summary>
internal sealed class MeteredSink(IBatchSink next, NodeMetrics metrics, CancellationToken cancellationToken) : IBatchSink
{
    public void BeginMorsel(int morsel) => next.BeginMorsel(morsel);

    public bool Push(Batch batch)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            batch.Dispose();
            throw new OperationCanceledException(cancellationToken);
        }

        var rows = batch.SelectedCount;
        var start = Stopwatch.GetTimestamp();
        var wantsMore = next.Push(batch);
        metrics.Add(rows, Stopwatch.GetTimestamp() - start);
        return wantsMore;
    }

    public void EndMorsel() => Timed(next.EndMorsel);

    public void Complete() => Timed(next.Complete);

    public void Dispose() => next.Dispose();

    private void Timed(Action step)
    {
        var start = Stopwatch.GetTimestamp();
        step();
        metrics.Add(0, Stopwatch.GetTimestamp() - start);
    }
}
