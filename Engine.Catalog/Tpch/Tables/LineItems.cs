using Engine.Catalog.Tpch.Random;
using Engine.Catalog.Tpch.Rows;
using Engine.Catalog.Tpch.Text;
using Engine.Core.Columns;
using Engine.Core.Types;

namespace Engine.Catalog.Tpch.Tables;

/// <summary>The items of orders.</summary>
internal static class LineItems
{
    /// <summary>1995-06-17, the day that it is in the benchmark, as days since 1970: what is due until then is done.</summary>
    public const int Today = 9298;

    private const int MinCommitDays = 30;
    private const int MaxCommitDays = 90;
    private const int CommentLength = 27;
    private const int NotReturnable = 2;

    private static readonly WordList ReturnFlags = WordList.Of("R", "A", "N");
    private static readonly WordList Statuses = WordList.Of("F", "O");

    public static TpchTable Table { get; } = new TpchTable<LineBlock>(
        "lineitem",
        scale => scale.Orders,
        LineBlock.MeanLines,
        OrderBlock.KeyOf,
        LineBlock.Fitting,
        new("l_orderkey", DataType.BigInt, lines => lines.ComputedItems(DataType.BigInt, (order, _) => OrderBlock.KeyOf(lines.First + order))),
        new("l_partkey", DataType.BigInt, lines => lines.Parts.ToColumn(DataType.BigInt)),
        new("l_suppkey", DataType.BigInt, SuppliersOf),
        new("l_linenumber", DataType.Integer, lines => lines.ComputedItems(DataType.Integer, (_, line) => line + 1)),
        new("l_quantity", TpchTypes.Money, QuantitiesOf),
        new("l_extendedprice", TpchTypes.Money, PricesOf),
        new("l_discount", TpchTypes.Money, lines => lines.Discounts.ToColumn(TpchTypes.Money)),
        new("l_tax", TpchTypes.Money, lines => lines.Taxes.ToColumn(TpchTypes.Money)),
        new("l_returnflag", DataType.Varchar, ReturnFlagsOf),
        new("l_linestatus", DataType.Varchar, StatusOf),
        new("l_shipdate", DataType.Date, lines => lines.ShipDates.ToColumn(DataType.Date)),
        new("l_commitdate", DataType.Date, CommitDatesOf),
        new("l_receiptdate", DataType.Date, lines => lines.ReceiptDates.ToColumn(DataType.Date)),
        new("l_shipinstruct", DataType.Varchar, lines => lines.Words(Vocabulary.ShipInstructions, new RandomStream(1371272478, LineBlock.MaxLines))),
        new("l_shipmode", DataType.Varchar, lines => lines.Words(Vocabulary.ShipModes, new RandomStream(675466456, LineBlock.MaxLines))),
        new("l_comment", DataType.Varchar, lines => lines.Comments(new RandomStream(1095462486, 2 * LineBlock.MaxLines), CommentLength)));

    private static Column SuppliersOf(LineBlock lines)
    {
        var parts = lines.Parts;
        var supplierCount = lines.Scale.Suppliers;
        using var numbers = lines.Draw(new RandomStream(2095021727, LineBlock.MaxLines), 0, SupplyBlock.SuppliersPerPart - 1);
        return lines.Computed(DataType.BigInt, row => SupplyBlock.SupplierOf(parts[row], numbers[row], supplierCount));
    }

    private static Column QuantitiesOf(LineBlock lines)
    {
        var quantities = lines.Quantities;
        return lines.Computed(TpchTypes.Money, row => quantities[row] * 100);
    }

    private static Column PricesOf(LineBlock lines)
    {
        var (parts, quantities) = (lines.Parts, lines.Quantities);
        return lines.Computed(TpchTypes.Money, row => Parts.PriceOf(parts[row]) * quantities[row]);
    }

    private static Column CommitDatesOf(LineBlock lines)
    {
        using var dates = lines.Later(lines.OrderDates, new RandomStream(904914315, LineBlock.MaxLines), MinCommitDays, MaxCommitDays);
        return dates.ToColumn(DataType.Date);
    }

    private static Column StatusOf(LineBlock lines)
    {
        var shipDates = lines.ShipDates;
        return lines.Words(Statuses, row => shipDates[row] <= Today ? 0 : 1);
    }

    /// <summary>Only items that have arrived draw a flag: the n-th of them in an order the order's n-th.</summary>
    private static Column ReturnFlagsOf(LineBlock lines)
    {
        var receiptDates = lines.ReceiptDates;
        using var drawn = lines.Draw(new RandomStream(717419739, LineBlock.MaxLines), 0, 1);
        var arrived = 0;
        using var flags = lines.ComputeItems((order, line) =>
        {
            var first = (int)lines.Starts[order];
            arrived = line == 0 ? 0 : arrived;

            // Without a branch, which would go either way as often as the other.
            var isDue = receiptDates[first + line] <= Today ? 1 : 0;
            var flag = NotReturnable + (isDue * (drawn[first + arrived] - NotReturnable));
            arrived += isDue;
            return flag;
        });
        return flags.ToColumn(ReturnFlags.Dictionary);
    }
}
