using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Functions.Json;
using Engine.Exec.Functions.Text;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Nested;

/// <summary>Functions of arrays. Inside arrays NULL is a value: it equals itself and sorts last.</summary>
internal static unsafe class ArrayFunctions
{
    private static readonly ImmutableArray<ParameterType> WithItem = [ArrayParameter.OfT, AnyParameter.T];
    private static readonly ImmutableArray<ParameterType> Pair = [ArrayParameter.OfT, ArrayParameter.OfT];

    /// <summary>array_sort without a lambda.</summary>
    public static readonly ScalarOverload Sorted = ItemKernel.Choose((lists, place, items) => items.AddRange(ItemsOf(lists, place).Order(ItemOrder(lists.Child))));

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            Info("||(left, right)", "Texts, binary values or arrays one behind the other; an item at either end of an array.", "'a' || 'b' = 'ab'"),
            [.. ConcatFunctions.Operator, JsonEditFunctions.Concatenation, Concatenation(), Append(), Prepend()]),
        new(Info("array_cat(left, right)", "Two arrays one behind the other.", "array_cat(ARRAY[1], ARRAY[2]) = ARRAY[1, 2]", "list_concat", "list_cat", "array_concat"), [Concatenation()]),
        new(Info("array_append(array, item)", "The array with an item behind it.", "array_append(ARRAY[1], 2) = ARRAY[1, 2]", "list_append", "array_push_back"), [Append()]),
        new(Info("array_prepend(item, array)", "The array with an item before it.", "array_prepend(1, ARRAY[2]) = ARRAY[1, 2]", "list_prepend"), [Prepend()]),
        new(
            Info("contains(value, item)", "Whether a text holds another, or an array an item; NULL when only a NULL item could be it.", "contains(ARRAY[1, 2], 2) = true", "array_contains", "list_contains", "array_has", "list_has"),
            [.. SearchFunctions.Contains, RowKernel.Overload<BooleanBuilder>(WithItem, DataType.Boolean, WriteContains)]),
        new(
            Info("array_position(array, item, start)", "The place of an item, from 1 or a place on; NULL when it is not there.", "array_position(ARRAY['a', 'b'], 'b') = 2", "list_position", "list_indexof", "array_indexof"),
            [
                new(WithItem, _ => DataType.Integer, binding => RowKernel.WithNulls<FixedBuilder<int>>(binding.ResultType, WritePosition)) { SeesNulls = true },
                new([.. WithItem, DataType.BigInt], _ => DataType.Integer, binding => RowKernel.WithNulls<FixedBuilder<int>>(binding.ResultType, WritePosition)) { SeesNulls = true, CanFail = true },
            ]),
        new(
            Info("array_length(array, dimension)", "Items of an array in a dimension; NULL when it is empty.", "array_length(ARRAY[1, 2], 1) = 2"),
            [RowKernel.Overload<FixedBuilder<int>>([ArrayParameter.OfT, DataType.BigInt], DataType.Integer, (a, row, result) => WriteBound(a, row, result, (_, count) => count))]),
        new(
            Info("array_lower(array, dimension)", "The first place of an array in a dimension, 1; NULL when it is empty.", "array_lower(ARRAY[1, 2], 1) = 1"),
            [RowKernel.Overload<FixedBuilder<int>>([ArrayParameter.OfT, DataType.BigInt], DataType.Integer, (a, row, result) => WriteBound(a, row, result, (first, _) => first))]),
        new(
            Info("array_upper(array, dimension)", "The last place of an array in a dimension; NULL when it is empty.", "array_upper(ARRAY[1, 2], 1) = 2"),
            [RowKernel.Overload<FixedBuilder<int>>([ArrayParameter.OfT, DataType.BigInt], DataType.Integer, (a, row, result) => WriteBound(a, row, result, (first, count) => first + count - 1))]),
        new(Info("array_distinct(array)", "The items without repetitions.", "array_distinct(ARRAY[2, 1, 2]) = ARRAY[2, 1]", "list_distinct"), [ItemKernel.Choose((lists, place, items) =>
        {
            var seen = new SortedSet<int>(ItemOrder(lists.Child));
            items.AddRange(ItemsOf(lists, place).Where(seen.Add));
        })]),
        new(
            Info("array_remove(array, item)", "The array without the items equal to a value.", "array_remove(ARRAY[1, 2, 1], 1) = ARRAY[2]"),
            [new(WithItem, types => types[0], binding => RowKernel.WithNulls<ListBuilder>(binding.ResultType, (a, row, result) =>
            {
                if (a.IsNull(0, row))
                {
                    result.AppendNull();
                    return;
                }

                var lists = (ListColumn)a.Column(0);
                var (values, value) = (a.Column(1), a.Place(1, row));
                var kept = ItemsOf(lists, a.Place(0, row)).Where(item => ValueComparison.CompareNullable(lists.Child, item, values, value) != 0).ToArray();
                result.Items.AppendFlat(lists.Child, kept);
                result.EndRow();
            }))
            {
                SeesNulls = true,
            }]),
        new(Info("array_min(array)", "The least item.", "array_min(ARRAY[2, 1]) = 1", "list_min"), [Extreme(-1)]),
        new(Info("array_max(array)", "The greatest item.", "array_max(ARRAY[2, 1]) = 2", "list_max"), [Extreme(1)]),
        new(
            Info("arrays_overlap(left, right)", "Whether two arrays share an item.", "arrays_overlap(ARRAY[1, 2], ARRAY[2, 3]) = true", "&&", "array_has_any", "list_has_any", "array_overlaps"),
            [RowKernel.Overload<BooleanBuilder>(Pair, DataType.Boolean, (a, row, result) =>
            {
                var (left, right) = ((ListColumn)a.Column(0), (ListColumn)a.Column(1));
                var other = a.Place(1, row);
                result.Append(ItemsOf(left, a.Place(0, row)).Any(item => ItemKernel.Find(right, other, right.Child, left.Child, item) >= 0 && !left.Child.IsNull(item)));
            })]),
        new(
            Info("array_slice(array, first, last)", "The items from a place to another, for array[first:last].", "(ARRAY[1, 2, 3, 4])[2:3] = ARRAY[2, 3]"),
            [new([ArrayParameter.OfT, DataType.BigInt, DataType.BigInt], types => types[0], binding => RowKernel.Strict<ListBuilder>(binding.ResultType, (a, row, result) =>
            {
                var lists = (ListColumn)a.Column(0);
                var place = a.Place(0, row);
                var (first, last) = (Math.Max(a.Long(1, row), 1), Math.Min(a.Long(2, row), lists.ItemCount(place)));
                result.Items.AppendFlat(lists.Child, first > last ? [] : Enumerable.Range(lists.Offsets[place] + (int)first - 1, (int)(last - first) + 1).ToArray());
                result.EndRow();
            }))]),
        new(
            Info("slice(array, start, length)", "A number of items from a place on, which counts from the end when negative.", "slice(ARRAY[1, 2, 3, 4], 2, 2) = ARRAY[2, 3]"),
            [new([ArrayParameter.OfT, DataType.BigInt, DataType.BigInt], types => types[0], binding => RowKernel.Strict<ListBuilder>(binding.ResultType, WriteSlice)) { CanFail = true }]),
        new(
            Info("flatten(arrays)", "The items of the arrays in an array.", "flatten(ARRAY[ARRAY[1], ARRAY[2, 3]]) = ARRAY[1, 2, 3]"),
            [new([new ArrayParameter(ArrayParameter.OfT)], types => ((ArrayType)types[0]).Element, binding => RowKernel.Strict<ListBuilder>(binding.ResultType, (a, row, result) =>
            {
                var lists = (ListColumn)a.Column(0);
                var inner = (ListColumn)lists.Child;
                var items = ItemsOf(lists, a.Place(0, row)).Where(list => !inner.IsNull(list)).SelectMany(list => ItemsOf(inner, list)).ToArray();
                result.Items.AppendFlat(inner.Child, items);
                result.EndRow();
            }))]),
    ];

    private static FunctionInfo Info(string signature, string description, string example, params ImmutableArray<string> aliases) =>
        new(signature, "array", description, example) { Aliases = aliases };

    private static IEnumerable<int> ItemsOf(ListColumn lists, int place) => Enumerable.Range(lists.Offsets[place], lists.ItemCount(place));

    private static Comparer<int> ItemOrder(Column items) => Comparer<int>.Create((left, right) => ValueComparison.CompareNullable(items, left, items, right));

    private static ScalarOverload Concatenation() => new(Pair, types => types[0], binding => RowKernel.WithNulls<ListBuilder>(binding.ResultType, (a, row, result) =>
    {
        // As in PostgreSQL, NULL is the empty array here unless both are.
        if (a.IsNull(0, row) && a.IsNull(1, row))
        {
            result.AppendNull();
            return;
        }

        AppendItems(a, 0, row, result);
        AppendItems(a, 1, row, result);
        result.EndRow();
    }))
    {
        SeesNulls = true,
    };

    private static ScalarOverload Append() => new(WithItem, types => types[0], binding => RowKernel.WithNulls<ListBuilder>(binding.ResultType, (a, row, result) =>
    {
        AppendItems(a, 0, row, result);
        result.Items.AppendFlat(a.Column(1), [a.Place(1, row)]);
        result.EndRow();
    }))
    {
        SeesNulls = true,
    };

    private static ScalarOverload Prepend() => new([AnyParameter.T, ArrayParameter.OfT], types => types[1], binding => RowKernel.WithNulls<ListBuilder>(binding.ResultType, (a, row, result) =>
    {
        result.Items.AppendFlat(a.Column(0), [a.Place(0, row)]);
        AppendItems(a, 1, row, result);
        result.EndRow();
    }))
    {
        SeesNulls = true,
    };

    private static void AppendItems(RowArguments a, int argument, int row, ListBuilder result)
    {
        if (!a.IsNull(argument, row))
        {
            var lists = (ListColumn)a.Column(argument);
            result.Items.AppendFlat(lists.Child, ItemsOf(lists, a.Place(argument, row)).ToArray());
        }
    }

    private static void WriteContains(RowArguments a, int row, BooleanBuilder result)
    {
        var lists = (ListColumn)a.Column(0);
        var place = a.Place(0, row);
        if (ItemKernel.Find(lists, place, lists.Child, a.Column(1), a.Place(1, row)) >= 0)
        {
            result.Append(true);
        }
        else if (lists.Child.MayHaveNulls && ItemsOf(lists, place).Any(lists.Child.IsNull))
        {
            result.AppendNull();
        }
        else
        {
            result.Append(false);
        }
    }

    /// <summary>NULL is looked for as any other item; the third argument, where to begin, is no question that NULL answers.</summary>
    private static unsafe void WritePosition(RowArguments a, int row, FixedBuilder<int> result)
    {
        var lists = (ListColumn)a.Column(0);
        var place = a.Place(0, row);
        if (a.IsNull(0, row) || lists.ItemCount(place) == 0)
        {
            result.AppendNull();
            return;
        }

        // NULL that no item is has no place, whatever the beginning.
        if (a.IsNull(1, row) && !ItemsOf(lists, place).Any(lists.Child.IsNull))
        {
            result.AppendNull();
            return;
        }

        if (a.Count > 2 && a.IsNull(2, row))
        {
            throw new QueryException(ErrorCodes.NullValueNotAllowed, "initial position must not be null");
        }

        var start = a.Count > 2 ? Math.Max(a.Long(2, row), 1) : 1;
        for (var item = lists.Offsets[place] + start - 1; item < lists.Offsets[place + 1]; item++)
        {
            if (ValueComparison.CompareNullable(lists.Child, (int)item, a.Column(1), a.Place(1, row)) == 0)
            {
                result.Append((int)item - lists.Offsets[place] + 1);
                return;
            }
        }

        result.AppendNull();
    }

    private static void WriteBound(RowArguments a, int row, FixedBuilder<int> result, Func<int, int, int> bound)
    {
        Column column = a.Column(0);
        var place = a.Place(0, row);
        for (var dimension = a.Long(1, row); ; dimension--)
        {
            var count = column is ListColumn lists && dimension >= 1 ? lists.ItemCount(place) : 0;
            if (count == 0)
            {
                result.AppendNull();
                return;
            }

            if (dimension == 1)
            {
                var first = column.Type is ArrayType { IsVector: true } ? 0 : 1;
                result.Append(bound(first, count));
                return;
            }

            place = ((ListColumn)column).Offsets[place];
            column = ((ListColumn)column).Child;
        }
    }

    private static ScalarOverload Extreme(int sign) => ItemKernel.Pick([ArrayParameter.OfT], types => ((ArrayType)types[0]).Element, (_, lists, _, place) =>
    {
        var best = -1;
        foreach (var item in ItemsOf(lists, place))
        {
            if (!lists.Child.IsNull(item) && (best < 0 || ValueComparison.Compare(lists.Child, item, lists.Child, best) * sign > 0))
            {
                best = item;
            }
        }

        return best;
    });

    private static void WriteSlice(RowArguments a, int row, ListBuilder result)
    {
        var lists = (ListColumn)a.Column(0);
        var place = a.Place(0, row);
        var count = lists.ItemCount(place);
        var (start, length) = (a.Long(1, row), a.Long(2, row));
        if (start == 0 || length < 0)
        {
            throw new QueryException(ErrorCodes.InvalidParameterValue, $"slice needs a start other than 0 and a length that is not negative: {start}, {length}");
        }

        var first = start > 0 ? start - 1 : count + start;
        if (first >= 0 && first < count)
        {
            result.Items.AppendFlat(lists.Child, Enumerable.Range(lists.Offsets[place] + (int)first, (int)Math.Min(length, count - first)).ToArray());
        }

        result.EndRow();
    }
}
