using System.Globalization;
using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Pipelines;
using Engine.Planner.Physical;
using Engine.Server.Copy;

namespace Engine.Server.Sessions;

/// <summary>What a statement gives: rows to be read, or only word that it was done.</summary>
public sealed class StatementResult : IDisposable
{
    private readonly string _command;
    private readonly QueryExecution? _execution;
    private readonly Action? _release;
    private readonly PlanNode? _plan;
    private StatementRecord? _record;
    private Action<Exception?>? _ended;
    private Action? _abandoned;

    private StatementResult(string command, QueryExecution? execution, Action? release, PlanNode? plan = null)
    {
        _plan = plan;
        _command = command;
        _execution = execution;
        _release = release;
    }

    /// <summary>SELECT, SET, COPY 1234 ...</summary>
    public string Tag => RowCount is { } rows ? string.Create(CultureInfo.InvariantCulture, $"{_command} {rows}") : _command;

    /// <summary>Rows that a command has written, or given so far for others to write; null where the rows are the answer.</summary>
    public long? RowCount { get; private set; }

    /// <summary>How the rows are to be written, whatever form is usual: COPY TO STDOUT says it. Null where it does not matter.</summary>
    public CopyFormat? Format { get; private init; }

    /// <summary>The columns of the rows, or null when there are none to read.</summary>
    public Schema? Schema => _execution?.Schema;

    /// <summary>Bytes and rows read from files so far, by all scans together.</summary>
    public (long Rows, long Bytes) Progress => _execution is null
        ? default
        : (_execution.Context.Scans.Values.Sum(scan => scan.RowsRead), _execution.Context.Scans.Values.Sum(scan => scan.BytesRead));

    /// <summary>Bytes that all scans together have to read or rule out, as far as they know by now; 0 where that is not known.</summary>
    public long BytesInScope => _execution?.Context.Scans.Values.Sum(scan => scan.BytesInScope) ?? 0;

    /// <summary>The plan with what each step has done so far, as EXPLAIN ANALYZE shows it; null for what has none.</summary>
    public IReadOnlyList<string>? Plan => _plan is null ? null : PlanFigures.Lines(_plan, _execution!.Context);

    /// <summary>Gives the names of objects that are shown by name.</summary>
    public ICatalogObjects? Objects => _execution?.Context.Session.Facts.Objects;

    /// <summary>The zone in which the session that asked shows instants.</summary>
    public TimeZoneInfo TimeZone => _execution?.Context.Session.TimeZone ?? TimeZoneInfo.Utc;

    /// <summary>What the text of its values depends on.</summary>
    public TextContext TextContext => new(TimeZone, Objects);

    internal QueryContext? Context => _execution?.Context;

    /// <summary>Somebody has cancelled the statement.</summary>
    internal CancellationToken CancellationToken => _record?.CancellationToken ?? CancellationToken.None;

    /// <summary>What of the files did not fit.</summary>
    public RowErrorLog? RowErrors { get; private init; }

    /// <summary>What it says beside.</summary>
    public IReadOnlyList<Notice> Notices { get; internal set; } = [];

    /// <summary>The most native memory that the query held at once.</summary>
    public long PeakMemoryBytes => _execution?.Context.Pool.PeakBytes ?? 0;

    public static StatementResult Done(string tag) => new(tag, null, null);

    /// <summary>A command that has written rows elsewhere.</summary>
    internal static StatementResult Wrote(string command, long rowCount, RowErrorLog? rowErrors) => new(command, null, null) { RowCount = rowCount, RowErrors = rowErrors };

    /// <param name="command">What ran.</param>
    /// <param name="plan">What it runs by.</param>
    /// <param name="execution">Gives the rows.</param>
    /// <param name="release">When they were read.</param>
    /// <param name="format">See <see cref="Format"/>.</param>
    internal static StatementResult Rows(string command, PlanNode plan, QueryExecution execution, Action release, CopyFormat? format) =>
        new(command, execution, release, plan) { RowErrors = execution.Context.RowErrors, Format = format, RowCount = format is null ? null : 0 };

    /// <summary>The next batch, which the caller disposes; null at the end.</summary>
    public Batch? Next()
    {
        try
        {
            // Not only when the batches are at their end that were there before.
            CancellationToken.ThrowIfCancellationRequested();
            return Counted(_execution?.Next());
        }
        catch (Exception failure)
        {
            _ended?.Invoke(failure);
            throw;
        }
    }

    /// <summary>As <see cref="Next"/>, without a thread that waits.</summary>
    public async ValueTask<Batch?> NextAsync()
    {
        try
        {
            CancellationToken.ThrowIfCancellationRequested();
            return Counted(_execution is null ? null : await _execution.NextAsync().ConfigureAwait(false));
        }
        catch (Exception failure)
        {
            _ended?.Invoke(failure);
            throw;
        }
    }

    private Batch? Counted(Batch? batch)
    {
        RowCount += batch?.SelectedCount ?? 0;
        _record?.AddOutput(batch?.SelectedCount ?? 0);
        if (batch is null)
        {
            _ended?.Invoke(null);
        }

        return batch;
    }

    public void Dispose()
    {
        // Who stops reading has what was wanted.
        _ended?.Invoke(null);
        _execution?.Dispose();
        _release?.Invoke();
    }

    /// <summary>Ends it as cancelled, for whoever reads it does not come to learn that. Its session is not touched: another thread may do it while nobody reads.</summary>
    internal void Abandon()
    {
        _abandoned?.Invoke();
        Dispose();
    }

    /// <summary>Keeps a record of it.</summary>
    /// <param name="record">Follows it.</param>
    /// <param name="ended">Called when it has ended, with what went wrong; it may be called again.</param>
    /// <param name="abandoned">Called when it was cancelled and is given up, by any thread.</param>
    internal StatementResult Watched(StatementRecord record, Action<Exception?> ended, Action abandoned)
    {
        if (Schema is null)
        {
            record.AddOutput(RowCount ?? 0);
            ended(null);
        }
        else
        {
            (_record, _ended, _abandoned) = (record, ended, abandoned);
            record.Follow(this);
        }

        return this;
    }
}
