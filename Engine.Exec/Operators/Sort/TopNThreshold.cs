using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Exec.Operators.Scan;
using Engine.Exec.Pipelines;
using Engine.Planner.Logical;
using Engine.Planner.Physical;

namespace Engine.Exec.Operators.Sort;

/// <summary>
/// How far a TopN's rows can be from the front: the first sort key of the last row that any driver keeps once it has enough of them. The scan that the
/// key comes from leaves out what lies behind, or else the TopN itself before it makes keys; what equals it may still win by the other keys.
/// </summary>
internal sealed class TopNThreshold : IRuntimeConstraint
{
    private readonly Lock _lock = new();
    private readonly SortSpecification _key;
    private readonly QueryContext _execution;
    private volatile ColumnConstraint? _current;

    private TopNThreshold(SortSpecification key, int inputColumn, QueryContext execution)
    {
        _key = key;
        _execution = execution;
        InputColumn = inputColumn;
    }

    /// <summary>The place of the key among the columns that are sorted.</summary>
    public int InputColumn { get; }

    /// <summary>The scan that the key comes from and that applies the bound; null where there is none.</summary>
    public int? ScanId { get; private init; }

    public int Column { get; private init; }

    public bool KeepsNulls => _key.NullsFirst;

    public ColumnConstraint? Current => _current;

    /// <summary>The threshold of a TopN; null where its first key is no column, or of a type without bounds.</summary>
    public static TopNThreshold? Find(TopNNode top, QueryContext execution)
    {
        if (top.Count + top.Offset == 0 || top.Keys[0].Value is not ColumnReference key || !IsOrdered(key.Type))
        {
            return null;
        }

        var scan = FindScan(top.Input, key.Column);
        return new TopNThreshold(top.Keys[0], key.Column, execution) { ScanId = scan?.Id, Column = scan?.Column ?? 0 };
    }

    /// <summary>The scan that applies conditions and hands this column through as it is, and the column's place in its table.</summary>
    private static (int Id, int Column)? FindScan(PlanNode node, int column)
    {
        while (true)
        {
            switch (node)
            {
                case ScanNode { Source: FileTableSource { AppliesConditions: true } source } scan when scan.Projection[column] < source.FileSchema.Count:
                    return (scan.Id, scan.Projection[column]);
                case FilterNode filter:
                    node = filter.Input;
                    break;
                case ProjectNode project when project.Values[column] is ColumnReference value:
                    (node, column) = (project.Input, value.Column);
                    break;
                case HashJoinNode { Type: JoinType.Inner or JoinType.Left or JoinType.Semi or JoinType.Anti } join when column < join.Left.Output.Count:
                    node = join.Left;
                    break;
                default:
                    return null;
            }
        }
    }

    /// <summary>A driver has enough rows whose key is no further than this; NULL says nothing.</summary>
    public void Tighten(object? value)
    {
        if (value is null)
        {
            return;
        }

        lock (_lock)
        {
            var sign = _key.IsDescending ? -1 : 1;
            if (_current is null || LiteralValue.Compare(value, _current.Value!) * sign < 0)
            {
                _current = new ColumnConstraint(Column, _key.IsDescending ? ConstraintOperator.GreaterOrEqual : ConstraintOperator.LessOrEqual, value);
            }
        }
    }

    public IRowTest CreateTest() => new Test(this);

    /// <summary>Types whose managed values <see cref="LiteralValue.Compare"/> orders as sorting does.</summary>
    private static bool IsOrdered(DataType type) => type.Kind is TypeKind.TinyInt or TypeKind.SmallInt or TypeKind.Integer or TypeKind.BigInt or TypeKind.Decimal
        or TypeKind.Date or TypeKind.Time or TypeKind.TimeTz or TypeKind.Timestamp or TypeKind.TimestampTz or TypeKind.Real or TypeKind.Double or TypeKind.Varchar;

    private Expression ConditionFor(ColumnConstraint bound)
    {
        var column = new ColumnReference(0, "key", _key.Value.Type);
        var within = new Call(_key.IsDescending ? ">=" : "<=", [column, new Literal(bound.Value, _key.Value.Type)], DataType.Boolean);
        return KeepsNulls ? new Junction(IsAnd: false, [within, new IsNull(column, IsNegated: false)]) : within;
    }

    /// <summary>Tests by the bound that was last seen, and looks for a new one at each batch.</summary>
    private sealed class Test(TopNThreshold threshold) : IRowTest
    {
        private ColumnConstraint? _bound;
        private IRowTest? _test;

        public Selection Select(Batch columns)
        {
            if (threshold.Current is { } bound && !ReferenceEquals(bound, _bound))
            {
                _test?.Dispose();
                _test = ScanCondition.TestOf(threshold.ConditionFor(bound), threshold._execution);
                _bound = bound;
            }

            return _test?.Select(columns) ?? Selection.All(columns.RowCount, threshold._execution.Pool);
        }

        public void Dispose() => _test?.Dispose();
    }
}
