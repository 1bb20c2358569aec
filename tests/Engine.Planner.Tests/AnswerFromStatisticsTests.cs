using System.Collections.Immutable;
using Engine.Catalog;
using Engine.Core.Connectors;
using Engine.Core.Types;
using Engine.Planner.Physical;

namespace Engine.Planner.Tests;

/// <summary>What files say of themselves is asked for by column, and put where it belongs.</summary>
public sealed class AnswerFromStatisticsTests
{
    [Fact]
    public void Rows_are_counted_without_a_look_at_a_column()
    {
        var tables = new KnownTables();
        Values("SELECT count(*) FROM region", tables).ShouldBe([10L]);
        tables.Asked.ShouldBe([[]]);
    }

    [Fact]
    public void Bounds_are_asked_of_their_own_columns_once_each()
    {
        var tables = new KnownTables();
        Values("SELECT max(r_comment), count(*), min(r_name), max(r_name), count(r_comment) FROM region", tables)
            .ShouldBe(["high 2", 10L, "low 1", "high 1", 7L]);
        tables.Asked.ShouldBe([[2, 1]]);
    }

    [Fact]
    public void What_has_to_be_scanned_for_is_not_asked_for()
    {
        var tables = new KnownTables();
        TpchPlans.Plan("SELECT sum(r_regionkey), max(r_name) FROM region", new HashSet<string>(), tables: tables).ShouldNotBeOfType<ValuesNode>();
        tables.Asked.ShouldBeEmpty();
    }

    private static IEnumerable<object?> Values(string sql, KnownTables tables) =>
        TpchPlans.Plan(sql, new HashSet<string>(), tables: tables).ShouldBeOfType<ValuesNode>().Rows.Single().Cast<Engine.Core.Expressions.Literal>().Select(value => value.Value);

    /// <summary>Ten rows, three of them NULL in each column, whose bounds tell which it is.</summary>
    private sealed class KnownTables : ITableResolver
    {
        private readonly TpchTables _tables = new();

        public List<ImmutableArray<int>> Asked { get; } = [];


        public IReadOnlyDictionary<string, string> FileFunctions => _tables.FileFunctions;

        public CatalogEntry? Find(TableName name, CancellationToken cancellationToken) => _tables.Find(name, cancellationToken);

        public TableSource OpenFiles(IReadOnlyList<string> location, string? format, FormatOptions options, Schema? columns, CancellationToken cancellationToken) =>
            _tables.OpenFiles(location, format, options, columns, cancellationToken);

        public FileStatistics StatisticsOf(FileTableSource table, ImmutableArray<int> columns, CancellationToken cancellationToken)
        {
            Asked.Add(columns);
            return new FileStatistics(10, [.. columns.Select(column => new ColumnStatistics($"low {column}", $"high {column}", 3))]);
        }

        public IEnumerable<(string Schema, string Name, bool IsView)> List(string? schema) => _tables.List(schema);
    }
}
