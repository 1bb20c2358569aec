using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Operators;

/// <summary>NOT, the comparison for which NULL is a value, and the check that a subquery gave one row.</summary>
internal static unsafe class LogicOperators
{
    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            new FunctionInfo("not(condition)", "operators", "The opposite truth value.", "NOT true = false"),
            [new ScalarOverload([DataType.Boolean], _ => DataType.Boolean, _ => Not)]),
        new(
            new FunctionInfo("is_distinct_from(left, right)", "operators", "Whether the values differ, where NULL equals NULL.", "(NULL IS DISTINCT FROM 1) = true"),
            [new ScalarOverload([AnyParameter.T, AnyParameter.T], _ => DataType.Boolean, _ => IsDistinctFrom) { SeesNulls = true }]),
        new(
            new FunctionInfo("only_row(value, count)", "operators", "The first argument, which comes from as many rows as the second says: NULL of none, and more than one is an error.", "only_row('a', 1) = 'a'"),
            [new ScalarOverload([AnyParameter.T, DataType.BigInt], types => types[0], _ => OnlyRow) { SeesNulls = true, CanFail = true }]),
        new(
            new FunctionInfo("row_count(count, clause)", "operators", "The first argument, which LIMIT or OFFSET, as the second says, takes as a number of rows: negative it is an error.", "row_count(3, 'LIMIT') = 3"),
            [RowKernel.Overload<FixedBuilder<long>>([DataType.BigInt, DataType.Varchar], DataType.BigInt, (a, row, result) => result.Append(a.Long(0, row) >= 0
                ? a.Long(0, row)
                : throw new QueryException(a.String(1, row) == "LIMIT" ? ErrorCodes.InvalidRowCountInLimit : ErrorCodes.InvalidRowCountInOffset, $"{a.String(1, row)} must not be negative")), canFail: true)]),
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

    private static Column OnlyRow(in KernelContext context, ReadOnlySpan<Column> arguments, int rowCount)
    {
        using var counts = (FixedColumn)arguments[1].Flatten(context.Pool);
        using var rows = RowIndexes.Sequence(0, rowCount, context.Pool);
        for (var row = 0; row < rowCount; row++)
        {
            var count = counts.IsNull(row) ? 0 : counts.Values<long>()[row];
            if (count > 1)
            {
                throw new QueryException(ErrorCodes.CardinalityViolation, "more than one row returned by a subquery used as an expression", context.Span);
            }

            rows.Span[row] = count == 0 ? -1 : row;
        }

        return arguments[0].Take(rows.Span, context.Pool);
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
