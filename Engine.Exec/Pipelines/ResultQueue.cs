using Engine.Core.Columns;
using Engine.Core.Errors;

namespace Engine.Exec.Pipelines;

/// <summary>Hands batches from the query's threads to its reader; holds few of them, so that a slow reader slows the query down.</summary>
internal sealed class ResultQueue : IDisposable
{
    private const int MaxBatches = 16;

    private readonly Queue<Batch> _batches = [];
    private readonly object _gate = new();
    private Exception? _failure;
    private bool _isComplete;
    private bool _isClosed;

    /// <summary>False when the reader has gone.</summary>
    public bool Add(Batch batch, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            while (_batches.Count >= MaxBatches && !_isClosed)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Monitor.Wait(_gate, 50);
            }

            if (_isClosed)
            {
                batch.Dispose();
                return false;
            }

            _batches.Enqueue(batch);
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>No batch comes any more; a failure is raised at the reader behind those that are there.</summary>
    public void Complete(Exception? failure)
    {
        lock (_gate)
        {
            _failure = failure;
            _isComplete = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>The next batch, which the caller disposes; null at the end.</summary>
    public Batch? Take()
    {
        lock (_gate)
        {
            while (_batches.Count == 0 && !_isComplete)
            {
                Monitor.Wait(_gate);
            }

            if (_batches.TryDequeue(out var batch))
            {
                Monitor.PulseAll(_gate);
                return batch;
            }

            return _failure switch
            {
                null => null,
                QueryException or OperationCanceledException => throw _failure,
                _ => throw new QueryException(ErrorCodes.InternalError, $"internal error: {_failure.Message}", cause: _failure),
            };
        }
    }

    /// <summary>The reader takes no more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            while (_batches.TryDequeue(out var batch))
            {
                batch.Dispose();
            }

            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>The sink of one driver.</summary>
    public IBatchSink CreateSink(Core.Memory.MemoryPool pool, CancellationToken cancellationToken) => new Sink(this, pool, cancellationToken);

    private sealed class Sink(ResultQueue queue, Core.Memory.MemoryPool pool, CancellationToken cancellationToken) : IBatchSink
    {
        public void BeginMorsel(int morsel)
        {
        }

        public bool Push(Batch batch) => queue.Add(batch.Compact(pool), cancellationToken);

        public void EndMorsel()
        {
        }

        public void Complete()
        {
        }

        public void Dispose()
        {
        }
    }
}
