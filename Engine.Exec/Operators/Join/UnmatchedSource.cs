using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Types;
using Engine.Exec.Pipelines;

namespace Engine.Exec.Operators.Join;

/// <summary>After the probe of a RIGHT or FULL join: the build rows that nobody matched.</summary>
internal sealed class UnmatchedSource(BuildSide build, ImmutableArray<DataType> leftTypes, QueryContext execution) : IBatchSource
{
    private readonly int[] _rows = build.UnmatchedRows();
    private int _next;

    public Batch? Next(CancellationToken cancellationToken)
    {
        var length = Math.Min(execution.Options.BatchRowCount, _rows.Length - _next);
        if (length <= 0)
        {
            return null;
        }

        var batch = JoinOutput.Unmatched(_rows.AsSpan(_next, length), leftTypes, build.Columns, execution.Pool);
        _next += length;
        return batch;
    }

    public void Dispose()
    {
    }
}
