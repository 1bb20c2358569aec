using System.Collections.Immutable;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner.Logical;

namespace Engine.Planner.Binding;

/// <summary>Takes join conditions apart.</summary>
internal static class JoinCondition
{
    /// <summary>The equalities between an expression of each side, and what is left; null when nothing is.</summary>
    public static (ImmutableArray<JoinKey> Keys, Expression? Residual) Split(Expression condition, LogicalNode left, LogicalNode right)
    {
        var leftIds = left.Output.Select(column => column.Id).ToHashSet();
        var rightIds = right.Output.Select(column => column.Id).ToHashSet();
        var keys = ImmutableArray.CreateBuilder<JoinKey>();
        var rest = new List<Expression>();
        foreach (var term in condition.Conjuncts())
        {
            if (term is Literal { Value: true })
            {
                continue;
            }

            if (Equality(term) is var (a, b, matchesNull) && !term.IsVolatile() && AsKey(a, b, leftIds, rightIds) is { } key)
            {
                keys.Add(key with { MatchesNull = matchesNull });
            }
            else
            {
                rest.Add(term);
            }
        }

        return (keys.ToImmutable(), rest.Count == 0 ? null : ExpressionWalk.AndAll(rest));
    }

    /// <summary>The sides of <c>a = b</c> and of <c>a IS NOT DISTINCT FROM b</c>.</summary>
    private static (Expression Left, Expression Right, bool MatchesNull)? Equality(Expression term) => term switch
    {
        Call { Function: "=", Arguments: [var a, var b] } => (a, b, false),
        Call { Function: "not", Arguments: [Call { Function: "is_distinct_from", Arguments: [var a, var b] }] } => (a, b, true),
        _ => null,
    };

    private static JoinKey? AsKey(Expression a, Expression b, HashSet<int> left, HashSet<int> right)
    {
        if (a.Type.IsNested)
        {
            return null;
        }

        var ofA = a.ReferencedColumns().ToList();
        var ofB = b.ReferencedColumns().ToList();
        if (ofA.Count == 0 || ofB.Count == 0)
        {
            return null;
        }

        if (ofA.All(left.Contains) && ofB.All(right.Contains))
        {
            return new JoinKey(a, b);
        }

        return ofA.All(right.Contains) && ofB.All(left.Contains) ? new JoinKey(b, a) : null;
    }
}
