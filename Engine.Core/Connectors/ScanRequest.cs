using System.Collections.Immutable;
using Engine.Core.Memory;

namespace Engine.Core.Connectors;

/// <summary>What a scan asks of a table.</summary>
/// <param name="Projection">Indexes into the table's schema, in the order of the batches' columns; may be empty when only rows are counted.</param>
/// <param name="Constraints">Conditions over the table's schema that all rows of the answer meet.</param>
/// <param name="Limit">No more rows than this are needed, from all splits together; null for all.</param>
public sealed record ScanRequest(ImmutableArray<int> Projection, ImmutableArray<ColumnConstraint> Constraints, long? Limit = null)
{
    /// <summary>Conditions over the table's schema that the scan applies itself; only for sources that do.</summary>
    public ImmutableArray<RowCondition> Conditions { get; init; } = [];

    /// <summary>Bounds that become known while the query runs; only for sources that apply conditions.</summary>
    public ImmutableArray<IRuntimeConstraint> RuntimeConstraints { get; init; } = [];
}

/// <summary>What a running scan may use. Shared by all threads of the query.</summary>
public sealed record ScanContext(MemoryPool Pool, ScanMetrics Metrics, RowErrorLog RowErrors, int BatchRowCount);
