using System.Collections.Immutable;
using Engine.Core.Types;

namespace Engine.Core.Expressions;

/// <summary>
/// A function written as an argument: <c>x -> x + 1</c>. Its type is that of its body. The body may refer to the parameters, to those of lambdas
/// around it, and to columns of the input, which are the same for all items of a row.
/// </summary>
public sealed record Lambda(ImmutableArray<LambdaVariable> Parameters, Expression Body) : Expression(Body.Type)
{
    public override ImmutableArray<Expression> Children => [Body];

    /// <summary>Whether it depends on nothing but its arguments.</summary>
    public bool IsClosed => IsClosedOver(Body, [.. Parameters.Select(parameter => parameter.Index)]);

    public bool Equals(Lambda? other) => base.Equals(other) && Parameters.AsSpan().SequenceEqual(other.Parameters.AsSpan()) && Body.Equals(other.Body);

    public override int GetHashCode() => HashCode.Combine(Parameters.Length, Body);

    public override Expression WithChildren(ImmutableArray<Expression> children) => new Lambda(Parameters, children[0]) { Span = Span };

    private static bool IsClosedOver(Expression expression, ImmutableHashSet<int> known) => expression switch
    {
        ColumnReference => false,
        LambdaVariable variable => known.Contains(variable.Index),
        Lambda inner => IsClosedOver(inner.Body, known.Union(inner.Parameters.Select(parameter => parameter.Index))),
        _ => expression.Children.All(child => IsClosedOver(child, known)),
    };
}

/// <summary>
/// A parameter of a lambda. <paramref name="Index"/> counts from the outermost lambda inwards, so that equal lambdas are equal wherever they stand; a
/// lambda hides those of the same index around it.
/// </summary>
public sealed record LambdaVariable(int Index, string Name, DataType Type) : Expression(Type)
{
    public bool Equals(LambdaVariable? other) => base.Equals(other) && Index == other.Index;

    public override int GetHashCode() => HashCode.Combine(Index, 2);
}
