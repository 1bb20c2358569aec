using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Lambdas;

/// <summary>Lambdas that look at each item on its own: changed, chosen, or asked whether they hold.</summary>
internal static unsafe class ItemLambdas
{
    private static readonly ParameterType Test = LambdaFunctions.Lambda(LambdaFunctions.T, DataType.Boolean);
    private static readonly ParameterType PlacedTest = LambdaFunctions.Lambda(LambdaFunctions.T, DataType.BigInt, DataType.Boolean);

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            Info("transform(array, item -> value)", "The array of what a lambda makes of each item, and of its place from 1 on where it asks for that.", "transform(ARRAY[1, 2], x -> x * 10) = ARRAY[10, 20]", "list_transform", "array_transform", "apply", "list_apply", "array_apply"),
            [
                Transform(LambdaFunctions.Lambda(LambdaFunctions.T, LambdaFunctions.U)),
                Transform(LambdaFunctions.Lambda(LambdaFunctions.T, DataType.BigInt, LambdaFunctions.U)),
            ]),
        new(
            Info("filter(array, item -> condition)", "The items for which a lambda is true.", "filter(ARRAY[1, 2, 3], x -> x > 1) = ARRAY[2, 3]", "list_filter", "array_filter"),
            [Filter(Test), Filter(PlacedTest)]),
        Match("any_match", "Whether a lambda is true for an item; NULL when only one for which it is NULL could be it.", "any_match(ARRAY[1, 2], x -> x > 1) = true", whenFound: true, searched: true),
        Match("all_match", "Whether a lambda is true for all items.", "all_match(ARRAY[1, 2], x -> x > 1) = false", whenFound: false, searched: false),
        Match("none_match", "Whether a lambda is true for no item.", "none_match(ARRAY[1, 2], x -> x > 2) = true", whenFound: false, searched: true),
        new(
            Info("find_first(array, item -> condition)", "The first item for which a lambda is true; NULL when there is none.", "find_first(ARRAY[1, 2, 3], x -> x > 1) = 2"),
            [LambdaFunctions.Overload([ArrayParameter.OfT, Test], types => ((ArrayType)types[0]).Element, _ => FindFirst)]),
        new(
            Info("zip_with(left, right, (item, other) -> value)", "The array of what a lambda makes of the items of two arrays at the same places; the shorter one goes on with NULLs.", "zip_with(ARRAY[1, 2], ARRAY[10, 20], (x, y) -> x + y) = ARRAY[11, 22]"),
            [LambdaFunctions.Overload(
                [ArrayParameter.OfT, new ArrayParameter(LambdaFunctions.U), LambdaFunctions.Lambda(LambdaFunctions.T, LambdaFunctions.U, LambdaFunctions.R)],
                types => new ArrayType(types[2]),
                binding => (in context, arguments, rowCount) => ZipWith(context, arguments, rowCount, binding.ResultType))]),
    ];

    private static FunctionInfo Info(string name, string description, string example, params ImmutableArray<string> aliases) =>
        new(name, "lambda", description, example) { Aliases = aliases };

    private static ScalarOverload Transform(LambdaParameter lambda) => LambdaFunctions.Overload(
        [ArrayParameter.OfT, lambda],
        types => new ArrayType(types[1]),
        binding => (in context, arguments, rowCount) =>
        {
            using var items = new ListItems(arguments[0], context.Pool);
            return items.WithValues(binding.ResultType, Invoke(context, items, lambda));
        });

    private static ScalarOverload Filter(ParameterType lambda) => LambdaFunctions.Overload(
        [ArrayParameter.OfT, lambda],
        types => types[0],
        binding => (in context, arguments, rowCount) =>
        {
            using var items = new ListItems(arguments[0], context.Pool);
            using var verdict = (BooleanColumn)Invoke(context, items, (LambdaParameter)lambda);
            return Keep(binding.ResultType, items, verdict, context.Pool);
        });

    /// <summary>The arrays or maps of the items whose verdict is true.</summary>
    public static ListColumn Keep(DataType type, ListItems items, BooleanColumn verdict, MemoryPool pool)
    {
        var offsets = pool.Allocate((items.Lists.Length + 1L) * sizeof(int), "offsets");
        using var kept = new RowIndexes(items.Count, pool);
        var count = 0;
        for (var row = 0; row < items.Lists.Length; row++)
        {
            ((int*)offsets.Pointer)[row] = count;
            for (var item = items.Offsets[row]; item < items.Offsets[row + 1]; item++)
            {
                if (IsTrue(verdict, item))
                {
                    kept.Span[count++] = item;
                }
            }
        }

        ((int*)offsets.Pointer)[items.Lists.Length] = count;
        var validity = Bitmap.Slice(items.Lists.Validity, 0, items.Lists.Length, pool);
        return new ListColumn(type, items.Lists.Length, new BufferSlice(offsets), items.Values.Take(kept.Span[..count], pool), validity);
    }

    public static bool IsTrue(BooleanColumn verdict, int item) => verdict[item] && !verdict.IsNull(item);

    private static Column Invoke(in KernelContext context, ListItems items, LambdaParameter lambda)
    {
        if (lambda.Parameters.Length == 1)
        {
            return context.Lambdas[0].Invoke([items.Values], items.Rows);
        }

        using var places = LambdaFunctions.PlacesOf(items, context.Pool);
        return context.Lambdas[0].Invoke([items.Values, places], items.Rows);
    }

    /// <param name="name">Of the function.</param>
    /// <param name="description">For the documentation.</param>
    /// <param name="example">For the documentation.</param>
    /// <param name="whenFound">The answer when an item gives the truth value searched for; the opposite when none does.</param>
    /// <param name="searched">The truth value that decides.</param>
    private static ScalarFunction Match(string name, string description, string example, bool whenFound, bool searched) => new(
        Info($"{name}(array, item -> condition)", description, example),
        [LambdaFunctions.Overload([ArrayParameter.OfT, Test], _ => DataType.Boolean, _ => (in context, arguments, rowCount) =>
        {
            using var items = new ListItems(arguments[0], context.Pool);
            using var verdict = (BooleanColumn)context.Lambdas[0].Invoke([items.Values], items.Rows);
            using var builder = new BooleanBuilder(context.Pool);
            for (var row = 0; row < rowCount; row++)
            {
                var (isFound, hasNull) = (false, items.Lists.IsNull(row));
                for (var item = items.Offsets[row]; item < items.Offsets[row + 1] && !isFound; item++)
                {
                    var isNull = verdict.IsNull(item);
                    hasNull |= isNull;
                    isFound = !isNull && verdict[item] == searched;
                }

                if (!isFound && hasNull)
                {
                    builder.AppendNull();
                }
                else
                {
                    builder.Append(isFound == whenFound);
                }
            }

            return builder.Finish();
        })]);

    private static Column FindFirst(in KernelContext context, ReadOnlySpan<Column> arguments, int rowCount)
    {
        using var items = new ListItems(arguments[0], context.Pool);
        using var verdict = (BooleanColumn)context.Lambdas[0].Invoke([items.Values], items.Rows);
        using var found = RowIndexes.Repeat(-1, rowCount, context.Pool);
        for (var item = items.Count - 1; item >= 0; item--)
        {
            if (IsTrue(verdict, item))
            {
                found.Span[items.Rows[item]] = item;
            }
        }

        return items.Values.Take(found.Span, context.Pool);
    }

    private static ListColumn ZipWith(in KernelContext context, ReadOnlySpan<Column> arguments, int rowCount, DataType type)
    {
        using var left = new ListItems(arguments[0], context.Pool);
        using var right = new ListItems(arguments[1], context.Pool);
        var (leftPlaces, rightPlaces, rows) = (new List<int>(), new List<int>(), new List<int>());
        for (var row = 0; row < rowCount; row++)
        {
            var count = left.Lists.IsNull(row) || right.Lists.IsNull(row) ? 0 : Math.Max(left.CountOf(row), right.CountOf(row));
            for (var i = 0; i < count; i++)
            {
                leftPlaces.Add(i < left.CountOf(row) ? left.Offsets[row] + i : -1);
                rightPlaces.Add(i < right.CountOf(row) ? right.Offsets[row] + i : -1);
                rows.Add(row);
            }
        }

        using var leftItems = left.Values.Take(leftPlaces.ToArray(), context.Pool);
        using var rightItems = right.Values.Take(rightPlaces.ToArray(), context.Pool);
        var values = context.Lambdas[0].Invoke([leftItems, rightItems], rows.ToArray());
        return new ListColumn(type, rowCount, OffsetsOf(rows, rowCount, context.Pool), values, ResultValidity.Of(arguments, rowCount, context.Pool));
    }

    /// <summary>Where the items of each row begin, given the row of each, ascending.</summary>
    public static BufferSlice OffsetsOf(List<int> rows, int rowCount, MemoryPool pool)
    {
        var offsets = pool.AllocateCleared((rowCount + 1L) * sizeof(int), "offsets");
        var starts = (int*)offsets.Pointer;
        foreach (var row in rows)
        {
            starts[row + 1]++;
        }

        for (var row = 0; row < rowCount; row++)
        {
            starts[row + 1] += starts[row];
        }

        return new BufferSlice(offsets);
    }
}
