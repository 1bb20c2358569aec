using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Lambdas;

/// <summary>Lambdas over the entries of maps.</summary>
internal static unsafe class MapLambdas
{
    private static readonly AnyParameter K = new("K");
    private static readonly AnyParameter V = new("V");
    private static readonly AnyParameter W = new("W");
    private static readonly MapParameter Map = new(K, V);

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            Info("map_filter(map, (key, value) -> condition)", "The entries for which a lambda is true.", "map_filter(MAP {'a': 1, 'b': 2}, (k, v) -> v > 1) = MAP {'b': 2}"),
            [LambdaFunctions.Overload([Map, LambdaFunctions.Lambda(K, V, DataType.Boolean)], types => types[0], binding => (in context, arguments, rowCount) =>
            {
                using var entries = new ListItems(arguments[0], context.Pool);
                using var verdict = (BooleanColumn)Invoke(context, entries);
                return ItemLambdas.Keep(binding.ResultType, entries, verdict, context.Pool);
            })]),
        new(
            Info("transform_values(map, (key, value) -> value)", "The map with what a lambda makes of each entry in the values' place.", "transform_values(MAP {'a': 1}, (k, v) -> v + 1) = MAP {'a': 2}"),
            [LambdaFunctions.Overload(
                [Map, LambdaFunctions.Lambda(K, V, LambdaFunctions.R)],
                types => new MapType(((MapType)types[0]).Key, types[1]),
                binding => (in context, arguments, rowCount) =>
                {
                    using var entries = new ListItems(arguments[0], context.Pool);
                    var values = Invoke(context, entries);
                    return WithEntries(binding.ResultType, entries, Fields(entries)[0].Retain(), values);
                })]),
        new(
            Info("transform_keys(map, (key, value) -> key)", "The map with what a lambda makes of each entry in the keys' place; two equal keys are an error.", "transform_keys(MAP {'a': 1}, (k, v) -> k || 'b') = MAP {'ab': 1}"),
            [LambdaFunctions.Overload(
                [Map, LambdaFunctions.Lambda(K, V, LambdaFunctions.R)],
                types => new MapType(types[1], ((MapType)types[0]).Value),
                binding => (in context, arguments, rowCount) =>
                {
                    using var entries = new ListItems(arguments[0], context.Pool);
                    using var keys = Invoke(context, entries);
                    CheckKeys(entries, keys, context.Span);
                    return WithEntries(binding.ResultType, entries, keys.Retain(), Fields(entries)[1].Retain());
                },
                canFail: true)]),
        new(
            Info("map_zip_with(left, right, (key, value, other) -> value)", "The map of all keys of two maps with what a lambda makes of their values; NULL stands for a value that is not there.", "map_zip_with(MAP {'a': 1}, MAP {'a': 10, 'b': 20}, (k, v, w) -> coalesce(v, 0) + w) = MAP {'a': 11, 'b': 20}"),
            [LambdaFunctions.Overload(
                [Map, new MapParameter(K, W), new LambdaParameter([K, V, W], LambdaFunctions.R)],
                types => new MapType(((MapType)types[0]).Key, types[2]),
                binding => (in context, arguments, rowCount) => ZipWith(context, arguments, rowCount, (MapType)binding.ResultType))]),
    ];

    private static FunctionInfo Info(string name, string description, string example) => new(name, "lambda", description, example);

    private static ImmutableArray<Column> Fields(ListItems entries) => ((StructColumn)entries.Values).Children;

    private static Column Invoke(in KernelContext context, ListItems entries) => context.Lambdas[0].Invoke(Fields(entries).AsSpan(), entries.Rows);

    private static ListColumn WithEntries(DataType type, ListItems entries, Column keys, Column values) =>
        entries.WithValues(type, new StructColumn(((MapType)type).Entry, entries.Count, [keys, values], default));

    private static void CheckKeys(ListItems entries, Column keys, SourceSpan? span)
    {
        for (var row = 0; row < entries.Lists.Length; row++)
        {
            for (var item = entries.Offsets[row]; item < entries.Offsets[row + 1]; item++)
            {
                if (keys.IsNull(item))
                {
                    throw new QueryException(ErrorCodes.InvalidParameterValue, "map key must not be NULL", span);
                }

                for (var other = entries.Offsets[row]; other < item; other++)
                {
                    if (ValueComparison.Compare(keys, other, keys, item) == 0)
                    {
                        throw new QueryException(ErrorCodes.InvalidParameterValue, $"duplicate map key: {Core.Text.ColumnText.ToString(keys, item)}", span);
                    }
                }
            }
        }
    }

    /// <summary>The left map's keys first, then those that the right one alone has.</summary>
    private static ListColumn ZipWith(in KernelContext context, ReadOnlySpan<Column> arguments, int rowCount, MapType type)
    {
        using var left = new ListItems(arguments[0], context.Pool);
        using var right = new ListItems(arguments[1], context.Pool);
        var (leftKeys, rightKeys) = (Fields(left)[0], Fields(right)[0]);
        var (leftPlaces, rightPlaces, rows) = (new List<int>(), new List<int>(), new List<int>());
        for (var row = 0; row < rowCount; row++)
        {
            if (left.Lists.IsNull(row) || right.Lists.IsNull(row))
            {
                continue;
            }

            for (var item = left.Offsets[row]; item < left.Offsets[row + 1]; item++)
            {
                Add(item, Find(rightKeys, right.Offsets[row], right.Offsets[row + 1], leftKeys, item), row);
            }

            for (var item = right.Offsets[row]; item < right.Offsets[row + 1]; item++)
            {
                if (Find(leftKeys, left.Offsets[row], left.Offsets[row + 1], rightKeys, item) < 0)
                {
                    Add(-1, item, row);
                }
            }
        }

        using var keys = Merge(leftKeys, leftPlaces, rightKeys, rightPlaces, context.Pool);
        using var leftValues = Fields(left)[1].Take(leftPlaces.ToArray(), context.Pool);
        using var rightValues = Fields(right)[1].Take(rightPlaces.ToArray(), context.Pool);
        var values = context.Lambdas[0].Invoke([keys, leftValues, rightValues], rows.ToArray());
        var entries = new StructColumn(type.Entry, rows.Count, [keys.Retain(), values], default);
        return new ListColumn(type, rowCount, ItemLambdas.OffsetsOf(rows, rowCount, context.Pool), entries, ResultValidity.Of(arguments, rowCount, context.Pool));

        void Add(int leftPlace, int rightPlace, int row)
        {
            leftPlaces.Add(leftPlace);
            rightPlaces.Add(rightPlace);
            rows.Add(row);
        }
    }

    private static int Find(Column keys, int start, int end, Column others, int other)
    {
        for (var item = start; item < end; item++)
        {
            if (ValueComparison.Compare(keys, item, others, other) == 0)
            {
                return item;
            }
        }

        return -1;
    }

    private static Column Merge(Column left, List<int> leftPlaces, Column right, List<int> rightPlaces, MemoryPool pool)
    {
        using var builder = Core.Columns.Builders.ColumnBuilder.Create(left.Type, pool);
        for (var i = 0; i < leftPlaces.Count; i++)
        {
            var isLeft = leftPlaces[i] >= 0;
            builder.AppendFlat(isLeft ? left : right, [isLeft ? leftPlaces[i] : rightPlaces[i]]);
        }

        return builder.Finish();
    }
}
