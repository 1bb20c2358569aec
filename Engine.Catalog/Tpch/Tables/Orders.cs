using Engine.Catalog.Tpch.Random;
using Engine.Catalog.Tpch.Rows;
using Engine.Catalog.Tpch.Text;
using Engine.Core.Columns;
using Engine.Core.Types;

namespace Engine.Catalog.Tpch.Tables;

/// <summary>Orders.</summary>
internal static class Orders
{
    private const int CommentLength = 49;

    /// <summary>One customer in so many orders nothing.</summary>
    private const int CustomersPerIdler = 3;

    private const int AllShipped = 0;
    private const int NoneShipped = 1;
    private const int SomeShipped = 2;

    private static readonly WordList Statuses = WordList.Of("F", "O", "P");
    private static readonly RandomStream CustomerStream = new(851767375);

    public static TpchTable Table { get; } = new TpchTable<OrderBlock>(
        "orders",
        scale => scale.Orders,
        rowsPerOwner: 1,
        OrderBlock.KeyOf,
        place => new OrderBlock(place),
        new("o_orderkey", DataType.BigInt, orders => orders.Computed(DataType.BigInt, row => OrderBlock.KeyOf(orders.First + row))),
        new("o_custkey", DataType.BigInt, CustomersOf),
        new("o_orderstatus", DataType.Varchar, StatusOf),
        new("o_totalprice", TpchTypes.Money, TotalsOf),
        new("o_orderdate", DataType.Date, DatesOf),
        new("o_orderpriority", DataType.Varchar, orders => orders.Words(Vocabulary.OrderPriorities, new RandomStream(591449447))),
        new("o_clerk", DataType.Varchar, ClerksOf),
        new("o_shippriority", DataType.Integer, orders => orders.Computed(DataType.Integer, _ => 0)),
        new("o_comment", DataType.Varchar, orders => orders.Comments(new RandomStream(276090261, 2), CommentLength)));

    private static Column CustomersOf(OrderBlock orders)
    {
        var customers = orders.Scale.Customers;
        using var keys = orders.Scale.HasWideKeys
            ? orders.Compute(row => WideRandom.Uniform(WideRandom.Skip(CustomerStream.Seed, orders.First + row + 1), customers))
            : orders.Draw(CustomerStream, 1, customers);
        for (var row = 0; row < keys.Count; row++)
        {
            // The key after an idler's, or where there is none the one before.
            keys[row] += keys[row] % CustomersPerIdler != 0 ? 0 : keys[row] < customers ? 1 : -1;
        }

        return keys.ToColumn(DataType.BigInt);
    }

    /// <summary>Whether all items are shipped, none, or some.</summary>
    private static Column StatusOf(OrderBlock orders)
    {
        var lines = orders.Lines;
        var shipDates = lines.ShipDates;
        return orders.Words(Statuses, order =>
        {
            var (first, end) = ((int)lines.Starts[order], (int)lines.Starts[order + 1]);
            var shipped = 0;
            for (var line = first; line < end; line++)
            {
                shipped += shipDates[line] <= LineItems.Today ? 1 : 0;
            }

            return shipped == end - first ? AllShipped : shipped == 0 ? NoneShipped : SomeShipped;
        });
    }

    private static Column TotalsOf(OrderBlock orders)
    {
        var lines = orders.Lines;
        var (parts, quantities, discounts, taxes) = (lines.Parts, lines.Quantities, lines.Discounts, lines.Taxes);
        return orders.Computed(TpchTypes.Money, order =>
        {
            var (first, end) = ((int)lines.Starts[order], (int)lines.Starts[order + 1]);
            var cents = 0L;
            for (var line = first; line < end; line++)
            {
                var discounted = Parts.PriceOf(parts[line]) * quantities[line] * (100 - discounts[line]) / 100;
                cents += discounted * (100 + taxes[line]) / 100;
            }

            return cents;
        });
    }

    private static Column DatesOf(OrderBlock orders)
    {
        using var dates = OrderBlock.DatesOf(orders);
        return dates.ToColumn(DataType.Date);
    }

    private static Column ClerksOf(OrderBlock orders)
    {
        using var clerks = orders.Draw(new RandomStream(1171034773), 1, orders.Scale.Clerks);
        return orders.Numbered("Clerk#"u8, clerks);
    }
}
