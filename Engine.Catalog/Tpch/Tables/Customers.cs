using Engine.Catalog.Tpch.Random;
using Engine.Catalog.Tpch.Rows;
using Engine.Catalog.Tpch.Text;
using Engine.Core.Types;

namespace Engine.Catalog.Tpch.Tables;

/// <summary>Customers.</summary>
internal static class Customers
{
    private const int MinBalance = -99999;
    private const int MaxBalance = 999999;
    private const int CommentLength = 73;

    private static readonly RandomStream NationKeys = new(1489529863);

    public static TpchTable Table { get; } = new TpchTable<RowBlock>(
        "customer",
        scale => scale.Customers,
        rowsPerOwner: 1,
        place => place + 1,
        place => new RowBlock(place),
        new("c_custkey", DataType.BigInt, customers => customers.Keys()),
        new("c_name", DataType.Varchar, customers => customers.Names("Customer#"u8)),
        new("c_address", DataType.Varchar, customers => Addresses.OfRows(customers, new RandomStream(881155353, Addresses.AddressDraws))),
        new("c_nationkey", DataType.Integer, customers => customers.Integers(NationKeys, 0, Nations.MaxKey)),
        new("c_phone", DataType.Varchar, customers => Addresses.PhonesOf(customers, NationKeys, new RandomStream(1521138112, Addresses.PhoneDraws))),
        new("c_acctbal", TpchTypes.Money, customers => customers.Money(new RandomStream(298370230), MinBalance, MaxBalance)),
        new("c_mktsegment", DataType.Varchar, customers => customers.Words(Vocabulary.MarketSegments, new RandomStream(1140279430))),
        new("c_comment", DataType.Varchar, customers => customers.Comments(new RandomStream(1335826707, 2), CommentLength)));
}
