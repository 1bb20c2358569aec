using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Operators;

/// <summary>NOT, and the comparison for which NULL is a value.</summary>
internal static unsafe class LogicOperators
{
    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            new FunctionInfo("not", "operators", "The opposite truth value.", "NOT true = false"),
            [new ScalarOverload([DataType.Boolean], _ => DataType.Boolean, _ => Not)]),
        new(
            new FunctionInfo("is_distinct_from", "operators", "Whether the values differ, where NULL equals NULL.", "(NULL IS DISTINCT FROM 1) = true"),
            [new ScalarOverload([AnyParameter.T, AnyParameter.T], _ => DataType.Boolean, _ => IsDistinctFrom) { SeesNulls = true }]),
    ];

    private static Column Not(in KernelContext context, ReadOnlySpan<Column> arguments, int rowCount)
    {
        using var flat = (BooleanColumn)arguments[0].Flatten(context.Pool);
        var bits = context.Pool.Allocate(Bitmap.ByteCount(rowCount), "booleans");
        for (var i = 0; i < Bitmap.WordCount(rowCount); i++)
        {
            ((ulong*)bits.Pointer)[i] = ~((ulong*)flat.Bits.Pointer)[i];
        }

        return new BooleanColumn(rowCount, new BufferSlice(bits), flat.Validity.Retain());
    }

    private static Column IsDistinctFrom(in KernelContext context, ReadOnlySpan<Column> arguments, int rowCount)
    {
        using var left = arguments[0].Flatten(context.Pool);
        using var right = arguments[1].Flatten(context.Pool);
        using var builder = new BooleanBuilder(context.Pool);
        for (var row = 0; row < rowCount; row++)
        {
            builder.Append(ValueComparison.CompareNullable(left, row, right, row) != 0);
        }

        return builder.Finish();
    }
}
