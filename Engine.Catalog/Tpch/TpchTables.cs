using System.Collections.Immutable;
using Engine.Catalog.Tpch.Tables;

namespace Engine.Catalog.Tpch;

/// <summary>The tables of the benchmark.</summary>
internal static class TpchTables
{
    public static readonly ImmutableArray<TpchTable> All =
    [
        Customers.Table, LineItems.Table, Nations.NationTable, Orders.Table, Parts.Table, Parts.SupplyTable, Nations.RegionTable, Suppliers.Table,
    ];
}
