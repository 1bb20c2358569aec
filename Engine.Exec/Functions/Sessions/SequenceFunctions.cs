using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Sessions;

/// <summary>The numbers of sequences.</summary>
internal static class SequenceFunctions
{
    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            Info("nextval(sequence)", "The next number of a sequence, given to nobody else.", "(nextval('ids') + 1 = nextval('ids')) = true"),
            [Overload([DataType.Varchar], (a, row, result) => result.Append(a.Session.Facts.Sequences.Next(a.String(0, row))))]),
        new(
            Info("currval(sequence)", "The number that nextval gave last in this session.", "(nextval('ids') = currval('ids')) = true"),
            [Overload([DataType.Varchar], (a, row, result) => result.Append(a.Session.Facts.Sequences.Current(a.String(0, row))))]),
        new(
            Info("lastval()", "The number that nextval gave last in this session, of whatever sequence.", "(nextval('ids') = lastval()) = true"),
            [Overload([], (a, _, result) => result.Append(a.Session.Facts.Sequences.Last()))]),
        new(
            Info("setval(sequence, number, is_given)", "Says where a sequence goes on: behind the number, or with it if the third argument is false.", "setval('ids', 100) = 100"),
            [Overload([DataType.Varchar, DataType.BigInt], Set), Overload([DataType.Varchar, DataType.BigInt, DataType.Boolean], Set)]),
    ];

    private static FunctionInfo Info(string signature, string description, string example) =>
        new(signature, "session", description, example) { Volatility = Volatility.Volatile };

    private static ScalarOverload Overload(ImmutableArray<ParameterType> parameters, RowWriter<FixedBuilder<long>> write) =>
        RowKernel.Overload(parameters, DataType.BigInt, write, canFail: true);

    private static void Set(RowArguments a, int row, FixedBuilder<long> result)
    {
        a.Session.Facts.Sequences.Set(a.String(0, row), a.Long(1, row), a.Count < 3 || a.Boolean(2, row));
        result.Append(a.Long(1, row));
    }
}
