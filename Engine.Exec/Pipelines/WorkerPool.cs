using System.Collections.Concurrent;

namespace Engine.Exec.Pipelines;

/// <summary>
/// The engine's compute threads: dedicated ones, because the shared thread pool grows and shrinks by rules made for waiting work, not for
/// computing.
/// </summary>
public sealed class WorkerPool : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread[] _threads;

    public WorkerPool(int threadCount)
    {
        _threads = new Thread[threadCount];
        for (var i = 0; i < threadCount; i++)
        {
            _threads[i] = new Thread(Work, maxStackSize: 16 << 20) { IsBackground = true, Name = $"engine worker {i}" };
            _threads[i].Start();
        }
    }

    public int ThreadCount => _threads.Length;

    /// <summary>Runs the work so many times at once and returns when all are done. The calling thread takes one part.</summary>
    public void RunAll(int count, Action work)
    {
        if (count == 1)
        {
            work();
            return;
        }

        using var done = new CountdownEvent(count);
        for (var i = 1; i < count; i++)
        {
            _work.Add(Part);
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

    public void Dispose()
    {
        _work.CompleteAdding();
        foreach (var thread in _threads)
        {
            thread.Join();
        }

        _work.Dispose();
    }

    private void Work()
    {
        foreach (var part in _work.GetConsumingEnumerable())
        {
            part();
        }
    }
}
