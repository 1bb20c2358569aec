using System.Collections.Concurrent;
using System.Globalization;

namespace Engine.Server.Sessions;

/// <summary>The statements that run in an engine, and the last ones that ran.</summary>
public sealed class StatementLog
{
    /// <summary>How many statements that have ended are kept.</summary>
    public const int Capacity = 1000;

    private const int MaxTextLength = 4000;

    private readonly ConcurrentDictionary<string, StatementRecord> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<StatementRecord> _ended = new();
    private long _lastNumber;

    /// <summary>A statement has ended, and is told what became of it. Called by whoever ended it, who waits.</summary>
    public event Action<StatementRecord>? Ended;

    /// <summary>All of them, the oldest first.</summary>
    public IReadOnlyList<StatementRecord> All => [.. _ended.Concat(_running.Values).DistinctBy(record => record.Id).OrderBy(record => record.Id, StringComparer.Ordinal)];

    public StatementRecord? Find(string id) => _running.GetValueOrDefault(id) ?? _ended.FirstOrDefault(record => record.Id == id);

    /// <param name="user">Whose it is.</param>
    /// <param name="operation">What it does, in a word or two.</param>
    /// <param name="text">What it says.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal StatementRecord Start(string user, string operation, string text, CancellationToken cancellationToken)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyyMMdd_HHmmss}_{Interlocked.Increment(ref _lastNumber):00000}");
        var record = new StatementRecord(id, user, operation, text.Length > MaxTextLength ? text[..MaxTextLength] + "..." : text, cancellationToken);
        _running[id] = record;
        return record;
    }

    internal void End(StatementRecord record, Exception? failure)
    {
        if (!_running.TryRemove(record.Id, out _))
        {
            return;
        }

        record.End(failure);
        _ended.Enqueue(record);
        while (_ended.Count > Capacity)
        {
            _ended.TryDequeue(out _);
        }

        Ended?.Invoke(record);
    }
}
