using System.Globalization;
using Engine.Core.Errors;
using Engine.Core.Memory;
using Engine.Server.Security;

namespace Engine.Server.Admission;

/// <summary>
/// Lets so many statements run at once, of all users and of each; the others wait for their turn in the order in which they came, except that nobody waits
/// for a user who has no more turns. Safe for concurrent use.
/// </summary>
/// <param name="maxStatements">Statements at once, at least 1.</param>
/// <param name="patience">The longest wait.</param>
internal sealed class AdmissionQueue(int maxStatements, TimeSpan patience)
{
    /// <summary>A user that holds more than this part of its memory waits with its next statement until one of its own has ended.</summary>
    private const double FullPart = 0.9;

    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiting = [];
    private readonly Dictionary<string, int> _runningOf = new(StringComparer.Ordinal);
    private int _running;

    /// <summary>How many run, and how many wait.</summary>
    public (int Running, int Waiting) Counts
    {
        get
        {
            lock (_lock)
            {
                return (_running, _waiting.Count);
            }
        }
    }

    /// <summary>Completes when it is the statement's turn, which lasts until <see cref="Leave"/>.</summary>
    /// <param name="account">Whose it is.</param>
    /// <param name="memory">What its user's statements hold.</param>
    /// <param name="queued">Called if it has to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="QueryException">53400: it has waited too long.</exception>
    public async ValueTask EnterAsync(Account account, MemoryPool memory, Action queued, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(account, memory);
        lock (_lock)
        {
            if (MayRun(waiter))
            {
                Start(waiter);
                return;
            }

            _waiting.AddLast(waiter.Place);
        }

        queued();
        try
        {
            await waiter.Turn.Task.WaitAsync(patience, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is TimeoutException or OperationCanceledException)
        {
            GiveUp(waiter);
            throw failure is TimeoutException ? TooLong(account) : failure;
        }
    }

    /// <summary>A statement of the user has ended.</summary>
    public void Leave(Account account)
    {
        lock (_lock)
        {
            _running--;
            if (--_runningOf[account.Name] == 0)
            {
                _runningOf.Remove(account.Name);
            }

            for (var place = _waiting.First; place is not null && _running < maxStatements;)
            {
                var waiter = place.Value;
                place = place.Next;
                if (MayRun(waiter))
                {
                    _waiting.Remove(waiter.Place);
                    Start(waiter);
                    waiter.Turn.SetResult();
                }
            }
        }
    }

    private bool MayRun(Waiter waiter)
    {
        var own = _runningOf.GetValueOrDefault(waiter.Account.Name);
        var isFull = waiter.Account.MemoryLimitBytes is { } limit && waiter.Memory.ReservedBytes > limit * FullPart;
        return _running < maxStatements && !(own >= waiter.Account.MaxStatements) && (own == 0 || !isFull);
    }

    private void Start(Waiter waiter)
    {
        _running++;
        _runningOf[waiter.Account.Name] = _runningOf.GetValueOrDefault(waiter.Account.Name) + 1;
    }

    private void GiveUp(Waiter waiter)
    {
        lock (_lock)
        {
            if (!waiter.Turn.Task.IsCompleted)
            {
                _waiting.Remove(waiter.Place);
                return;
            }
        }

        // Its turn came while it gave up.
        Leave(waiter.Account);
    }

    private QueryException TooLong(Account account) => new(
        ErrorCodes.LimitExceeded,
        string.Create(CultureInfo.InvariantCulture, $"the statement waited {patience.TotalSeconds:0.###} s for its turn"),
        hint: account.MaxStatements is { } own
            ? string.Create(CultureInfo.InvariantCulture, $"User {account.Name} may run {own} statements at once, the server {maxStatements}. Statements whose rows are not read to the end run too.")
            : string.Create(CultureInfo.InvariantCulture, $"The server runs {maxStatements} statements at once. Statements whose rows are not read to the end run too."));

    private sealed class Waiter
    {
        public Waiter(Account account, MemoryPool memory)
        {
            (Account, Memory) = (account, memory);
            Place = new LinkedListNode<Waiter>(this);
        }

        public Account Account { get; }

        public MemoryPool Memory { get; }

        public LinkedListNode<Waiter> Place { get; }

        public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
