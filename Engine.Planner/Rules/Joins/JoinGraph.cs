using System.Collections.Immutable;
using System.Numerics;
using Engine.Core.Expressions;
using Engine.Planner.Binding;
using Engine.Planner.Logical;
using Engine.Planner.Statistics;

namespace Engine.Planner.Rules.Joins;

/// <summary>The inputs of a region of inner joins, and the conditions between them. Sets of inputs are bits.</summary>
internal sealed class JoinGraph
{
    /// <summary>Sets of inputs are words.</summary>
    public const int MaxRelations = 64;

    private readonly ImmutableArray<LogicalNode> _relations;
    private readonly ImmutableArray<double> _rows;
    private readonly ImmutableArray<double> _unfilteredRows;
    private readonly ImmutableArray<Term> _terms;

    /// <param name="relations">The inputs, at most <see cref="MaxRelations"/>.</param>
    /// <param name="terms">The conditions that all rows meet.</param>
    public JoinGraph(ImmutableArray<LogicalNode> relations, IEnumerable<Expression> terms)
    {
        _relations = relations;
        _rows = [.. relations.Select(RowEstimate.Of)];
        _unfilteredRows = [.. relations.Select(RowEstimate.Unfiltered)];
        var owners = relations.SelectMany((relation, i) => relation.Output.Select(column => (column.Id, Bit: 1UL << i))).ToDictionary(pair => pair.Id, pair => pair.Bit);
        _terms = [.. terms.Select(term => TermOf(term, owners, All))];
        Edges = [.. _terms.SelectMany(term => term.Edges)];
    }

    /// <summary>Sets that conditions bring together, each in both directions.</summary>
    public ImmutableArray<(ulong From, ulong To)> Edges { get; }

    public int Count => _relations.Length;

    private ulong All => Count == MaxRelations ? ulong.MaxValue : (1UL << Count) - 1;

    /// <summary>One input as a plan.</summary>
    public JoinPlan Leaf(int relation) => new(1UL << relation, _relations[relation], null, null, _rows[relation], 0);

    /// <summary>The join of two plans, with its estimate. The one that gives fewer rows is on the right, where the hash table is built.</summary>
    public JoinPlan Join(JoinPlan a, JoinPlan b)
    {
        var (left, right) = a.Rows >= b.Rows ? (a, b) : (b, a);
        var rows = left.Rows * right.Rows;
        var selectivity = 1.0;
        var hasKeys = false;
        foreach (var term in _terms)
        {
            if (!term.Joins(left.Set, right.Set))
            {
                continue;
            }

            if (term.IsEqualityOver(left.Set, right.Set))
            {
                // Several keys between two inputs mostly are one key of several columns, so only the best of them counts.
                hasKeys = true;
                selectivity = Math.Min(selectivity, 1 / Math.Max(1, Math.Min(LargestIn(term.Mask & left.Set), LargestIn(term.Mask & right.Set))));
            }
            else
            {
                rows *= RowEstimate.RangeSelectivity;
            }
        }

        // Without keys every pair is looked at.
        var work = hasKeys ? right.Rows : left.Rows * right.Rows;
        rows = Math.Max(1, rows * selectivity);
        return new JoinPlan(left.Set | right.Set, null, left, right, rows, left.Cost + right.Cost + rows + work);
    }

    /// <summary>Whether a condition speaks of both sets and of nothing else.</summary>
    public bool IsConnected(ulong a, ulong b) => Edges.Any(edge => (edge.From & ~a) == 0 && (edge.To & ~b) == 0);

    /// <summary>The joins of a plan, each with the conditions that can be decided there first.</summary>
    public LogicalNode Build(JoinPlan plan)
    {
        if (plan.Relation is { } relation)
        {
            return relation;
        }

        var (left, right) = (Build(plan.Left!), Build(plan.Right!));
        var isLast = plan.Set == All;
        var here = _terms.Where(term => term.Joins(plan.Left!.Set, plan.Right!.Set) || (isLast && BitOperations.PopCount(term.Mask) < 2)).Select(term => term.Condition);
        var (keys, residual) = JoinCondition.Split(ExpressionWalk.AndAll(here), left, right);
        return new LogicalJoin(JoinType.Inner, left, right, keys, residual);
    }

    private double LargestIn(ulong set)
    {
        var rows = 0.0;
        for (var rest = set; rest != 0; rest &= rest - 1)
        {
            rows = Math.Max(rows, _unfilteredRows[BitOperations.TrailingZeroCount(rest)]);
        }

        return rows;
    }

    private static Term TermOf(Expression condition, Dictionary<int, ulong> owners, ulong all)
    {
        ulong MaskOf(Expression expression) => expression.ReferencedColumns().Aggregate(0UL, (mask, column) => mask | owners.GetValueOrDefault(column));

        if (!condition.IsVolatile() && condition is Call { Function: "=", Arguments: [var a, var b] } && MaskOf(a) is > 0 and var left && MaskOf(b) is > 0 and var right && (left & right) == 0)
        {
            return new Term(condition, left | right, left, right);
        }

        // What can fail is only asked of rows that passed all else.
        return new Term(condition, condition.CanFail() || condition.IsVolatile() ? all : MaskOf(condition), 0, 0);
    }

    /// <summary>A condition, the inputs it speaks of and, of an equality, those of its sides.</summary>
    private readonly record struct Term(Expression Condition, ulong Mask, ulong Left, ulong Right)
    {
        public IEnumerable<(ulong From, ulong To)> Edges
        {
            get
            {
                if (Left != 0)
                {
                    return [(Left, Right), (Right, Left)];
                }

                var first = Mask & (~Mask + 1);
                return BitOperations.PopCount(Mask) == 2 ? [(first, Mask ^ first), (Mask ^ first, first)] : [];
            }
        }

        public bool Joins(ulong a, ulong b) => (Mask & ~(a | b)) == 0 && (Mask & a) != 0 && (Mask & b) != 0;

        public bool IsEqualityOver(ulong a, ulong b) => Left != 0 && (((Left & ~a) == 0 && (Right & ~b) == 0) || ((Left & ~b) == 0 && (Right & ~a) == 0));
    }
}
