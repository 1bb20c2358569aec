using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Types;
using Engine.Exec.Pipelines;

namespace Engine.Server.Sessions;

/// <summary>What a statement gives: rows to be read, or only word that it was done.</summary>
public sealed class StatementResult : IDisposable
{
    private readonly QueryExecution? _execution;
    private readonly Action? _release;

    private StatementResult(string tag, QueryExecution? execution, Action? release)
    {
        Tag = tag;
        _execution = execution;
        _release = release;
    }

    /// <summary>SELECT, SET ...</summary>
    public string Tag { get; }

    /// <summary>The columns of the rows, or null when there are none to read.</summary>
    public Schema? Schema => _execution?.Schema;

    /// <summary>Bytes and rows read from files so far, by all scans together.</summary>
    public (long Rows, long Bytes) Progress => _execution is null
        ? default
        : (_execution.Context.Scans.Values.Sum(scan => scan.RowsRead), _execution.Context.Scans.Values.Sum(scan => scan.BytesRead));

    internal QueryContext? Context => _execution?.Context;

    /// <summary>What of the files did not fit.</summary>
    public RowErrorLog? RowErrors => _execution?.Context.RowErrors;

    /// <summary>The most native memory that the query held at once.</summary>
    public long PeakMemoryBytes => _execution?.Context.Pool.PeakBytes ?? 0;

    public static StatementResult Done(string tag) => new(tag, null, null);

    internal static StatementResult Rows(string tag, QueryExecution execution, Action release) => new(tag, execution, release);

    /// <summary>The next batch, which the caller disposes; null at the end.</summary>
    public Batch? Next() => _execution?.Next();

    public void Dispose()
    {
        _execution?.Dispose();
        _release?.Invoke();
    }
}
