using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Exec.Pipelines;

namespace Engine.Exec.Operators.Limit;

/// <summary>How many rows a LIMIT has let go by, over all drivers.</summary>
internal sealed class LimitState(long offset, long? count)
{
    private readonly Lock _lock = new();
    private long _skip = offset;
    private long _left = count ?? long.MaxValue;

    /// <summary>The part of the next rows that goes through, and whether any more will.</summary>
    public (int Start, int Length, bool WantsMore) Take(int rowCount)
    {
        lock (_lock)
        {
            var start = (int)Math.Min(_skip, rowCount);
            _skip -= start;
            var length = (int)Math.Min(_left, rowCount - start);
            _left -= length;
            return (start, length, _left > 0);
        }
    }
}

/// <summary>Leaves rows out at the start and ends the pipeline after enough of them.</summary>
internal sealed class LimitOperator(LimitState state, MemoryPool pool, IBatchSink next) : Operator(next)
{
    public override bool Push(Batch batch)
    {
        batch = batch.Compact(pool);
        var (start, length, wantsMore) = state.Take(batch.RowCount);
        if (length == batch.RowCount)
        {
            return Next.Push(batch) && wantsMore;
        }

        using (batch)
        {
            return (length == 0 || Next.Push(batch.Slice(start, length, pool))) && wantsMore;
        }
    }
}
