using System.Diagnostics.Metrics;
using Engine.Server.PgWire;
using Engine.Server.Sessions;

namespace Engine.Server.Telemetry;

/// <summary>What the server counts and measures (docs/reference/server.md lists it). None of it is by user or by statement: there may be any number of those.</summary>
public sealed class ServerMetrics : IDisposable
{
    /// <summary>What the meter is called, for who listens to it.</summary>
    public const string MeterName = "QueryEngine";

    /// <summary>Bounds of the buckets of durations, in seconds.</summary>
    private static readonly double[] DurationBounds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 1800];

    private readonly Meter _meter = new(MeterName, ServerVersion.Own);
    private readonly EmbeddedEngine _engine;
    private readonly Counter<long> _statements;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _outputRows;
    private readonly Counter<long> _inputRows;
    private readonly Counter<long> _inputBytes;

    /// <param name="engine">Its statements are counted until this is disposed.</param>
    /// <param name="server">The endpoint of the clients.</param>
    public ServerMetrics(EmbeddedEngine engine, PgServer server)
    {
        _engine = engine;
        _statements = _meter.CreateCounter<long>("qe.statements", unit: null, "Statements that have ended, by how.");
        _duration = _meter.CreateHistogram(
            "qe.statement.duration", "s", "Time of statements from their arrival to their end, with the reading of their rows.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = DurationBounds });
        _outputRows = _meter.CreateCounter<long>("qe.output.rows", unit: null, "Rows given to clients, or written.");
        _inputRows = _meter.CreateCounter<long>("qe.input.rows", unit: null, "Rows read by scans.");
        _inputBytes = _meter.CreateCounter<long>("qe.input.bytes", "By", "Bytes read by scans.");
        _meter.CreateObservableGauge("qe.statements.running", () => engine.Admission.Counts.Running, unit: null, "Statements that run.");
        _meter.CreateObservableGauge("qe.statements.queued", () => engine.Admission.Counts.Waiting, unit: null, "Statements that wait for their turn.");
        _meter.CreateObservableGauge("qe.statements.limit", () => engine.Options.MaxStatements, unit: null, "Statements that may run at once.");
        _meter.CreateObservableGauge("qe.sessions", Sessions, unit: null, "Sessions of clients, by what they do.");
        _meter.CreateObservableGauge("qe.sessions.limit", () => server.Options.MaxSessions, unit: null, "Sessions that there may be.");
        _meter.CreateObservableGauge("qe.connections", () => server.ConnectionCount, unit: null, "Connections, with those that have not logged in.");
        _meter.CreateObservableCounter("qe.connections.refused", () => Refused(server), unit: null, "Connections that were refused or ended with an error, by SQLSTATE.");
        _meter.CreateObservableGauge("qe.memory.used", () => engine.Memory.ReservedBytes, "By", "Native memory of queries and of tables in memory.");
        _meter.CreateObservableGauge("qe.memory.peak", () => engine.Memory.PeakBytes, "By", "The most of it that was ever out at once.");
        _meter.CreateObservableGauge("qe.memory.limit", () => engine.Options.MemoryLimitBytes, "By", "What it may come to.");
        engine.Statements.Ended += Count;
    }

    /// <summary>The meter of this server; another one in the process has its own.</summary>
    internal Meter Meter => _meter;

    public void Dispose()
    {
        _engine.Statements.Ended -= Count;
        _meter.Dispose();
    }

    private void Count(StatementRecord record)
    {
        var state = KeyValuePair.Create("state", (object?)record.State.ToString().ToLowerInvariant());
        _statements.Add(1, state);
        _duration.Record(record.Elapsed.TotalSeconds, state);
        _outputRows.Add(record.OutputRows);
        _inputRows.Add(record.Input.Rows);
        _inputBytes.Add(record.Input.Bytes);
    }

    private IEnumerable<Measurement<int>> Sessions()
    {
        var sessions = _engine.Sessions.All;
        return Enum.GetValues<ClientState>().Select(state => new Measurement<int>(sessions.Count(session => session.State == state), KeyValuePair.Create("state", (object?)ClientStateNames.NameOf(state))));
    }

    private static IEnumerable<Measurement<long>> Refused(PgServer server) =>
        server.Refusals.Select(refusal => new Measurement<long>(refusal.Value, KeyValuePair.Create("sqlstate", (object?)refusal.Key)));
}
