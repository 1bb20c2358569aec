using System.Collections.Immutable;
using Engine.Core.Types;

namespace Engine.Core.Functions;

/// <summary>One signature of a function as people read it.</summary>
/// <param name="Parameters">Its arguments in their order.</param>
/// <param name="Result">The result type; any where it depends on more than the types of the arguments.</param>
public readonly record struct SignatureText(ImmutableArray<ParameterText> Parameters, string Result)
{
    /// <summary><c>text varchar, count bigint</c></summary>
    public string Arguments => string.Join(", ", Parameters);

    /// <summary>The signatures of all overloads of a function; of a form, which has none, its arguments as its documentation has them.</summary>
    public static IReadOnlyList<SignatureText> Of(FunctionInfo info, IFunctionCatalog functions)
    {
        var overloads = functions.FindScalar(info.Name) is { } scalar && ReferenceEquals(scalar.Info, info)
            ? scalar.Overloads.Select(overload => Of(info, overload.Parameters, overload.Variadic, overload.Result, overload.ResultOfConstants is not null))
            : functions.FindAggregate(info.Name) is { } aggregate && ReferenceEquals(aggregate.Info, info)
            ? aggregate.Overloads.Select(overload => Of(info, overload.Parameters, null, overload.Result, isByConstants: false))
            : functions.FindWindow(info.Name)!.Overloads.Select(overload => Of(info, overload.Parameters, null, overload.Result, isByConstants: false));
        var signatures = overloads.DistinctBy(signature => (signature.Arguments, signature.Result)).ToList();
        return signatures.Count > 0 ? signatures : [new SignatureText([.. info.ArgumentNames.Select(name => new ParameterText(name, Type: null))], "any")];
    }

    private static SignatureText Of(
        FunctionInfo info, ImmutableArray<ParameterType> parameters, ParameterType? variadic, Func<ImmutableArray<DataType>, DataType> result, bool isByConstants)
    {
        var names = info.ArgumentNames;
        var arguments = parameters.Select((parameter, i) => Argument(i < names.Length ? names[i] : string.Empty, parameter)).ToList();
        if (variadic is not null)
        {
            arguments.Add(new ParameterText(Name: null, $"{variadic} ..."));
        }

        var types = parameters.Concat(variadic is null ? [] : [variadic]).Select(Sample).ToImmutableArray();
        return new SignatureText([.. arguments], isByConstants && result(types) is not DecimalType ? "row" : ResultOf(result, types));
    }

    /// <summary>A lambda shows itself what it takes and gives.</summary>
    private static ParameterText Argument(string name, ParameterType parameter) =>
        new(parameter is LambdaParameter || name.Length == 0 || name == "..." ? null : name, parameter.ToString());

    private static string ResultOf(Func<ImmutableArray<DataType>, DataType> result, ImmutableArray<DataType> types)
    {
        try
        {
            return result(types) switch
            {
                DecimalType { Precision: < DecimalType.MaxPrecision } => "decimal",
                ArrayType { Element: DecimalType { Precision: < DecimalType.MaxPrecision } } => "array(decimal)",
                var type => type.ToString(),
            };
        }
        catch (Exception error) when (error is Errors.QueryException or InvalidCastException or IndexOutOfRangeException)
        {
            return "any";
        }
    }

    private static DataType Sample(ParameterType parameter) => parameter switch
    {
        ExactParameter exact => exact.Type,
        DecimalParameter => new DecimalType(18, 3),
        AnyParameter any => new TypeVariable(any.Variable),
        ArrayParameter array => new ArrayType(Sample(array.Element)),
        MapParameter map => new MapType(Sample(map.Key), Sample(map.Value)),
        LambdaParameter lambda => Sample(lambda.Result),
        _ => DataType.Unknown,
    };

    /// <summary>A type that depends on the arguments, by its letter; no value has it.</summary>
    private sealed record TypeVariable(string Name) : DataType(TypeKind.Unknown)
    {
        public override ColumnLayout Layout => ColumnLayout.Views;

        public override int ByteWidth => 16;

        public override string ToString() => Name;
    }
}

/// <summary>A parameter as people read it.</summary>
/// <param name="Name">What it is called; null where its type says all.</param>
/// <param name="Type">Its type; null for a form, which takes expressions.</param>
public readonly record struct ParameterText(string? Name, string? Type)
{
    public override string ToString() => Name is null || Type is null ? Name ?? Type ?? string.Empty : $"{Name} {Type}";
}
