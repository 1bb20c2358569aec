using System.Text;
using Engine.Catalog.Tpch.Random;
using Engine.Catalog.Tpch.Rows;
using Engine.Catalog.Tpch.Text;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Types;

namespace Engine.Catalog.Tpch.Tables;

/// <summary>Parts, and who supplies them.</summary>
internal static class Parts
{
    private const int NameWords = 5;
    private const int Manufacturers = 5;
    private const int BrandsPerManufacturer = 5;
    private const int MaxSize = 50;
    private const int CommentLength = 14;
    private const int MaxSupply = 9999;
    private const int MinSupplyCost = 100;
    private const int MaxSupplyCost = 100_000;
    private const int SupplyCommentLength = 124;

    private static readonly RandomStream ManufacturerStream = new(1);
    private static readonly WordList ManufacturerNames = WordList.Of(Enumerable.Range(1, Manufacturers).Select(number => $"Manufacturer#{number}"));
    private static readonly WordList BrandNames = WordList.Of(
        Enumerable.Range(1, Manufacturers).SelectMany(manufacturer => Enumerable.Range(1, BrandsPerManufacturer).Select(brand => $"Brand#{manufacturer}{brand}")));

    private static readonly byte[][] Colors = [.. Vocabulary.Colors.Words.Select(Encoding.ASCII.GetBytes)];

    public static TpchTable Table { get; } = new TpchTable<RowBlock>(
        "part",
        scale => scale.Parts,
        rowsPerOwner: 1,
        place => place + 1,
        place => new RowBlock(place),
        new("p_partkey", DataType.BigInt, parts => parts.Keys()),
        new("p_name", DataType.Varchar, NamesOf),
        new("p_mfgr", DataType.Varchar, parts => parts.Words(ManufacturerNames, ManufacturerStream)),
        new("p_brand", DataType.Varchar, BrandsOf),
        new("p_type", DataType.Varchar, parts => parts.Words(Vocabulary.PartTypes, new RandomStream(1841581359))),
        new("p_size", DataType.Integer, parts => parts.Integers(new RandomStream(1193163244), 1, MaxSize)),
        new("p_container", DataType.Varchar, parts => parts.Words(Vocabulary.Containers, new RandomStream(727633698))),
        new("p_retailprice", TpchTypes.Money, parts => parts.Computed(TpchTypes.Money, row => PriceOf(parts.First + row + 1))),
        new("p_comment", DataType.Varchar, parts => parts.Comments(new RandomStream(804159733, 2), CommentLength)));

    public static TpchTable SupplyTable { get; } = new TpchTable<SupplyBlock>(
        "partsupp",
        scale => scale.Parts,
        SupplyBlock.SuppliersPerPart,
        place => place + 1,
        place => new SupplyBlock(place),
        new("ps_partkey", DataType.BigInt, supplies => supplies.ComputedItems(DataType.BigInt, (part, _) => supplies.First + part + 1)),
        new("ps_suppkey", DataType.BigInt, SuppliersOf),
        new("ps_availqty", DataType.Integer, supplies => supplies.Integers(new RandomStream(1671059989, SupplyBlock.SuppliersPerPart), 1, MaxSupply)),
        new("ps_supplycost", TpchTypes.Money, supplies => supplies.Money(new RandomStream(1051288424, SupplyBlock.SuppliersPerPart), MinSupplyCost, MaxSupplyCost)),
        new("ps_comment", DataType.Varchar, supplies => supplies.Comments(new RandomStream(1961692154, 2 * SupplyBlock.SuppliersPerPart), SupplyCommentLength)));

    /// <summary>What a part costs, in cents.</summary>
    public static long PriceOf(long part) => 90_000 + (part / 10 % 20_001) + (part % 1000 * 100);

    private static Column SuppliersOf(SupplyBlock supplies)
    {
        var supplierCount = supplies.Scale.Suppliers;
        return supplies.ComputedItems(DataType.BigInt, (part, number) => SupplyBlock.SupplierOf(supplies.First + part + 1, number, supplierCount));
    }

    private static Column BrandsOf(RowBlock parts)
    {
        using var manufacturers = parts.Draw(ManufacturerStream, 0, Manufacturers - 1);
        using var brands = parts.Draw(new RandomStream(46831694), 0, BrandsPerManufacturer - 1);
        return parts.Words(BrandNames, row => (manufacturers[row] * BrandsPerManufacturer) + brands[row]);
    }

    /// <summary>Five colours that differ: the first of all of them, of which each is exchanged for one behind it or itself.</summary>
    private static Column NamesOf(RowBlock parts)
    {
        var stream = new RandomStream(709314158, Colors.Length);
        var exchanges = Enumerable.Range(0, NameWords).Select(word => parts.Draw(stream, word, Colors.Length - 1, draw: word)).ToArray();
        using var builder = new TextBuilder(DataType.Varchar, parts.Pool);
        byte[] inOrder = [.. Enumerable.Range(0, Colors.Length).Select(color => (byte)color)];
        var order = new byte[Colors.Length];
        var text = new byte[NameWords * (Colors.Max(color => color.Length) + 1)];
        for (var row = 0; row < parts.RowCount; row++)
        {
            inOrder.CopyTo(order, 0);
            var length = 0;
            for (var word = 0; word < NameWords; word++)
            {
                var other = (int)exchanges[word][row];
                (order[word], order[other]) = (order[other], order[word]);
                var color = Colors[order[word]];
                color.CopyTo(text.AsSpan(length));
                length += color.Length;
                text[length++] = (byte)' ';
            }

            builder.Append(text.AsSpan(0, length - 1));
        }

        Array.ForEach(exchanges, numbers => numbers.Dispose());
        return builder.Finish();
    }
}
