using System.Collections.Immutable;
using Engine.Core.Types;

namespace Engine.Core.Functions;

/// <summary>What an argument of a function may be.</summary>
public abstract record ParameterType
{
    /// <summary>Exactly this type, or one that widens to it.</summary>
    public static implicit operator ParameterType(DataType type) => new ExactParameter(type);
}

/// <summary>One type.</summary>
public sealed record ExactParameter(DataType Type) : ParameterType
{
    public override string ToString() => Type.ToString();
}

/// <summary>A decimal of any precision and scale; integers widen to it.</summary>
public sealed record DecimalParameter : ParameterType
{
    public static readonly DecimalParameter Instance = new();

    public override string ToString() => "decimal";
}

/// <summary>Any type; parameters with the same variable, other than <see cref="Each"/>, get the common type of their arguments.</summary>
public sealed record AnyParameter(string Variable) : ParameterType
{
    public static readonly AnyParameter T = new("T");

    /// <summary>Any type, of each argument on its own.</summary>
    public static readonly AnyParameter Each = new("any");

    public override string ToString() => Variable;
}

/// <summary>An array whose element type matches.</summary>
public sealed record ArrayParameter(ParameterType Element) : ParameterType
{
    public static readonly ArrayParameter OfT = new(AnyParameter.T);

    public override string ToString() => $"array({Element})";
}

/// <summary>A map whose key and value types match.</summary>
public sealed record MapParameter(ParameterType Key, ParameterType Value) : ParameterType
{
    public override string ToString() => $"map({Key}, {Value})";
}

/// <summary>A lambda whose parameters have these types and whose result matches. It stands behind the arguments that are none.</summary>
public sealed record LambdaParameter(ImmutableArray<ParameterType> Parameters, ParameterType Result) : ParameterType
{
    public override string ToString() => $"({string.Join(", ", Parameters)}) -> {Result}";
}
