using System.Collections.Immutable;
using Engine.Core.Functions;
using Engine.Core.Types;

namespace Engine.Exec.Functions.Text;

/// <summary>What the definitions of text functions share.</summary>
internal static class TextInfo
{
    public static readonly ImmutableArray<ParameterType> One = [DataType.Varchar];

    public static readonly ImmutableArray<ParameterType> Two = [DataType.Varchar, DataType.Varchar];

    public static readonly ImmutableArray<ParameterType> Three = [DataType.Varchar, DataType.Varchar, DataType.Varchar];

    public static readonly ImmutableArray<ParameterType> WithNumber = [DataType.Varchar, DataType.BigInt];

    /// <summary>A text may not take more bytes than a view can tell.</summary>
    public const int MaxBytes = 1 << 30;

    public static FunctionInfo Of(string name, string description, string example, params ImmutableArray<string> aliases) =>
        new(name, "text", description, example) { Aliases = aliases };
}
