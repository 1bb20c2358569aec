using System.Collections.Concurrent;
using Engine.Core.Connectors;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Exec.Expressions;
using Engine.Exec.Spill;

namespace Engine.Exec.Pipelines;

/// <summary>What one running query shares among its threads.</summary>
public sealed class QueryContext(
    MemoryPool pool,
    IFunctionCatalog functions,
    SessionContext session,
    IReadOnlyList<ITableConnector> connectors,
    SpillFolder spill,
    ExecutionOptions options)
{
    /// <summary>Fewer bytes are not worth a file.</summary>
    private const long MinSpillBytes = 1 << 20;

    public MemoryPool Pool { get; } = pool;

    public IFunctionCatalog Functions { get; } = functions;

    public ExpressionCompiler Compiler { get; } = new(functions);

    public EvaluationContext Evaluation { get; } = new(pool, session);

    public SessionContext Session { get; } = session;

    public IReadOnlyList<ITableConnector> Connectors { get; } = connectors;

    /// <summary>Where the breaker of a plan node puts what does not fit into memory.</summary>
    internal SpillArea SpillArea(int nodeId) => new(spill, Pool, MetricsOf(nodeId));

    /// <summary>What a step has done so far.</summary>
    internal NodeMetrics MetricsOf(int nodeId) => Nodes.GetOrAdd(nodeId, _ => new NodeMetrics());

    public ExecutionOptions Options { get; } = options;

    /// <summary>Values of files that did not fit, for the warnings after the query.</summary>
    public RowErrorLog RowErrors { get; } = new();

    /// <summary>What scans have read so far, by plan node.</summary>
    public ConcurrentDictionary<int, ScanMetrics> Scans { get; } = new();

    /// <summary>What scans were asked, by plan node: the filters that their figures speak of.</summary>
    public ConcurrentDictionary<int, ScanRequest> ScanRequests { get; } = new();

    /// <summary>What steps have done so far, by plan node.</summary>
    public ConcurrentDictionary<int, NodeMetrics> Nodes { get; } = new();

    /// <summary>
    /// Whether a breaker that holds so many bytes should put them on disk: when it helps, and memory would be tight if it held as much again, as
    /// tables and buffers double when they grow.
    /// </summary>
    public bool ShouldSpill(long heldBytes) => Options.SpillsAlways || (heldBytes >= MinSpillBytes && Pool.IsTight(heldBytes));

    public ITableConnector ConnectorFor(TableSource source) =>
        Connectors.FirstOrDefault(connector => connector.Reads(source))
        ?? throw new System.Diagnostics.UnreachableException($"no connector reads {source.GetType().Name}");
}

/// <summary>Settings of one execution, each with its bound.</summary>
/// <param name="Threads">Drivers a pipeline may have; at least 1.</param>
/// <param name="BatchRowCount">Rows that sources aim at; at least 1.</param>
/// <param name="SpillsAlways">Whether breakers spill as soon as they can, not only when memory is tight; for tests.</param>
public sealed record ExecutionOptions(int Threads, int BatchRowCount, bool SpillsAlways = false);
