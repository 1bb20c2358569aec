using System.Collections.Immutable;

namespace Engine.Core.Expressions;

/// <summary>Walks and rewrites over expression trees.</summary>
public static class ExpressionWalk
{
    /// <summary>The node and all below it, parents first.</summary>
    public static IEnumerable<Expression> SelfAndDescendants(this Expression expression)
    {
        var open = new Stack<Expression>();
        open.Push(expression);
        while (open.TryPop(out var next))
        {
            yield return next;
            var children = next.Children;
            for (var i = children.Length - 1; i >= 0; i--)
            {
                open.Push(children[i]);
            }
        }
    }

    /// <summary>Rewrites from the leaves up; nodes whose children stay the same objects are kept.</summary>
    public static Expression Rewrite(this Expression expression, Func<Expression, Expression> rewrite)
    {
        var children = expression.Children;
        var changed = false;
        if (!children.IsEmpty)
        {
            var rewritten = ImmutableArray.CreateBuilder<Expression>(children.Length);
            foreach (var child in children)
            {
                var result = child.Rewrite(rewrite);
                changed |= !ReferenceEquals(result, child);
                rewritten.Add(result);
            }

            if (changed)
            {
                expression = expression.WithChildren(rewritten.MoveToImmutable());
            }
        }

        return rewrite(expression);
    }

    /// <summary>The expression with columns replaced by the expressions that compute them.</summary>
    public static Expression Inline(this Expression expression, IReadOnlyDictionary<int, Expression> values) =>
        expression.Rewrite(part => part is ColumnReference column && values.TryGetValue(column.Column, out var value) ? value : part);

    /// <summary>The columns that it reads.</summary>
    public static IEnumerable<int> ReferencedColumns(this Expression expression) =>
        expression.SelfAndDescendants().OfType<ColumnReference>().Select(reference => reference.Column).Distinct();

    /// <summary>Whether some value may make it raise an error.</summary>
    public static bool CanFail(this Expression expression) => expression switch
    {
        TryExpression => false,
        Call { CanFail: true } => true,
        Cast { IsTry: false } cast when CastRules.CanFail(cast.Operand.Type, cast.Type) => true,
        _ => expression.Children.Any(CanFail),
    };

    public static bool IsVolatile(this Expression expression) => expression.SelfAndDescendants().Any(node => node is Call { IsVolatile: true });

    /// <summary>The terms of a conjunction; the expression itself when it is none.</summary>
    public static IEnumerable<Expression> Conjuncts(this Expression expression) =>
        expression is Junction { IsAnd: true } and ? and.Terms.SelectMany(Conjuncts) : [expression];

    /// <summary>The AND of the terms: TRUE of none, the term itself of one.</summary>
    public static Expression AndAll(IEnumerable<Expression> terms)
    {
        var list = terms.SelectMany(Conjuncts).ToImmutableArray();
        return list.Length switch
        {
            0 => Literal.True,
            1 => list[0],
            _ => new Junction(IsAnd: true, list) { Span = list[0].Span },
        };
    }
}
