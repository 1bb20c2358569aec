using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Types;

namespace Engine.Planner.Logical;

/// <summary>A column of a logical plan. The id is unique in the plan, so that expressions mean the same wherever rules move them.</summary>
public sealed record LogicalColumn(int Id, string Name, DataType Type)
{
    /// <summary>What clients are told of text.</summary>
    public TextForm Form { get; init; }

    public Core.Expressions.ColumnReference Reference(SourceSpan? span = null) => new(Id, Name, Type) { Span = span };
}

/// <summary>An operation of the relational algebra over rows of named columns. Immutable; rules build new trees.</summary>
public abstract record LogicalNode
{
    /// <summary>The columns it gives.</summary>
    public abstract ImmutableArray<LogicalColumn> Output { get; }

    public virtual ImmutableArray<LogicalNode> Inputs => [];

    public virtual LogicalNode WithInputs(ImmutableArray<LogicalNode> inputs) => this;

    /// <summary>The expressions it evaluates, over its inputs' columns.</summary>
    public virtual IEnumerable<Core.Expressions.Expression> Expressions => [];

    // Nodes are compared by identity: trees are large, and rules only ask whether they changed something.
    public virtual bool Equals(LogicalNode? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
