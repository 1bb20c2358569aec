using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Nested;

/// <summary>Lists the items of a row's array that stay, in their new order.</summary>
internal delegate void ItemChoice(ListColumn lists, int place, List<int> items);

/// <summary>Finds one item for a row, as its place among all items of the column; -1 for NULL.</summary>
internal delegate int ItemSearch(RowArguments arguments, ListColumn lists, int row, int place);

/// <summary>Kernels that pick items out of arrays and maps without looking at their type.</summary>
internal static unsafe class ItemKernel
{
    /// <summary>An overload that gives an array of some of the items of an array.</summary>
    public static ScalarOverload Choose(ItemChoice choose) => new([ArrayParameter.OfT], types => types[0], binding =>
        RowKernel.Strict<ListBuilder>(binding.ResultType, (a, row, result) =>
        {
            var lists = (ListColumn)a.Column(0);
            var items = new List<int>();
            choose(lists, a.Place(0, row), items);
            result.Items.AppendFlat(lists.Child, items.ToArray());
            result.EndRow();
        }));

    /// <summary>An overload that gives one item, or one field of an entry.</summary>
    /// <param name="parameters">An array or map first.</param>
    /// <param name="result">The item's type.</param>
    /// <param name="search">Where the item is.</param>
    /// <param name="field">Which field of the entries it is, or -1 for the items themselves.</param>
    public static ScalarOverload Pick(
        ImmutableArray<ParameterType> parameters, Func<ImmutableArray<DataType>, DataType> result, ItemSearch search, int field = -1) =>
        new(parameters, result, _ => (in context, arguments, rowCount) =>
        {
            var cells = new RowArguments(context, arguments);
            var lists = (ListColumn)cells.Column(0);
            var places = new int[rowCount];
            for (var row = 0; row < rowCount; row++)
            {
                var hasNull = false;
                for (var i = 0; i < cells.Count; i++)
                {
                    hasNull |= cells.IsNull(i, row);
                }

                places[row] = hasNull ? -1 : search(cells, lists, row, cells.Place(0, row));
            }

            var items = field < 0 ? lists.Child : ((StructColumn)lists.Child).Children[field];
            return items.Take(places, context.Pool);
        });

    /// <summary>The first item equal to a value from a place on, or -1.</summary>
    public static int Find(ListColumn lists, int place, Column items, Column values, int valueRow)
    {
        for (var item = lists.Offsets[place]; item < lists.Offsets[place + 1]; item++)
        {
            if (!items.IsNull(item) && ValueComparison.Compare(items, item, values, valueRow) == 0)
            {
                return item;
            }
        }

        return -1;
    }
}
