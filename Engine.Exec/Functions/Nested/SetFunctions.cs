using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Nested;

/// <summary>Arrays as sets. NULL is a value that equals itself here; results keep the order in which items come.</summary>
internal static unsafe class SetFunctions
{
    private static readonly ImmutableArray<ParameterType> Pair = [ArrayParameter.OfT, ArrayParameter.OfT];

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        Combined("array_union", "The items of both arrays, each once.", "array_union(ARRAY[1, 2], ARRAY[2, 3]) = ARRAY[1, 2, 3]", (left, right) => left.Concat(right), "list_union"),
        Combined("array_intersect", "The items that both arrays have, each once.", "array_intersect(ARRAY[1, 2, 2], ARRAY[2, 3]) = ARRAY[2]", (left, right) => left.Where(right.ToSet().Contains), "list_intersect"),
        Combined("array_except", "The items of the first array that the second has not, each once.", "array_except(ARRAY[1, 2, 1], ARRAY[2]) = ARRAY[1]", (left, right) => left.Where(Outside(right)), "list_except"),
        new(
            Info("array_has_duplicates(array)", "Whether an item stands twice.", "array_has_duplicates(ARRAY[1, 2, 1]) = true"),
            [RowKernel.Overload<BooleanBuilder>([ArrayParameter.OfT], DataType.Boolean, (a, row, result) =>
            {
                var items = Items.Of(a, 0, row);
                result.Append(items.ToSet().Count < items.Count);
            })]),
        new(
            Info("array_duplicates(array)", "The items that stand more than once, each once.", "array_duplicates(ARRAY[1, 2, 1]) = ARRAY[1]"),
            [ItemKernel.Choose((lists, place, chosen) =>
            {
                var items = new Items(lists, place);
                var (seen, twice) = (new SortedSet<Item>(ItemOrder.Instance), new SortedSet<Item>(ItemOrder.Instance));
                chosen.AddRange(items.Where(item => !seen.Add(item) && twice.Add(item)).Select(item => item.Row));
            })]),
        new(
            Info("array_frequency(array)", "A map of the items that are not NULL with how often each stands.", "array_frequency(ARRAY['a', 'b', 'a']) = MAP {'a': 2, 'b': 1}"),
            [new([ArrayParameter.OfT], types => new MapType(((ArrayType)types[0]).Element, DataType.BigInt), binding => RowKernel.Strict<ListBuilder>(binding.ResultType, WriteFrequency))]),
        new(
            Info("contains_sequence(array, sequence)", "Whether the array has the items of another in a row.", "contains_sequence(ARRAY[1, 2, 3], ARRAY[2, 3]) = true"),
            [RowKernel.Overload<BooleanBuilder>(Pair, DataType.Boolean, (a, row, result) =>
            {
                var (left, right) = (Items.Of(a, 0, row).ToList(), Items.Of(a, 1, row).ToList());
                result.Append(Enumerable.Range(0, Math.Max(left.Count - right.Count + 1, 0)).Any(start => right.Index().All(pair => ItemOrder.Instance.Compare(left[start + pair.Index], pair.Item) == 0)));
            })]),
    ];

    /// <summary>Whether the array of one argument has all items of the other's, for @> and &lt;@. NULL is in no array.</summary>
    public static ScalarOverload ContainsAll(int container, int content) => RowKernel.Overload<BooleanBuilder>(Pair, DataType.Boolean, (a, row, result) =>
    {
        var held = Items.Of(a, container, row).ToSet();
        result.Append(Items.Of(a, content, row).All(item => !item.IsNull && held.Contains(item)));
    });

    private static FunctionInfo Info(string signature, string description, string example, params ImmutableArray<string> aliases) =>
        new(signature, "array", description, example) { Aliases = aliases };

    private static ScalarFunction Combined(
        string name, string description, string example, Func<Items, Items, IEnumerable<Item>> combine, params ImmutableArray<string> aliases) => new(
        Info($"{name}(left, right)", description, example, aliases),
        [new(Pair, types => types[0], binding => RowKernel.Strict<ListBuilder>(binding.ResultType, (a, row, result) =>
        {
            var seen = new SortedSet<Item>(ItemOrder.Instance);
            foreach (var item in combine(Items.Of(a, 0, row), Items.Of(a, 1, row)))
            {
                if (seen.Add(item))
                {
                    result.Items.AppendFlat(item.Column, [item.Row]);
                }
            }

            result.EndRow();
        }))]);

    private static Func<Item, bool> Outside(Items items)
    {
        var set = items.ToSet();
        return item => !set.Contains(item);
    }

    private static void WriteFrequency(RowArguments a, int row, ListBuilder result)
    {
        var counts = new SortedDictionary<Item, long>(ItemOrder.Instance);
        foreach (var item in Items.Of(a, 0, row).Where(item => !item.IsNull))
        {
            counts[item] = counts.GetValueOrDefault(item) + 1;
        }

        var entries = (StructBuilder)result.Items;
        foreach (var (item, count) in counts)
        {
            entries.Fields[0].AppendFlat(item.Column, [item.Row]);
            ((FixedBuilder<long>)entries.Fields[1]).Append(count);
            entries.EndRow();
        }

        result.EndRow();
    }

    /// <summary>An item of an array.</summary>
    private readonly record struct Item(Column Column, int Row)
    {
        public bool IsNull => Column.IsNull(Row);
    }

    /// <summary>Items of one type in order, NULLs last.</summary>
    private sealed class ItemOrder : IComparer<Item>
    {
        public static readonly ItemOrder Instance = new();

        public int Compare(Item x, Item y) => ValueComparison.CompareNullable(x.Column, x.Row, y.Column, y.Row);
    }

    /// <summary>The items of one row's array.</summary>
    private sealed class Items(ListColumn lists, int place) : IEnumerable<Item>
    {
        public int Count => lists.ItemCount(place);

        public static Items Of(RowArguments a, int argument, int row) => new((ListColumn)a.Column(argument), a.Place(argument, row));

        public SortedSet<Item> ToSet() => new(this, ItemOrder.Instance);

        public IEnumerator<Item> GetEnumerator()
        {
            for (var i = 0; i < Count; i++)
            {
                yield return new Item(lists.Child, Start + i);
            }
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

        private int Start => lists.Offsets[place];
    }
}
