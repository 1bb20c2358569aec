using Engine.Catalog;
using Engine.Core.Connectors;
using Engine.Core.Types;

namespace Engine.Planner.Tests;

/// <summary>The eight TPC-H tables as schemas without data, for binding.</summary>
/// <param name="appliesConditions">Whether scans apply conditions themselves, as those of Parquet files do.</param>
internal sealed class TpchTables(bool appliesConditions = false) : ITableResolver
{
    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        ["region"] = "r_regionkey int, r_name text, r_comment text",
        ["nation"] = "n_nationkey int, n_name text, n_regionkey int, n_comment text",
        ["supplier"] = "s_suppkey bigint, s_name text, s_address text, s_nationkey int, s_phone text, s_acctbal decimal(15,2), s_comment text",
        ["customer"] = "c_custkey bigint, c_name text, c_address text, c_nationkey int, c_phone text, c_acctbal decimal(15,2), c_mktsegment text, c_comment text",
        ["part"] = "p_partkey bigint, p_name text, p_mfgr text, p_brand text, p_type text, p_size int, p_container text, p_retailprice decimal(15,2), p_comment text",
        ["partsupp"] = "ps_partkey bigint, ps_suppkey bigint, ps_availqty int, ps_supplycost decimal(15,2), ps_comment text",
        ["orders"] = "o_orderkey bigint, o_custkey bigint, o_orderstatus text, o_totalprice decimal(15,2), o_orderdate date, o_orderpriority text, o_clerk text, o_shippriority int, o_comment text",
        ["lineitem"] = "l_orderkey bigint, l_partkey bigint, l_suppkey bigint, l_linenumber int, l_quantity decimal(15,2), l_extendedprice decimal(15,2), l_discount decimal(15,2), l_tax decimal(15,2), l_returnflag text, l_linestatus text, l_shipdate date, l_commitdate date, l_receiptdate date, l_shipinstruct text, l_shipmode text, l_comment text",
    };


    public IReadOnlyDictionary<string, string> FileFunctions => new Dictionary<string, string>(StringComparer.Ordinal);

    public CatalogEntry? Find(TableName name, CancellationToken cancellationToken) => Columns.TryGetValue(name.Name, out var columns)
        ? new TableEntry("public", name.Name, new FileTableSource(name.Name, "csv", FormatOptions.None, new Schema(((RowType)TypeName.Parse($"row({columns})")).Fields), Schema.Empty, [], OnError.Fail) { AppliesConditions = appliesConditions })
        : null;

    public TableSource OpenFiles(IReadOnlyList<string> location, string? format, FormatOptions options, Schema? columns, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("TPC-H queries name tables, not files");

    public IEnumerable<(string Schema, string Name, bool IsView)> List(string? schema) => Columns.Keys.Select(name => ("public", name, false));
}
