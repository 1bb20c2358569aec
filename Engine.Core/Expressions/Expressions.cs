using System.Collections.Immutable;
using Engine.Core.Types;

namespace Engine.Core.Expressions;

/// <summary>A column of the input. In logical plans <paramref name="Column"/> is the column's id, in physical plans its position.</summary>
public sealed record ColumnReference(int Column, string Name, DataType Type) : Expression(Type)
{
    public bool Equals(ColumnReference? other) => base.Equals(other) && Column == other.Column;

    public override int GetHashCode() => HashCode.Combine(Column, 1);
}

/// <summary>A known value, in managed form (see <see cref="Columns.ColumnValue"/>); null is NULL.</summary>
public sealed record Literal(object? Value, DataType Type) : Expression(Type)
{
    public static readonly Literal True = new(true, DataType.Boolean);
    public static readonly Literal False = new(false, DataType.Boolean);

    /// <summary>Learns the type of a parameter that this stands for while its statement is described; else null.</summary>
    public ParameterSlot? Slot { get; init; }

    public static Literal Null(DataType type) => new(null, type);

    public bool Equals(Literal? other) => base.Equals(other) && LiteralValue.AreEqual(Value, other.Value);

    public override int GetHashCode() => Value?.GetHashCode() ?? 0;
}

/// <summary>A scalar function or operator, by name; the overload is the one whose parameters are the argument types.</summary>
public sealed record Call(string Function, ImmutableArray<Expression> Arguments, DataType Type) : Expression(Type)
{
    /// <summary>Whether it may raise an error for some value: it is then never moved above a guard or run on rows that are out.</summary>
    public bool CanFail { get; init; }

    /// <summary>Whether it may answer differently for the same arguments, as random() does.</summary>
    public bool IsVolatile { get; init; }

    public override ImmutableArray<Expression> Children => Arguments;

    public bool Equals(Call? other) =>
        base.Equals(other) && Function == other.Function && !IsVolatile && Arguments.AsSpan().SequenceEqual(other.Arguments.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Function, Arguments.Length, Arguments.IsEmpty ? 0 : Arguments[0].GetHashCode());

    public override Expression WithChildren(ImmutableArray<Expression> children) => this with { Arguments = children };
}

/// <summary>A conversion. <paramref name="IsTry"/>: NULL instead of an error.</summary>
public sealed record Cast(Expression Operand, DataType Type, bool IsTry) : Expression(Type)
{
    public override ImmutableArray<Expression> Children => [Operand];

    public bool Equals(Cast? other) => base.Equals(other) && IsTry == other.IsTry && Operand.Equals(other.Operand);

    public override int GetHashCode() => HashCode.Combine(Operand, Type);

    public override Expression WithChildren(ImmutableArray<Expression> children) => this with { Operand = children[0] };
}

/// <summary>AND or OR of two or more conditions, three-valued. Conditions that can fail are evaluated only for rows that the ones before leave open.</summary>
public sealed record Junction(bool IsAnd, ImmutableArray<Expression> Terms) : Expression(DataType.Boolean)
{
    public override ImmutableArray<Expression> Children => Terms;

    public bool Equals(Junction? other) => base.Equals(other) && IsAnd == other.IsAnd && Terms.AsSpan().SequenceEqual(other.Terms.AsSpan());

    public override int GetHashCode() => HashCode.Combine(IsAnd, Terms.Length, Terms[0]);

    public override Expression WithChildren(ImmutableArray<Expression> children) => this with { Terms = children };
}

/// <summary>Whether a value is NULL, or is not.</summary>
public sealed record IsNull(Expression Operand, bool IsNegated) : Expression(DataType.Boolean)
{
    public override ImmutableArray<Expression> Children => [Operand];

    public bool Equals(IsNull? other) => base.Equals(other) && IsNegated == other.IsNegated && Operand.Equals(other.Operand);

    public override int GetHashCode() => HashCode.Combine(Operand, IsNegated);

    public override Expression WithChildren(ImmutableArray<Expression> children) => this with { Operand = children[0] };
}

/// <summary>CASE WHEN: conditions and results in turn, then the ELSE. A result is evaluated only for the rows whose condition chose it.</summary>
/// <param name="Conditions">Booleans, as many as results.</param>
/// <param name="Results">All of the expression's type.</param>
/// <param name="Else">Of the expression's type.</param>
public sealed record Case(ImmutableArray<Expression> Conditions, ImmutableArray<Expression> Results, Expression Else) : Expression(Else.Type)
{
    public override ImmutableArray<Expression> Children => [.. Conditions, .. Results, Else];

    public bool Equals(Case? other) =>
        base.Equals(other) && Children.AsSpan().SequenceEqual(other.Children.AsSpan()) && Conditions.Length == other.Conditions.Length;

    public override int GetHashCode() => HashCode.Combine(Conditions.Length, Conditions[0], Else);

    public override Expression WithChildren(ImmutableArray<Expression> children) => this with
    {
        Conditions = children[..Conditions.Length],
        Results = children[Conditions.Length..^1],
        Else = children[^1],
    };
}

/// <summary>The first argument that is not NULL; later ones are evaluated only for the rows still open.</summary>
public sealed record Coalesce(ImmutableArray<Expression> Arguments, DataType Type) : Expression(Type)
{
    public override ImmutableArray<Expression> Children => Arguments;

    public bool Equals(Coalesce? other) => base.Equals(other) && Arguments.AsSpan().SequenceEqual(other.Arguments.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Arguments.Length, Arguments[0]);

    public override Expression WithChildren(ImmutableArray<Expression> children) => this with { Arguments = children };
}

/// <summary>IN over a list: three-valued as SQL has it. Items are of the operand's type.</summary>
public sealed record InList(Expression Operand, ImmutableArray<Expression> Items) : Expression(DataType.Boolean)
{
    public override ImmutableArray<Expression> Children => [Operand, .. Items];

    public bool Equals(InList? other) => base.Equals(other) && Children.AsSpan().SequenceEqual(other.Children.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Operand, Items.Length);

    public override Expression WithChildren(ImmutableArray<Expression> children) => this with { Operand = children[0], Items = children[1..] };
}

/// <summary>TRY(x): NULL where x raises a data error.</summary>
public sealed record TryExpression(Expression Operand) : Expression(Operand.Type)
{
    public override ImmutableArray<Expression> Children => [Operand];

    public bool Equals(TryExpression? other) => base.Equals(other) && Operand.Equals(other.Operand);

    public override int GetHashCode() => HashCode.Combine(Operand, 7);

    public override Expression WithChildren(ImmutableArray<Expression> children) => this with { Operand = children[0] };
}
