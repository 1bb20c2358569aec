using System.Collections.Immutable;
using Engine.Core.Expressions;
using Engine.Planner.Logical;

namespace Engine.Planner.Rules.Joins;

/// <summary>
/// Brings inner joins into the order that costs least by the estimates: the best one while that can be found within a budget, else step by step the join
/// that gives the fewest rows. What no condition connects is multiplied last.
/// </summary>
internal sealed class OrderJoins : IPlanRule
{
    public string Name => "order_joins";

    public LogicalNode Apply(LogicalNode plan, RuleContext context) => Order(plan);

    private static LogicalNode Order(LogicalNode node)
    {
        if (node is not LogicalJoin { Type: JoinType.Inner } join)
        {
            return node.WithInputsRewritten(Order);
        }

        var relations = new List<LogicalNode>();
        var terms = new List<Expression>();
        Collect(join, relations, terms);
        var ordered = relations.Select(Order).ToImmutableArray();
        if (ordered.Length is < 3 or > JoinGraph.MaxRelations)
        {
            return join.WithInputsRewritten(Order);
        }

        var graph = new JoinGraph(ordered, terms);
        var best = graph.Build(new JoinEnumerator(graph).Find() ?? Greedy(graph));
        return new LogicalProject(best, [.. join.Output.Select(Projection.Keep)]);
    }

    private static void Collect(LogicalNode node, List<LogicalNode> relations, List<Expression> terms)
    {
        if (node is not LogicalJoin { Type: JoinType.Inner } join)
        {
            relations.Add(node);
            return;
        }

        Collect(join.Left, relations, terms);
        Collect(join.Right, relations, terms);
        terms.AddRange(join.Keys.Select(key => key.Condition()));
        terms.AddRange(join.Residual?.Conjuncts() ?? []);
    }

    /// <remarks>L. Fegaras: A New Heuristic for Optimizing Large Queries (greedy operator ordering), DEXA 1998.</remarks>
    private static JoinPlan Greedy(JoinGraph graph)
    {
        var plans = Enumerable.Range(0, graph.Count).Select(graph.Leaf).ToList();
        while (plans.Count > 1)
        {
            var pairs = plans.SelectMany((a, i) => plans.Skip(i + 1).Where(b => graph.IsConnected(a.Set, b.Set)).Select(b => (a, b))).ToList();
            var (left, right) = pairs.Count > 0
                ? pairs.MinBy(pair => graph.Join(pair.a, pair.b).Rows)
                : plans.OrderBy(plan => plan.Rows).ToArray() is var smallest ? (smallest[0], smallest[1]) : default;
            plans.Remove(left);
            plans.Remove(right);
            plans.Add(graph.Join(left, right));
        }

        return plans[0];
    }
}
