using System.Security.Cryptography;
using Engine.Server.Sessions;
using Engine.Storage.Csv;
using Engine.TestKit;

namespace Engine.Differential.Tests.Tpch;

/// <summary>The rows of the catalog tpch beside those of the TPC's dbgen.</summary>
public sealed class TpchRowsTests
{
    private static readonly string[] Tables = ["region", "nation", "supplier", "customer", "part", "partsupp", "orders", "lineitem"];

    public static TheoryData<string> AllTables() => [.. Tables];

    public static TheoryData<string, string> TablesAndScales()
    {
        var cases = new TheoryData<string, string>();
        foreach (var table in Tables)
        {
            cases.Add(table, "sf0_01");
            cases.Add(table, "sf1");
        }

        return cases;
    }

    [SharedDataTheory]
    [MemberData(nameof(AllTables))]
    public void Rows_are_those_of_dbgen(string table)
    {
        using var engine = new EngineUnderTest();
        var ours = engine.Ask($"SELECT * FROM tpch.tiny.{table}");
        var theirs = engine.Ask($"SELECT * FROM '{SharedData.PathOf($"tpch/sf0.01/parquet/{table}.parquet")}'");
        ours.Error.ShouldBeNull();
        ours.Columns.ShouldBe(theirs.Columns);
        ours.Rows.Count.ShouldBe(theirs.Rows.Count);
        for (var row = 0; row < ours.Rows.Count; row++)
        {
            ours.Rows[row].ShouldBe(theirs.Rows[row], $"row {row}");
        }
    }

    /// <summary>The digest of the text that dbgen writes, all of it.</summary>
    [SharedDataTheory]
    [MemberData(nameof(TablesAndScales))]
    public void Text_has_the_digest_of_dbgens(string table, string schema)
    {
        // dbgen writes whole quantities as such.
        var columns = table == "lineitem" ? "* REPLACE (CAST(l_quantity AS bigint) AS l_quantity)" : "*";
        using var engine = new EmbeddedEngine(new EngineOptions { CatalogFolder = "no-catalog", Threads = 2 });
        using var session = engine.OpenSession();
        using var result = session.Execute(Session.Parse($"SELECT {columns} FROM tpch.{schema}.{table}")[0], CancellationToken.None);
        using var digest = MD5.Create();
        using (var stream = new CryptoStream(Stream.Null, digest, CryptoStreamMode.Write))
        using (var writer = new DelimitedWriter(result.Schema!, stream, new DelimitedOptions((byte)'|') { HasHeader = false }))
        {
            while (result.Next() is { } batch)
            {
                using (batch)
                {
                    writer.Write(batch);
                }
            }
        }

        Convert.ToHexStringLower(digest.Hash!).ShouldBe(Published(table, schema == "sf1" ? "# dbgen text" : "# scale factor 0.01"));
    }

    /// <summary>The digest of a table in the part of the list that a comment begins.</summary>
    private static string Published(string table, string heading) => File.ReadLines(SharedData.PathOf("tpch/dbgen.md5"))
        .SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal))
        .First(line => line.EndsWith($"  {table}.tbl", StringComparison.Ordinal))[..32];
}
