using Engine.Core.Types;

namespace Engine.Core.Expressions;

/// <summary>A parameter without a declared type: the first place that wants one settles it.</summary>
public sealed class ParameterSlot
{
    /// <summary>Unknown while no place wants a type.</summary>
    public DataType Type { get; private set; } = DataType.Unknown;

    public void Settle(DataType type) => Type = Type.Kind == TypeKind.Unknown ? type : Type;
}
