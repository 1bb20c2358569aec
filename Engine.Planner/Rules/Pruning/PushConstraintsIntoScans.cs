using System.Collections.Immutable;
using Engine.Core.Connectors;
using Engine.Core.Expressions;
using Engine.Planner.Logical;

namespace Engine.Planner.Rules.Pruning;

/// <summary>
/// Tells a scan what the filter right above it demands of single columns, so that it can skip files and pieces of them. The filter stays: skipping
/// is inexact.
/// </summary>
internal sealed class PushConstraintsIntoScans : IPlanRule
{
    public string Name => "push_constraints_into_scans";

    public LogicalNode Apply(LogicalNode plan, RuleContext context) => plan.RewriteUp(node =>
        node is LogicalFilter { Input: LogicalScan { Constraints.IsEmpty: true } scan } filter && Find(filter.Predicate, scan) is { IsEmpty: false } found
            ? filter with { Input = scan with { Constraints = found } }
            : node);

    private static ImmutableArray<ColumnConstraint> Find(Expression predicate, LogicalScan scan)
    {
        var places = scan.Columns.Select((column, i) => (column.Id, Place: scan.SourceColumns[i])).ToDictionary(pair => pair.Id, pair => pair.Place);
        var constraints = ImmutableArray.CreateBuilder<ColumnConstraint>();
        foreach (var term in predicate.Conjuncts())
        {
            switch (term)
            {
                case Call { Arguments: [ColumnReference column, Literal { Value: { } value }] } call when Operator(call.Function) is { } test:
                    Add(column, test, value);
                    break;
                case Call { Arguments: [Literal { Value: { } value }, ColumnReference column] } call when Operator(call.Function) is { } test:
                    Add(column, Mirror(test), value);
                    break;
                case IsNull { Operand: ColumnReference column } test:
                    Add(column, test.IsNegated ? ConstraintOperator.IsNotNull : ConstraintOperator.IsNull, null);
                    break;
                case InList { Operand: ColumnReference column } list when Bounds(list) is var (low, high):
                    Add(column, ConstraintOperator.GreaterOrEqual, low);
                    Add(column, ConstraintOperator.LessOrEqual, high);
                    break;
            }
        }

        return constraints.ToImmutable();

        void Add(ColumnReference column, ConstraintOperator test, object? value) => constraints.Add(new ColumnConstraint(places[column.Column], test, value));
    }

    private static ConstraintOperator? Operator(string function) => function switch
    {
        "=" => ConstraintOperator.Equal,
        "<>" => ConstraintOperator.NotEqual,
        "<" => ConstraintOperator.Less,
        "<=" => ConstraintOperator.LessOrEqual,
        ">" => ConstraintOperator.Greater,
        ">=" => ConstraintOperator.GreaterOrEqual,
        _ => null,
    };

    private static ConstraintOperator Mirror(ConstraintOperator test) => test switch
    {
        ConstraintOperator.Less => ConstraintOperator.Greater,
        ConstraintOperator.LessOrEqual => ConstraintOperator.GreaterOrEqual,
        ConstraintOperator.Greater => ConstraintOperator.Less,
        ConstraintOperator.GreaterOrEqual => ConstraintOperator.LessOrEqual,
        _ => test,
    };

    private static (object Low, object High)? Bounds(InList list)
    {
        object? low = null;
        object? high = null;
        foreach (var item in list.Items)
        {
            if (item is not Literal literal)
            {
                return null;
            }

            if (literal.Value is not { } value)
            {
                continue;
            }

            if (low is not null && LiteralValue.Compare(value, low) is null)
            {
                return null;
            }

            low = low is null || LiteralValue.Compare(value, low) < 0 ? value : low;
            high = high is null || LiteralValue.Compare(value, high) > 0 ? value : high;
        }

        return low is null ? null : (low, high!);
    }
}
