using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Types;
using Engine.Exec.Pipelines;

namespace Engine.Exec.Operators.Join;

/// <summary>After the probe of a RIGHT or FULL join: the build rows that nobody matched.</summary>
internal sealed class UnmatchedSource(JoinTable table, ImmutableArray<DataType> leftTypes, QueryContext execution) : IBatchSource
{
    private int _next;

    public Batch? Next(CancellationToken cancellationToken)
    {
        using var rows = new RowIndexes(execution.Options.BatchRowCount, execution.Pool);
        _next = table.FindUnmatched(_next, rows.Span, out var count);
        return count == 0 ? null : JoinOutput.Unmatched(rows.Span[..count], leftTypes, table.Columns, execution.Pool);
    }

    public void Dispose()
    {
    }
}
