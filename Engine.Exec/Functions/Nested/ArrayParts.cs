using System.Collections.Immutable;
using System.Numerics;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Functions.Text;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Nested;

/// <summary>Arrays cut, filled, put side by side and added up.</summary>
internal static unsafe class ArrayParts
{
    private const int MaxItems = 10_000_000;

    private static readonly ImmutableArray<ParameterType> WithNumber = [ArrayParameter.OfT, DataType.BigInt];
    private static readonly ImmutableArray<ParameterType> WithItem = [ArrayParameter.OfT, AnyParameter.T];

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(Info("array_first(array)", "The first item.", "array_first(ARRAY[1, 2]) = 1", "list_first"), [ItemKernel.Pick([ArrayParameter.OfT], ElementOf, (_, lists, _, place) => lists.ItemCount(place) == 0 ? -1 : lists.Offsets[place])]),
        new(Info("array_last(array)", "The last item.", "array_last(ARRAY[1, 2]) = 2", "list_last"), [ItemKernel.Pick([ArrayParameter.OfT], ElementOf, (_, lists, _, place) => lists.ItemCount(place) == 0 ? -1 : lists.Offsets[place + 1] - 1)]),
        new(
            Info("trim_array(array, count)", "The array without a number of items at its end.", "trim_array(ARRAY[1, 2, 3], 2) = ARRAY[1]"),
            [Listed(WithNumber, (a, lists, row, place) =>
            {
                var (count, all) = (a.Long(1, row), lists.ItemCount(place));
                return count >= 0 && count <= all
                    ? Enumerable.Range(lists.Offsets[place], all - (int)count)
                    : throw new QueryException(ErrorCodes.ArraySubscriptError, $"number of elements to trim must be between 0 and {all}: {count}");
            }, canFail: true)]),
        new(Info("remove_nulls(array)", "The items that are not NULL.", "remove_nulls(ARRAY[1, NULL, 2]) = ARRAY[1, 2]", "array_compact", "list_filter_nulls"), [Listed([ArrayParameter.OfT], (_, lists, _, place) => ItemsOf(lists, place).Where(item => !lists.Child.IsNull(item)))]),
        new(Info("shuffle(array)", "The items in an order by chance.", "cardinality(shuffle(ARRAY[1, 2, 3])) = 3", "array_shuffle") with { Volatility = Volatility.Volatile }, [Listed([ArrayParameter.OfT], (_, lists, _, place) =>
        {
            var items = ItemsOf(lists, place).ToArray();
            Random.Shared.Shuffle(items);
            return items;
        })]),
        new(
            Info("array_sort_desc(array)", "The items in descending order, NULLs last.", "array_sort_desc(ARRAY[1, 3, 2]) = ARRAY[3, 2, 1]", "list_reverse_sort", "array_reverse_sort"),
            [Listed([ArrayParameter.OfT], (_, lists, _, place) => ItemsOf(lists, place).Order(Comparer<int>.Create((x, y) =>
            {
                var (left, right) = (lists.Child.IsNull(x), lists.Child.IsNull(y));
                return left || right ? left.CompareTo(right) : ValueComparison.Compare(lists.Child, y, lists.Child, x);
            })))]),
        new(
            Info("array_positions(array, item)", "All places, from 1 on, of an item.", "array_positions(ARRAY['a', 'b', 'a'], 'a') = ARRAY[1, 3]"),
            [new(WithItem, _ => DataType.Array(DataType.Integer), binding => RowKernel.WithNulls<ListBuilder>(binding.ResultType, (a, row, result) =>
            {
                if (a.IsNull(0, row))
                {
                    result.AppendNull();
                    return;
                }

                var lists = (ListColumn)a.Column(0);
                var place = a.Place(0, row);
                foreach (var item in ItemsOf(lists, place).Where(item => ValueComparison.CompareNullable(lists.Child, item, a.Column(1), a.Place(1, row)) == 0))
                {
                    ((FixedBuilder<int>)result.Items).Append(item - lists.Offsets[place] + 1);
                }

                result.EndRow();
            }))
            {
                SeesNulls = true,
            }]),
        new(
            Info("array_replace(array, item, other)", "The array with one value in place of another.", "array_replace(ARRAY[1, 2, 1], 1, 9) = ARRAY[9, 2, 9]"),
            [new([ArrayParameter.OfT, AnyParameter.T, AnyParameter.T], types => types[0], binding => RowKernel.WithNulls<ListBuilder>(binding.ResultType, (a, row, result) =>
            {
                if (a.IsNull(0, row))
                {
                    result.AppendNull();
                    return;
                }

                var lists = (ListColumn)a.Column(0);
                foreach (var item in ItemsOf(lists, a.Place(0, row)))
                {
                    var isWanted = ValueComparison.CompareNullable(lists.Child, item, a.Column(1), a.Place(1, row)) == 0;
                    result.Items.AppendFlat(isWanted ? a.Column(2) : lists.Child, [isWanted ? a.Place(2, row) : item]);
                }

                result.EndRow();
            }))
            {
                SeesNulls = true,
            }]),
        new(
            Info("array_ndims(array)", "How many arrays lie in each other; NULL for an empty one.", "array_ndims(ARRAY[ARRAY[1]]) = 2"),
            [RowKernel.Overload<FixedBuilder<int>>([ArrayParameter.OfT], DataType.Integer, (a, row, result) =>
            {
                var lengths = Dimensions(a, row);
                result.AppendValue(lengths.Count == 0 ? null : lengths.Count);
            })]),
        new(
            Info("array_dims(array)", "The places of an array in each dimension, as text; NULL for an empty one.", "array_dims(ARRAY[1, 2]) = '[1:2]'"),
            [RowKernel.Overload<TextBuilder>([ArrayParameter.OfT], DataType.Varchar, (a, row, result) =>
            {
                var lengths = Dimensions(a, row);
                result.AppendValue(lengths.Count == 0 ? null : string.Concat(lengths.Select(length => $"[1:{length}]")));
            })]),
        new(
            Info("array_sum(array)", "The sum of the items that are not NULL; 0 of none.", "array_sum(ARRAY[1, 2, NULL]) = 3", "list_sum"),
            [
                RowKernel.Overload<FixedBuilder<long>>([new ArrayParameter(DataType.BigInt)], DataType.BigInt, (a, row, result) =>
                {
                    var sum = Int128.Zero;
                    foreach (var value in Values<long>(a, row))
                    {
                        sum += value;
                    }

                    result.Append(sum >= long.MinValue && sum <= long.MaxValue ? (long)sum : throw new QueryException(ErrorCodes.NumericValueOutOfRange, $"bigint out of range: {sum}"));
                }, canFail: true),
                RowKernel.Overload<FixedBuilder<double>>([new ArrayParameter(DataType.Double)], DataType.Double, (a, row, result) => result.Append(Values<double>(a, row).Sum())),
                DecimalSum(),
            ]),
        new(
            Info("array_average(array)", "The mean of the items that are not NULL; NULL of none.", "array_average(ARRAY[1, 2]) = 1.5", "list_avg", "array_avg"),
            [RowKernel.Overload<FixedBuilder<double>>([new ArrayParameter(DataType.Double)], DataType.Double, (a, row, result) =>
            {
                var values = Values<double>(a, row);
                result.AppendValue(values.Count == 0 ? null : values.Sum() / values.Count);
            })]),
        new(
            Info("reverse(value)", "The characters of a text, the bytes of a binary value or the items of an array from last to first.", "reverse('abc') = 'cba'", "array_reverse", "list_reverse"),
            [.. SliceFunctions.Reversed, Listed([ArrayParameter.OfT], (_, lists, _, place) => ItemsOf(lists, place).Reverse())]),
        new(
            Info("repeat(value, count)", "A text a number of times, or an array of a value a number of times.", "repeat('ab', 3) = 'ababab'"),
            [
                SliceFunctions.Repeated,
                new([AnyParameter.T, DataType.BigInt], types => new ArrayType(types[0]), binding => RowKernel.WithNulls<ListBuilder>(binding.ResultType, (a, row, result) =>
                {
                    if (a.IsNull(1, row))
                    {
                        result.AppendNull();
                        return;
                    }

                    Fill(a, 0, row, a.Long(1, row), result);
                }))
                {
                    SeesNulls = true,
                    CanFail = true,
                },
            ]),
        new(
            Info("array_fill(value, lengths)", "An array of a value as many times as the array of lengths says, which has one item.", "array_fill(7, ARRAY[3]) = ARRAY[7, 7, 7]"),
            [new([AnyParameter.T, new ArrayParameter(DataType.BigInt)], types => new ArrayType(types[0]), binding => RowKernel.WithNulls<ListBuilder>(binding.ResultType, (a, row, result) =>
            {
                var lengths = a.IsNull(1, row) ? [] : Values<long>(a, row, 1);
                if (lengths.Count != 1)
                {
                    throw new QueryException(ErrorCodes.InvalidParameterValue, $"array_fill needs one length, not {lengths.Count}");
                }

                Fill(a, 0, row, lengths[0], result);
            }))
            {
                SeesNulls = true,
                CanFail = true,
            }]),
        new(
            Info("zip(array, other, ...)", "The array of rows of the items at the same places; shorter arrays go on with NULLs.", "zip(ARRAY[1, 2], ARRAY['a'])[1].f2 = 'a'", "list_zip", "arrays_zip"),
            [new([], types => new ArrayType(new RowType([.. types.Select((type, i) => new Field($"f{i + 1}", ((ArrayType)type).Element))])), binding => RowKernel.Strict<ListBuilder>(binding.ResultType, WriteZip))
            {
                Variadic = new ArrayParameter(AnyParameter.Each),
            }]),
        new(
            Info("ngrams(array, length)", "The array of all stretches of a length; the array itself when it is shorter.", "ngrams(ARRAY['a', 'b', 'c'], 2) = ARRAY[ARRAY['a', 'b'], ARRAY['b', 'c']]"),
            [Groups((count, length) => length > 0
                ? Enumerable.Range(0, Math.Max(count - (int)Math.Min(length, int.MaxValue) + 1, 1)).Select(start => Enumerable.Range(start, (int)Math.Min(length, count - start)))
                : throw new QueryException(ErrorCodes.InvalidParameterValue, $"length of ngrams must be above 0: {length}"))]),
        new(
            Info("combinations(array, count)", "The array of all choices of a number of items, up to 5.", "combinations(ARRAY[1, 2, 3], 2) = ARRAY[ARRAY[1, 2], ARRAY[1, 3], ARRAY[2, 3]]"),
            [Groups((count, length) => length is >= 0 and <= 5
                ? Choices(count, (int)length, 0)
                : throw new QueryException(ErrorCodes.InvalidParameterValue, $"combinations take 0 to 5 items: {length}"))]),
    ];

    private delegate IEnumerable<int> ItemChoice(RowArguments a, ListColumn lists, int row, int place);

    private static FunctionInfo Info(string signature, string description, string example, params ImmutableArray<string> aliases) =>
        new(signature, "array", description, example) { Aliases = aliases };

    private static DataType ElementOf(ImmutableArray<DataType> types) => ((ArrayType)types[0]).Element;

    private static IEnumerable<int> ItemsOf(ListColumn lists, int place) => Enumerable.Range(lists.Offsets[place], lists.ItemCount(place));

    /// <summary>An array of some items of the first argument.</summary>
    private static ScalarOverload Listed(ImmutableArray<ParameterType> parameters, ItemChoice choose, bool canFail = false) =>
        new(parameters, types => types[0], binding => RowKernel.Strict<ListBuilder>(binding.ResultType, (a, row, result) =>
        {
            var lists = (ListColumn)a.Column(0);
            result.Items.AppendFlat(lists.Child, choose(a, lists, row, a.Place(0, row)).ToArray());
            result.EndRow();
        }))
        {
            CanFail = canFail,
        };

    private static List<int> Dimensions(RowArguments a, int row)
    {
        var lengths = new List<int>();
        var place = a.Place(0, row);
        for (var column = a.Column(0); column is ListColumn lists && !lists.IsNull(place) && lists.ItemCount(place) > 0;)
        {
            lengths.Add(lists.ItemCount(place));
            place = lists.Offsets[place];
            column = lists.Child;
        }

        return lengths;
    }

    private static List<T> Values<T>(RowArguments a, int row, int argument = 0)
        where T : unmanaged
    {
        var lists = (ListColumn)a.Column(argument);
        var items = (FixedColumn)lists.Child;
        return [.. ItemsOf(lists, a.Place(argument, row)).Where(item => !items.IsNull(item)).Select(item => items.Pointer<T>()[item])];
    }

    private static ScalarOverload DecimalSum() => new(
        [new ArrayParameter(DecimalParameter.Instance)],
        types => new DecimalType(DecimalType.MaxPrecision, ((DecimalType)((ArrayType)types[0]).Element).Scale),
        binding => RowKernel.Strict<FixedBuilder<Int128>>(binding.ResultType, (a, row, result) =>
        {
            var isCompact = ((ArrayType)binding.ArgumentTypes[0]).Element.ByteWidth == 8;
            var sum = isCompact ? Values<long>(a, row).Aggregate(BigInteger.Zero, (total, value) => total + value) : Values<Int128>(a, row).Aggregate(BigInteger.Zero, (total, value) => total + value);
            result.Append(BigInteger.Abs(sum) < BigInteger.Pow(10, DecimalType.MaxPrecision) ? (Int128)sum : throw new QueryException(ErrorCodes.NumericValueOutOfRange, $"decimal out of range: {sum}"));
        }))
    {
        CanFail = true,
    };

    private static void Fill(RowArguments a, int argument, int row, long count, ListBuilder result)
    {
        if (count > MaxItems)
        {
            throw new QueryException(ErrorCodes.ProgramLimitExceeded, $"an array made by repetition must not have more than {MaxItems} items: {count}");
        }

        result.Items.AppendFlat(a.Column(argument), Enumerable.Repeat(a.Place(argument, row), (int)Math.Max(count, 0)).ToArray());
        result.EndRow();
    }

    private static void WriteZip(RowArguments a, int row, ListBuilder result)
    {
        var lists = Enumerable.Range(0, a.Count).Select(argument => ((ListColumn)a.Column(argument), a.Place(argument, row))).ToArray();
        var rows = (StructBuilder)result.Items;
        var count = lists.Select(pair => pair.Item1.ItemCount(pair.Item2)).DefaultIfEmpty().Max();
        for (var i = 0; i < count; i++)
        {
            for (var field = 0; field < lists.Length; field++)
            {
                var (list, place) = lists[field];
                rows.Fields[field].AppendFlat(list.Child, [i < list.ItemCount(place) ? list.Offsets[place] + i : -1]);
            }

            rows.EndRow();
        }

        result.EndRow();
    }

    /// <summary>An array of arrays of items, of which a function says the places for the array's length and the second argument.</summary>
    private static ScalarOverload Groups(Func<int, long, IEnumerable<IEnumerable<int>>> choose) => new(
        WithNumber,
        types => new ArrayType(types[0]),
        binding => RowKernel.Strict<ListBuilder>(binding.ResultType, (a, row, result) =>
        {
            var lists = (ListColumn)a.Column(0);
            var place = a.Place(0, row);
            var inner = (ListBuilder)result.Items;
            var items = 0L;
            foreach (var group in choose(lists.ItemCount(place), a.Long(1, row)))
            {
                var places = group.Select(item => lists.Offsets[place] + item).ToArray();
                items += places.Length;
                if (items > MaxItems)
                {
                    throw new QueryException(ErrorCodes.ProgramLimitExceeded, $"the groups of an array of {lists.ItemCount(place)} items have more than {MaxItems} items");
                }

                inner.Items.AppendFlat(lists.Child, places);
                inner.EndRow();
            }

            result.EndRow();
        }))
    {
        CanFail = true,
    };

    private static IEnumerable<IEnumerable<int>> Choices(int count, int length, int first)
    {
        if (length == 0)
        {
            yield return [];
            yield break;
        }

        for (var i = first; i <= count - length; i++)
        {
            foreach (var rest in Choices(count, length - 1, i + 1))
            {
                yield return rest.Prepend(i);
            }
        }
    }
}
