using System.Collections.Concurrent;
using Engine.Core.Connectors;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Exec.Expressions;

namespace Engine.Exec.Pipelines;

/// <summary>What one running query shares among its threads.</summary>
public sealed class QueryContext(
    MemoryPool pool, IFunctionCatalog functions, SessionContext session, IReadOnlyList<ITableConnector> connectors, ExecutionOptions options)
{
    public MemoryPool Pool { get; } = pool;

    public IFunctionCatalog Functions { get; } = functions;

    public ExpressionCompiler Compiler { get; } = new(functions);

    public EvaluationContext Evaluation { get; } = new(pool, session);

    public SessionContext Session { get; } = session;

    public IReadOnlyList<ITableConnector> Connectors { get; } = connectors;

    public ExecutionOptions Options { get; } = options;

    /// <summary>Values of files that did not fit, for the warnings after the query.</summary>
    public RowErrorLog RowErrors { get; } = new();

    /// <summary>What scans have read so far, by plan node.</summary>
    public ConcurrentDictionary<int, ScanMetrics> Scans { get; } = new();

    /// <summary>What steps have done so far, by plan node.</summary>
    public ConcurrentDictionary<int, NodeMetrics> Nodes { get; } = new();

    public ITableConnector ConnectorFor(TableSource source) =>
        Connectors.FirstOrDefault(connector => connector.Reads(source))
        ?? throw new System.Diagnostics.UnreachableException($"no connector reads {source.GetType().Name}");
}

/// <summary>Settings of one execution, each with its bound.</summary>
/// <param name="Threads">Drivers a pipeline may have; at least 1.</param>
/// <param name="BatchRowCount">Rows that sources aim at; at least 1.</param>
public sealed record ExecutionOptions(int Threads, int BatchRowCount);
