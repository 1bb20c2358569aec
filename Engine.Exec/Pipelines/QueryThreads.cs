namespace Engine.Exec.Pipelines;

/// <summary>
/// The threads that queries run on, one each, with stacks deep enough for deep plans. A thread that is done waits a while for the next query: starting one
/// takes longer than a small query.
/// </summary>
internal sealed class QueryThreads : IDisposable
{
    private const int StackBytes = 16 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();

    /// <summary>Those that wait; the last that came is the first to go, so that the others end in quiet times.</summary>
    private readonly List<Seat> _idle = [];
    private bool _isClosed;

    /// <summary>Runs the work, which must not throw, beside the calling thread.</summary>
    public void Start(Action work)
    {
        lock (_lock)
        {
            if (_idle.Count > 0)
            {
                var seat = _idle[^1];
                _idle.RemoveAt(_idle.Count - 1);
                seat.Give(work);
                return;
            }
        }

        new Thread(() => Run(new Seat(), work), StackBytes) { IsBackground = true, Name = "query" }.Start();
    }

    /// <summary>Ends the threads that wait; those that run end when their work does.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            _idle.ForEach(seat => seat.Give(null));
            _idle.Clear();
        }
    }

    private void Run(Seat seat, Action? work)
    {
        while (work is not null)
        {
            work();
            work = IsWelcome(seat) ? seat.Wait(Patience) ?? GiveUp(seat) : null;
        }
    }

    private bool IsWelcome(Seat seat)
    {
        lock (_lock)
        {
            if (!_isClosed)
            {
                _idle.Add(seat);
            }

            return !_isClosed;
        }
    }

    /// <summary>Leaves, or takes the work that came at the last moment.</summary>
    private Action? GiveUp(Seat seat)
    {
        lock (_lock)
        {
            return _idle.Remove(seat) ? null : seat.Wait(TimeSpan.Zero);
        }
    }

    /// <summary>Where one thread waits.</summary>
    private sealed class Seat
    {
        private readonly object _gate = new();
        private Action? _work;
        private bool _isGiven;

        /// <param name="work">Null to end.</param>
        public void Give(Action? work)
        {
            lock (_gate)
            {
                (_work, _isGiven) = (work, true);
                Monitor.Pulse(_gate);
            }
        }

        /// <summary>What was given; null to end, or when nothing came in time.</summary>
        public Action? Wait(TimeSpan patience)
        {
            lock (_gate)
            {
                if (!_isGiven && patience > TimeSpan.Zero)
                {
                    Monitor.Wait(_gate, patience);
                }

                var work = _work;
                (_work, _isGiven) = (null, false);
                return work;
            }
        }
    }
}
