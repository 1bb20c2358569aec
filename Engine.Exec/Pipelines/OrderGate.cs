using System.Runtime.InteropServices;
using Engine.Core.Columns;

namespace Engine.Exec.Pipelines;

/// <summary>
/// Lets the rows of a parallel pipeline through as a single thread would give them: piece by piece, in the order of the input. The driver of the
/// first piece not yet through, the head, passes its batches straight on; the others hold theirs, up to a bound, and wait beyond it. Whoever ends
/// the head passes on what was held for the pieces behind it. Pipelines that share a gate run one after another.
/// </summary>
internal sealed class OrderGate : IDisposable
{
    /// <summary>What may be held, for each driver, before those that are not the head wait: more than a piece of a text file comes to.</summary>
    private const long MaxHeldBytes = 32L << 20;

    private readonly object _lock = new();
    private readonly Dictionary<int, List<Batch>> _ended = [];
    private int _head;
    private long _heldBytes;
    private volatile bool _isClosed;

    /// <summary>The sink of one driver; behind it, batches come in order and from one thread at a time.</summary>
    public IBatchSink CreateSink(DriverContext driver, IBatchSink next)
    {
        if (driver.Run.DriverCount == 1)
        {
            return next;
        }

        lock (_lock)
        {
            // The first driver of a pipeline comes here before any of its pieces begins.
            _head = Math.Max(_head, driver.Run.FirstMorsel);
        }

        return new Sink(this, driver, next);
    }

    public void Dispose()
    {
        foreach (var batch in _ended.Values.SelectMany(batches => batches))
        {
            batch.Dispose();
        }

        _ended.Clear();
    }

    private sealed class Sink(OrderGate gate, DriverContext driver, IBatchSink next) : IBatchSink
    {
        private readonly List<Batch> _held = [];
        private int _morsel;
        private bool _isHead;

        public void BeginMorsel(int morsel)
        {
            _morsel = morsel;
            _isHead = false;
        }

        public bool Push(Batch batch)
        {
            if (_isHead || TryBecomeHead())
            {
                return PassOn(batch);
            }

            var rows = batch.Compact(driver.Pool);
            _held.Add(rows);
            var held = Interlocked.Add(ref gate._heldBytes, ColumnSize.Of(rows));
            var isTooMuch = held > MaxHeldBytes * driver.Run.DriverCount || driver.Pool.IsTight(held);
            return isTooMuch ? WaitForHead() : !gate._isClosed;
        }

        public void EndMorsel()
        {
            if (!_isHead && !TryBecomeHead() && TryLeave())
            {
                return;
            }

            PassOnHeld();
            next.EndMorsel();
            while (gate.TakeNext(out var morsel) is { } batches)
            {
                next.BeginMorsel(morsel);
                PassOn(batches);
                next.EndMorsel();
            }
        }

        public void Complete() => next.Complete();

        public void Dispose()
        {
            _held.ForEach(batch => batch.Dispose());
            next.Dispose();
        }

        private bool TryBecomeHead()
        {
            lock (gate._lock)
            {
                if (gate._head != _morsel)
                {
                    return false;
                }
            }

            _isHead = true;
            next.BeginMorsel(_morsel);
            return true;
        }

        /// <returns>Whether more rows are wanted.</returns>
        private bool WaitForHead()
        {
            using var waiting = WorkerPool.Wait();
            lock (gate._lock)
            {
                while (gate._head != _morsel)
                {
                    if (gate._isClosed)
                    {
                        return false;
                    }

                    driver.Run.CancellationToken.ThrowIfCancellationRequested();
                    Monitor.Wait(gate._lock, 50);
                }
            }

            return TryBecomeHead() && PassOnHeld();
        }

        /// <summary>Leaves what is held for whoever ends the piece before; false when that one has just ended.</summary>
        private bool TryLeave()
        {
            lock (gate._lock)
            {
                if (gate._head != _morsel)
                {
                    gate._ended.Add(_morsel, [.. _held]);
                    _held.Clear();
                    return true;
                }
            }

            return !TryBecomeHead();
        }

        private bool PassOn(Batch batch)
        {
            if (!PassOnHeld())
            {
                batch.Dispose();
                return false;
            }

            return next.Push(batch) || gate.Close();
        }

        private bool PassOnHeld()
        {
            if (_held.Count == 0)
            {
                return !gate._isClosed;
            }

            List<Batch> held = [.. _held];
            _held.Clear();
            return PassOn(held);
        }

        /// <summary>Pushes batches on until no more are wanted, and disposes the rest.</summary>
        private bool PassOn(List<Batch> batches)
        {
            var wantsMore = !gate._isClosed;
            var passed = 0;
            try
            {
                while (wantsMore && passed < batches.Count)
                {
                    Interlocked.Add(ref gate._heldBytes, -ColumnSize.Of(batches[passed]));
                    wantsMore = next.Push(batches[passed++]) || gate.Close();
                }
            }
            finally
            {
                foreach (var batch in CollectionsMarshal.AsSpan(batches)[passed..])
                {
                    batch.Dispose();
                }
            }

            return wantsMore;
        }
    }

    /// <returns>False, as a sink says it.</returns>
    private bool Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            Monitor.PulseAll(_lock);
        }

        return false;
    }

    /// <summary>Makes the next piece the head; what was held for it if it has ended, null if it is still on its way.</summary>
    private List<Batch>? TakeNext(out int morsel)
    {
        lock (_lock)
        {
            morsel = ++_head;
            Monitor.PulseAll(_lock);
            return _ended.Remove(morsel, out var batches) ? batches : null;
        }
    }
}
