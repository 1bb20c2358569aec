using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Memory;

namespace Engine.Exec.Operators.Limit;

/// <summary>The rows of a source from <paramref name="offset"/> on, at most <paramref name="count"/> of them.</summary>
internal sealed class SlicedSource(IBatchSource source, long offset, long? count, MemoryPool pool) : IBatchSource
{
    private readonly LimitState _limit = new(offset, count);
    private bool _wantsMore = true;

    public Batch? Next(CancellationToken cancellationToken)
    {
        while (_wantsMore && source.Next(cancellationToken) is { } batch)
        {
            var (start, length, wantsMore) = _limit.Take(batch.RowCount);
            _wantsMore = wantsMore;
            if (length == batch.RowCount)
            {
                return batch;
            }

            using (batch)
            {
                if (length > 0)
                {
                    return batch.Slice(start, length, pool);
                }
            }
        }

        return null;
    }

    public void Dispose() => source.Dispose();
}
