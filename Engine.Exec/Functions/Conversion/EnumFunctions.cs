using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Conversion;

/// <summary>What an enum consists of. The value of the argument does not matter to most: NULL::mood will do.</summary>
internal static class EnumFunctions
{
    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(Info("enum_first(value)", "The first value of an enum.", "enum_first(NULL::enum('low', 'high'))::varchar = 'low'"), [End("enum_first", _ => 0)]),
        new(Info("enum_last(value)", "The last value of an enum.", "enum_last(NULL::enum('low', 'high'))::varchar = 'high'"), [End("enum_last", type => type.Labels.Length - 1)]),
        new(
            Info("enum_range(from, to)", "All values of an enum in their order, or those from one to another; NULL for no bound.", "enum_range(NULL::enum('a', 'b', 'c'))::varchar = '{a,b,c}'"),
            [
                Range("enum_range", 1, (type, _, _) => (0, type.Labels.Length - 1)),
                Range("enum_range", 2, (type, a, row) => (Bound(a, 0, row) ?? 0, Bound(a, 1, row) ?? type.Labels.Length - 1)),
            ]),
        new(
            Info("enum_code(value)", "The place of a value among those of its enum, counted from 0.", "enum_code('high'::enum('low', 'high')) = 1"),
            [new([AnyParameter.T], types => Enum("enum_code", types) is EnumType ? DataType.Integer : DataType.Unknown, _ => RowKernel.Strict<FixedBuilder<int>>(DataType.Integer, (a, row, result) => result.Append(a.Fixed<int>(0, row))))]),
    ];

    private static FunctionInfo Info(string signature, string description, string example) => new(signature, "enum", description, example);

    private static ScalarOverload End(string name, Func<EnumType, int> place) => new(
        [AnyParameter.T],
        types => Enum(name, types),
        binding => RowKernel.WithNulls<FixedBuilder<int>>(binding.ResultType, (_, _, result) => result.Append(place((EnumType)binding.ResultType)))) { SeesNulls = true };

    private static ScalarOverload Range(string name, int parameterCount, Func<EnumType, RowArguments, int, (int First, int Last)> bounds) => new(
        [.. Enumerable.Repeat((ParameterType)AnyParameter.T, parameterCount)],
        types => DataType.Array(Enum(name, types)),
        binding =>
        {
            var type = (EnumType)((ArrayType)binding.ResultType).Element;
            return RowKernel.WithNulls<ListBuilder>(binding.ResultType, (a, row, result) =>
            {
                var (first, last) = bounds(type, a, row);
                for (var place = first; place <= last; place++)
                {
                    ((FixedBuilder<int>)result.Items).Append(place);
                }

                result.EndRow();
            });
        }) { SeesNulls = true };

    private static int? Bound(RowArguments a, int place, int row) => a.IsNull(place, row) ? null : a.Fixed<int>(place, row);

    private static EnumType Enum(string name, ImmutableArray<DataType> types) => types[0] as EnumType
        ?? throw new QueryException(ErrorCodes.UndefinedFunction, $"function {name}({string.Join(", ", types)}) does not exist", hint: $"{name} takes a value of an enum.");
}
