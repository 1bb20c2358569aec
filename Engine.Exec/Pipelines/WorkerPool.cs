namespace Engine.Exec.Pipelines;

/// <summary>
/// The engine's compute threads: dedicated ones, because the shared thread pool grows and shrinks by rules made for waiting work, not for
/// computing. As many run at once as the pool has; for one that waits, such as for a slow reader, another one steps in.
/// </summary>
public sealed class WorkerPool(int threadCount) : IDisposable
{
    /// <summary>The pool that the thread works for, if it is a worker.</summary>
    [ThreadStatic]
    private static WorkerPool? _current;

    private readonly object _lock = new();
    private readonly Queue<Action> _work = [];
    private int _threads;
    private int _idle;
    private int _waiting;
    private bool _isClosed;

    public int ThreadCount => threadCount;

    /// <summary>The threads that the queries themselves run on; of the pool's they take parts of the work.</summary>
    internal QueryThreads Queries { get; } = new();

    private bool IsFull => _threads - _waiting >= threadCount;

    private bool IsOverfull => _threads - _waiting > threadCount;

    /// <summary>Runs the work so many times at once and returns when all are done. The calling thread takes one part.</summary>
    public void RunAll(int count, Action work)
    {
        if (count == 1)
        {
            work();
            return;
        }

        using var done = new CountdownEvent(count);
        lock (_lock)
        {
            for (var i = 1; i < count; i++)
            {
                _work.Enqueue(Part);
                FindWorker();
            }
        }

        Part();
        done.Wait();

        void Part()
        {
            try
            {
                work();
            }
            finally
            {
                done.Signal();
            }
        }
    }

    /// <summary>Says that the calling thread waits for somebody else, until the result is disposed: others may compute meanwhile.</summary>
    public static Waiting Wait() => new(_current);

    /// <summary>Returns when all threads have ended; no work may be left.</summary>
    public void Dispose()
    {
        Queries.Dispose();
        lock (_lock)
        {
            _isClosed = true;
            Monitor.PulseAll(_lock);
            while (_threads > 0)
            {
                Monitor.Wait(_lock);
            }
        }
    }

    /// <summary>Wakes a thread for the work that was added, or starts one. Called under the lock.</summary>
    private void FindWorker()
    {
        if (_work.Count > _idle && !IsFull)
        {
            _threads++;
            new Thread(Work, maxStackSize: 16 << 20) { IsBackground = true, Name = "engine worker" }.Start();
        }

        Monitor.PulseAll(_lock);
    }

    private void Work()
    {
        _current = this;
        while (Next() is { } part)
        {
            part();
        }
    }

    /// <summary>The next part of some work; null when the thread is to end.</summary>
    private Action? Next()
    {
        lock (_lock)
        {
            while (_work.Count == 0 && !_isClosed && !IsOverfull)
            {
                _idle++;
                Monitor.Wait(_lock);
                _idle--;
            }

            if (_work.Count > 0 && !IsOverfull)
            {
                return _work.Dequeue();
            }

            _threads--;
            Monitor.PulseAll(_lock);
            return null;
        }
    }

    /// <summary>A thread's time of waiting.</summary>
    public readonly struct Waiting : IDisposable
    {
        private readonly WorkerPool? _pool;

        internal Waiting(WorkerPool? pool)
        {
            _pool = pool;
            if (pool is not null)
            {
                lock (pool._lock)
                {
                    pool._waiting++;
                    pool.FindWorker();
                }
            }
        }

        public void Dispose()
        {
            if (_pool is not null)
            {
                lock (_pool._lock)
                {
                    _pool._waiting--;
                }
            }
        }
    }
}
