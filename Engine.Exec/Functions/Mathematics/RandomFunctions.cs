using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Mathematics;

/// <summary>Numbers by chance; a session's own, so that setseed makes them come again.</summary>
internal static class RandomFunctions
{
    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            Info("random(low, high)", "A number from 0 to 1, 1 left out; or a whole one from 0, or a bound, up to another, that left out.", "(random() < 1) = true") with { Aliases = ["rand"] },
            [
                new([], _ => DataType.Double, _ => Fill),
                RowKernel.Overload<FixedBuilder<long>>([DataType.BigInt], DataType.BigInt, (a, row, result) => result.Append(Between(a.Session, 0, a.Long(0, row))), canFail: true),
                RowKernel.Overload<FixedBuilder<long>>([DataType.BigInt, DataType.BigInt], DataType.BigInt, (a, row, result) => result.Append(Between(a.Session, a.Long(0, row), a.Long(1, row))), canFail: true),
            ]),
        new(
            Info("setseed(seed)", "Makes random() give the same numbers after it as after any other call with that seed, from -1 to 1, while one thread asks; gives NULL.", "(setseed(0.5) IS NULL) = true"),
            [RowKernel.Overload<TextBuilder>([DataType.Double], DataType.Varchar, Seed, canFail: true)]),
    ];

    private static FunctionInfo Info(string signature, string description, string example) => MathInfo.Of(signature, description, example) with { Volatility = Volatility.Volatile };

    private static unsafe Column Fill(in KernelContext context, ReadOnlySpan<Column> arguments, int rowCount)
    {
        var numbers = context.Pool.Allocate((long)rowCount * sizeof(double), "values");
        context.Session.Facts.Random.Fill(new Span<double>(numbers.Pointer, rowCount));
        return new FixedColumn(DataType.Double, rowCount, new BufferSlice(numbers), BufferSlice.None);
    }

    private static long Between(SessionContext session, long low, long high) => low < high
        ? (long)(low + (Int128)(session.Facts.Random.Next() * (double)((Int128)high - low)))
        : throw new QueryException(ErrorCodes.InvalidParameterValue, $"random needs a lower bound below the upper one: {low}, {high}");

    private static void Seed(RowArguments a, int row, TextBuilder result)
    {
        var seed = a.Double(0, row);
        a.Session.Facts.Random.Seed(seed is >= -1 and <= 1
            ? BitConverter.DoubleToUInt64Bits(seed)
            : throw new QueryException(ErrorCodes.InvalidParameterValue, $"setseed parameter {seed.ToString(System.Globalization.CultureInfo.InvariantCulture)} is out of allowed range [-1,1]"));
        result.AppendNull();
    }
}
