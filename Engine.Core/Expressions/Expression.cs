using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Types;

namespace Engine.Core.Expressions;

/// <summary>
/// A bound scalar expression: names are resolved, coercions are explicit casts, every node knows its type. The place in the statement does not
/// take part in equality, so that equal computations are equal.
/// </summary>
public abstract record Expression(DataType Type)
{
    /// <summary>Where it stands in the statement; for errors at run time.</summary>
    public SourceSpan? Span { get; init; }

    public virtual ImmutableArray<Expression> Children => [];

    public virtual bool Equals(Expression? other) => other is not null && EqualityContract == other.EqualityContract && Type.Equals(other.Type);

    public override int GetHashCode() => HashCode.Combine(EqualityContract, Type);

    /// <summary>The same node over other children, as many as it has.</summary>
    public virtual Expression WithChildren(ImmutableArray<Expression> children) => this;
}
