using System.Diagnostics;
using Engine.Core.Errors;
using Engine.Server.Telemetry;

namespace Engine.Server.Sessions;

/// <summary>How far a statement is.</summary>
public enum StatementState : byte
{
    Running,

    /// <summary>Waits for its turn.</summary>
    Queued,
    Finished,
    Failed,
    Canceled,
}

/// <summary>A statement that runs or ran, with what it came to. Others read it while it runs.</summary>
public sealed class StatementRecord
{
    /// <summary>Of a shorter statement the plan is not kept: to write it down would take a good part of that.</summary>
    private static readonly TimeSpan KeptPlanTime = TimeSpan.FromMilliseconds(5);

    private readonly CancellationTokenSource _stop;
    private readonly Activity? _trace;
    private readonly long _start = Stopwatch.GetTimestamp();
    private StatementResult? _result;
    private long _outputRows;
    private (long Rows, long Bytes) _input;
    private long _peakMemoryBytes;
    private long _bytesInScope;
    private IReadOnlyList<string>? _plan;
    private TimeSpan _elapsed;
    private Action? _leave;

    internal StatementRecord(string id, string user, string operation, string text, CancellationToken cancellationToken)
    {
        Id = id;
        User = user;
        Operation = operation;
        Text = text;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        CancellationToken = _stop.Token;
        _trace = StatementTrace.Start(this);
    }

    /// <summary>When it came and a number: <c>20250730_081523_00042</c>.</summary>
    public string Id { get; }

    public string User { get; }

    /// <summary>What it does: SELECT, INSERT, CREATE TABLE.</summary>
    public string Operation { get; }

    /// <summary>The statement as the parser understood it; the beginning of a long one.</summary>
    public string Text { get; }

    public StatementState State { get; private set; }

    /// <summary>Whether there is nothing more to come of it.</summary>
    public bool IsOver => State is not (StatementState.Running or StatementState.Queued);

    /// <summary>In UTC.</summary>
    public DateTime StartedAt { get; } = DateTime.UtcNow;

    /// <summary>In UTC; null while it runs.</summary>
    public DateTime? EndedAt => !IsOver ? null : StartedAt + _elapsed;

    public TimeSpan Elapsed => !IsOver ? Stopwatch.GetElapsedTime(_start) : _elapsed;

    /// <summary>How long it waited for its turn.</summary>
    public TimeSpan QueueTime { get; private set; }

    /// <summary>Rows given to the reader, or written.</summary>
    public long OutputRows => Interlocked.Read(ref _outputRows);

    /// <summary>Rows and bytes that its scans have read.</summary>
    public (long Rows, long Bytes) Input => _result?.Progress ?? _input;

    /// <summary>Bytes that its scans have to read or rule out, as far as they know by now; 0 where that is not known.</summary>
    public long BytesInScope => _result?.BytesInScope ?? _bytesInScope;

    /// <summary>Its plan with what each step has done so far; null for what has none, and for what took no time.</summary>
    public IReadOnlyList<string>? Plan => _result?.Plan ?? _plan;

    /// <summary>The most native memory that it held at once.</summary>
    public long PeakMemoryBytes => _result?.PeakMemoryBytes ?? _peakMemoryBytes;

    /// <summary>Why it failed.</summary>
    public QueryException? Error { get; private set; }

    /// <summary>Ends the statement: when its caller asks for it, or anybody calls <see cref="Cancel"/>.</summary>
    internal CancellationToken CancellationToken { get; }

    /// <summary>Asks the statement to end; false when it has already.</summary>
    public bool Cancel()
    {
        try
        {
            _stop.Cancel();
            return !IsOver;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>It has to wait for its turn.</summary>
    internal void Queue() => State = StatementState.Queued;

    /// <summary>It is its turn.</summary>
    /// <param name="leave">Called when that is over.</param>
    internal void Run(Action leave)
    {
        QueueTime = State == StatementState.Queued ? Stopwatch.GetElapsedTime(_start) : TimeSpan.Zero;
        State = StatementState.Running;
        _leave = leave;
    }

    /// <summary>Its plan runs, and can be asked how far it is.</summary>
    internal void Follow(StatementResult result) => _result = result;

    internal void AddOutput(long rows) => Interlocked.Add(ref _outputRows, rows);

    internal void End(Exception? failure)
    {
        _elapsed = Stopwatch.GetElapsedTime(_start);
        _input = _result?.Progress ?? default;
        _peakMemoryBytes = _result?.PeakMemoryBytes ?? 0;
        _bytesInScope = _result?.BytesInScope ?? 0;
        _plan = _elapsed >= KeptPlanTime ? _result?.Plan : null;
        _result = null;
        Error = failure switch
        {
            null or OperationCanceledException => null,
            QueryException error => error,
            _ => new QueryException(ErrorCodes.InternalError, failure.Message),
        };
        State = failure switch
        {
            null => StatementState.Finished,
            OperationCanceledException or QueryException { Code.SqlState: "57014" } => StatementState.Canceled,
            _ => StatementState.Failed,
        };
        _stop.Dispose();
        StatementTrace.End(_trace, this);
        _leave?.Invoke();
    }
}
