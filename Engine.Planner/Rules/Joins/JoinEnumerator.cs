using System.Numerics;

namespace Engine.Planner.Rules.Joins;

/// <summary>
/// Finds the cheapest order of joins without cross products: every pair of connected sets that a condition connects is looked at once.
/// </summary>
/// <remarks>G. Moerkotte, T. Neumann: Dynamic Programming Strikes Back (DPhyp), SIGMOD 2008.</remarks>
internal sealed class JoinEnumerator(JoinGraph graph)
{
    /// <summary>Pairs that are looked at before the search is given up.</summary>
    private const int PairBudget = 10_000;

    private readonly Dictionary<ulong, JoinPlan> _best = [];
    private int _pairs;

    /// <summary>The best plan for all inputs; null when they are not connected, or too many pairs are.</summary>
    public JoinPlan? Find()
    {
        for (var i = 0; i < graph.Count; i++)
        {
            _best[1UL << i] = graph.Leaf(i);
        }

        for (var i = graph.Count - 1; i >= 0 && _pairs <= PairBudget; i--)
        {
            var start = 1UL << i;
            var before = start | (start - 1);
            EmitSubgraph(start);
            GrowSubgraph(start, before);
        }

        var all = graph.Count == JoinGraph.MaxRelations ? ulong.MaxValue : (1UL << graph.Count) - 1;
        return _pairs > PairBudget ? null : _best.GetValueOrDefault(all);
    }

    /// <summary>The inputs next to a set that are not excluded; of a side with several inputs, its first.</summary>
    private ulong Neighbours(ulong set, ulong excluded)
    {
        var found = 0UL;
        foreach (var (from, to) in graph.Edges)
        {
            if ((from & ~set) == 0 && (to & (set | excluded)) == 0)
            {
                found |= to & (~to + 1);
            }
        }

        return found;
    }

    private void GrowSubgraph(ulong set, ulong excluded)
    {
        var neighbours = Neighbours(set, excluded);
        foreach (var part in SubsetsOf(neighbours))
        {
            if (_best.ContainsKey(set | part))
            {
                EmitSubgraph(set | part);
            }
        }

        foreach (var part in SubsetsOf(neighbours))
        {
            GrowSubgraph(set | part, excluded | neighbours);
        }
    }

    private void EmitSubgraph(ulong set)
    {
        var excluded = set | ((set & (~set + 1)) - 1);
        var neighbours = Neighbours(set, excluded);
        for (var rest = neighbours; rest != 0;)
        {
            var highest = 1UL << (63 - BitOperations.LeadingZeroCount(rest));
            rest ^= highest;
            if (graph.IsConnected(set, highest))
            {
                EmitPair(set, highest);
            }

            GrowComplement(set, highest, excluded | (neighbours & (highest | (highest - 1))));
        }
    }

    private void GrowComplement(ulong set, ulong complement, ulong excluded)
    {
        var neighbours = Neighbours(complement, excluded);
        foreach (var part in SubsetsOf(neighbours))
        {
            if (_best.ContainsKey(complement | part) && graph.IsConnected(set, complement | part))
            {
                EmitPair(set, complement | part);
            }
        }

        foreach (var part in SubsetsOf(neighbours))
        {
            GrowComplement(set, complement | part, excluded | neighbours);
        }
    }

    private void EmitPair(ulong a, ulong b)
    {
        _pairs++;
        var plan = graph.Join(_best[a], _best[b]);
        if (!_best.TryGetValue(plan.Set, out var known))
        {
            _best.Add(plan.Set, plan);
        }
        else if (plan.Cost < known.Cost)
        {
            // How many rows a set gives does not depend on the order, so the first estimate stays.
            _best[plan.Set] = plan with { Rows = known.Rows };
        }
    }

    /// <summary>The subsets of a set but the empty one; none once the budget is spent.</summary>
    private IEnumerable<ulong> SubsetsOf(ulong set)
    {
        for (var part = (~set + 1) & set; part != 0 && _pairs <= PairBudget; part = (part - set) & set)
        {
            yield return part;
        }
    }
}
