using System.Collections.Immutable;
using System.Diagnostics;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner.Logical;
using Engine.Planner.Statistics;

namespace Engine.Planner.Physical;

/// <summary>Chooses a physical step for every logical one, and turns column ids into positions.</summary>
public sealed class PhysicalPlanner
{
    private int _nextId;

    public static PlanNode Plan(LogicalNode plan) => new PhysicalPlanner().Build(plan);

    private PlanNode Build(LogicalNode node) => Translate(node) with { EstimatedRows = RowEstimate.Of(node), Id = _nextId++ };

    private PlanNode Translate(LogicalNode node)
    {
        var output = SchemaOf(node.Output);
        switch (node)
        {
            case LogicalScan scan:
                return new ScanNode(scan.Source, scan.SourceColumns, scan.Constraints, scan.Limit, output) { Conditions = scan.Conditions };
            case LogicalValues values:
                return new ValuesNode(values.Rows, output);
            case LogicalFilter filter:
                return new FilterNode(Build(filter.Input), Bind(filter.Predicate, filter.Input.Output));
            case LogicalProject project:
                return Project(Build(project.Input), Bind(project.Expressions, project.Input.Output), output);
            case LogicalAggregate aggregate:
                return Aggregate(aggregate, output);
            case LogicalExpand expand:
                return new ExpandNode(Build(expand.Input), Bind(expand.Expressions, expand.Input.Output), expand.Sets, output);
            case LogicalWindow window:
                var places = Places(window.Input.Output);
                return new WindowPlanner(Build(window.Input), expression => Bind(expression, places)).Plan(window, output, node => node with { Id = _nextId++ });
            case LogicalJoin join:
                return Join(join, output);
            case LogicalSort sort:
                return new SortNode(Build(sort.Input), Sort(sort.Keys, sort.Input.Output));
            case LogicalTopN top:
                return new TopNNode(Build(top.Input), Sort(top.Keys, top.Input.Output), top.Offset, top.Count);
            case LogicalLimit limit:
                return new LimitNode(Build(limit.Input), limit.Offset, limit.Count);
            case LogicalSetOperation { Operator: SetOperator.Union } union:
                return Union(union, output);
            case LogicalSetOperation operation:
                return new SetOperationNode(operation.Operator, operation.IsAll, Build(operation.Left), Build(operation.Right), output);
            case LogicalSingleRow single:
                return new SingleRowNode(Build(single.Input));
            case LogicalUnnest unnest:
                return new UnnestNode(
                    Build(unnest.Input), Bind(unnest.Arrays, unnest.Input.Output), unnest.Ordinality is not null, unnest.KeepsEmpty, output);
            case LogicalWith with:
                return new WithNode([.. with.Definitions.Select(definition => new SharedPlanDefinition(definition.Id, definition.Name, Build(definition.Plan)))], Build(with.Body));
            case LogicalSharedScan shared:
                return new SharedScanNode(shared.Id, shared.Name, shared.Places, output);
            case LogicalRecursion recursion:
                return new RecursionNode(recursion.Id, recursion.Name, recursion.IsAll, Build(recursion.Base), Build(recursion.Step), output);
            default:
                throw new UnreachableException(node.GetType().Name);
        }
    }

    /// <summary>A projection that hands its input through as it is would be work for nothing.</summary>
    private static PlanNode Project(PlanNode input, ImmutableArray<Expression> values, Schema output)
    {
        var isIdentity = values.Length == input.Output.Count
            && values.Index().All(value => value.Item is ColumnReference column && column.Column == value.Index && output[value.Index] == input.Output[value.Index]);
        return isIdentity ? input : new ProjectNode(input, values, output);
    }

    private AggregateNode Aggregate(LogicalAggregate aggregate, Schema output)
    {
        var columns = aggregate.Input.Output;
        return new AggregateNode(
            Build(aggregate.Input),
            Bind(aggregate.Keys.Select(key => key.Value), columns),
            [.. aggregate.Aggregations.Select(aggregation => new AggregateSpecification(
                aggregation.Call.Function,
                Bind(aggregation.Call.Arguments, columns),
                aggregation.Call.Type,
                aggregation.Call.IsDistinct,
                aggregation.Call.Filter is { } filter ? Bind(filter, columns) : null,
                Sort(aggregation.Call.OrderBy, columns)))],
            output)
        {
            EmptyGroups = aggregate.EmptyGroups,
        };
    }

    private PlanNode Join(LogicalJoin join, Schema output)
    {
        ImmutableArray<LogicalColumn> both = [.. join.Left.Output, .. join.Right.Output];
        var residual = join.Residual is null ? null : Bind(join.Residual, both);
        var left = Build(join.Left);
        var right = Build(join.Right);
        return join.Keys.IsEmpty
            ? new NestedLoopJoinNode(join.Type, left, right, residual, output)
            : new HashJoinNode(
                join.Type,
                left,
                right,
                Bind(join.Keys.Select(key => key.Left), join.Left.Output),
                Bind(join.Keys.Select(key => key.Right), join.Right.Output),
                residual,
                output)
            {
                MatchesNull = join.Keys.Any(key => key.MatchesNull) ? [.. join.Keys.Select(key => key.MatchesNull)] : [],
            };
    }

    /// <summary>UNION is UNION ALL and a grouping by all columns.</summary>
    private PlanNode Union(LogicalSetOperation union, Schema output)
    {
        var all = new UnionNode(Build(union.Left), Build(union.Right), output);
        return union.IsAll
            ? all
            : new AggregateNode(
                all with { Id = _nextId++, EstimatedRows = RowEstimate.Of(union) },
                [.. output.Select((field, i) => (Expression)new ColumnReference(i, field.Name, field.Type))],
                [],
                output);
    }

    private static Schema SchemaOf(ImmutableArray<LogicalColumn> columns) => new([.. columns.Select(column => new Field(column.Name, column.Type) { Form = column.Form })]);

    private static ImmutableArray<SortSpecification> Sort(ImmutableArray<SortKey> keys, ImmutableArray<LogicalColumn> columns) =>
        [.. keys.Select(key => new SortSpecification(Bind(key.Value, columns), key.IsDescending, key.NullsFirst))];

    private static ImmutableArray<Expression> Bind(IEnumerable<Expression> expressions, ImmutableArray<LogicalColumn> columns)
    {
        var places = Places(columns);
        return [.. expressions.Select(expression => Bind(expression, places))];
    }

    private static Expression Bind(Expression expression, ImmutableArray<LogicalColumn> columns) => Bind(expression, Places(columns));

    private static Expression Bind(Expression expression, Dictionary<int, int> places) =>
        expression.Rewrite(part => part is ColumnReference column ? column with { Column = places[column.Column] } : part);

    private static Dictionary<int, int> Places(ImmutableArray<LogicalColumn> columns)
    {
        var places = new Dictionary<int, int>();
        for (var i = 0; i < columns.Length; i++)
        {
            places.TryAdd(columns[i].Id, i);
        }

        return places;
    }
}
