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

    /// <summary>Completed when there is something to take; null while nobody waits for that.</summary>
    private TaskCompletionSource? _arrival;

    /// <summary>False when the reader has gone.</summary>
    public bool Add(Batch batch, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_batches.Count >= MaxBatches && !_isClosed)
            {
                WaitForReader(cancellationToken);
            }

            if (_isClosed || cancellationToken.IsCancellationRequested)
            {
                batch.Dispose();
                cancellationToken.ThrowIfCancellationRequested();
                return false;
            }

            _batches.Enqueue(batch);
            Signal();
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
            Signal();
        }
    }

    /// <summary>Returns when no batch comes any more.</summary>
    public void WaitForEnd()
    {
        lock (_gate)
        {
            while (!_isComplete)
            {
                Monitor.Wait(_gate);
            }
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

            return TakeFirst();
        }
    }

    /// <summary>As <see cref="Take"/>, without a thread that waits.</summary>
    public async ValueTask<Batch?> TakeAsync()
    {
        while (true)
        {
            Task arrival;
            lock (_gate)
            {
                if (_batches.Count > 0 || _isComplete)
                {
                    return TakeFirst();
                }

                _arrival ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                arrival = _arrival.Task;
            }

            await arrival.ConfigureAwait(false);
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

    private Batch? TakeFirst()
    {
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

    private void WaitForReader(CancellationToken cancellationToken)
    {
        using var waiting = WorkerPool.Wait();
        while (_batches.Count >= MaxBatches && !_isClosed && !cancellationToken.IsCancellationRequested)
        {
            Monitor.Wait(_gate, 50);
        }
    }

    private void Signal()
    {
        Monitor.PulseAll(_gate);
        _arrival?.TrySetResult();
        _arrival = null;
    }

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
