using System.Data;
using System.Net;
using Engine.Server.PgWire;
using Engine.Server.Sessions;
using Npgsql;

namespace Engine.Server.Tests.PgWire;

/// <summary>What Npgsql finds out of tables, as Power BI and code generators ask it, and what it does over few connections for many callers.</summary>
public sealed class NpgsqlSchemaTests : IAsyncLifetime
{
    private readonly EmbeddedEngine _engine = new(new EngineOptions { CatalogFolder = "no such folder", Threads = 2 });
    private PgServer _server = null!;
    private NpgsqlDataSource _source = null!;

    private string ConnectionString => $"Host=127.0.0.1;Port={_server.Port};Username=me;Database=memory;Timeout=60;Command Timeout=60";

    public async Task InitializeAsync()
    {
        _server = PgServer.Start(_engine, new IPEndPoint(IPAddress.Loopback, 0));
        _source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = _source.CreateCommand("""
            CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL);
            CREATE TABLE orders (id int PRIMARY KEY, customer bigint REFERENCES customers (id), total numeric(12,2) DEFAULT 0, note varchar(40) UNIQUE, tags text[]);
            CREATE INDEX orders_total ON orders (total, id);
            CREATE VIEW large AS SELECT id FROM orders WHERE total > 100;
            CREATE TYPE mood AS ENUM ('sad', 'happy');
            INSERT INTO customers VALUES (1, 'Ann');
            INSERT INTO orders VALUES (1, 1, 2.50, NULL, '{a,b}');
            """);
        await command.ExecuteNonQueryAsync();
    }

    public async Task DisposeAsync()
    {
        await _source.DisposeAsync();
        await _server.DisposeAsync();
        _engine.Dispose();
    }

    [Theory]
    [InlineData("MetaDataCollections", "CollectionName", "Tables")]
    [InlineData("DataSourceInformation", "DataSourceProductName", "Npgsql")]
    [InlineData("DataTypes", "TypeName", "timestamp without time zone")]
    [InlineData("ReservedWords", "ReservedWord", "SELECT")]
    [InlineData("Databases", "database_name", "memory")]
    [InlineData("Schemata", "schema_name", "public")]
    [InlineData("Tables", "table_name", "orders")]
    [InlineData("Views", "table_name", "large")]
    [InlineData("Columns", "column_name", "customer")]
    [InlineData("Users", "user_name", "me")]
    [InlineData("Indexes", "index_name", "orders_total")]
    [InlineData("IndexColumns", "index_name", "orders_total")]
    [InlineData("PrimaryKey", "CONSTRAINT_NAME", "orders_pkey")]
    [InlineData("UniqueKeys", "CONSTRAINT_NAME", "orders_note_key")]
    [InlineData("ForeignKeys", "CONSTRAINT_NAME", "orders_customer_fkey")]
    [InlineData("Constraints", "CONSTRAINT_NAME", "orders_pkey")]
    [InlineData("ConstraintColumns", "column_name", "customer")]
    public async Task Collections_of_GetSchema(string collection, string column, string value)
    {
        await using var connection = await _source.OpenConnectionAsync();
        var table = await connection.GetSchemaAsync(collection);
        table.Rows.Cast<DataRow>().Select(row => row[column].ToString()).ShouldContain(value);
    }

    [Fact]
    public async Task Columns_of_a_table_with_their_types()
    {
        await using var connection = await _source.OpenConnectionAsync();
        var columns = await connection.GetSchemaAsync("Columns", ["memory", "public", "orders", null!]);
        columns.Rows.Cast<DataRow>().Select(row => $"{row["ordinal_position"]} {row["column_name"]} {row["data_type"]} {row["is_nullable"]} {row["numeric_scale"]}").Order(StringComparer.Ordinal).ShouldBe(
        [
            "1 id integer NO 0", "2 customer bigint YES 0", "3 total numeric YES 2", "4 note character varying YES ", "5 tags text[] YES ",
        ]);
    }

    [Fact]
    public async Task Columns_of_a_result()
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("SELECT id, total, note, tags FROM orders", connection);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SchemaOnly | CommandBehavior.KeyInfo);
        (await reader.GetColumnSchemaAsync()).Select(column => $"{column.ColumnName} {column.DataTypeName} {column.DataType?.Name} {column.NumericPrecision},{column.NumericScale}").ShouldBe(
        [
            "id integer Int32 ,", "total numeric Decimal 12,2", "note character varying String ,", "tags text[] Array ,",
        ]);
    }

    [Fact]
    public async Task Values_as_text()
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("SELECT total, tags, true, DATE '2024-02-29', ARRAY[1, NULL], INTERVAL '1 day 02:03:04' FROM orders", connection) { AllResultTypesAreUnknown = true };
        await using var reader = await command.ExecuteReaderAsync();
        (await reader.ReadAsync()).ShouldBeTrue();
        Enumerable.Range(0, reader.FieldCount).Select(reader.GetString).ShouldBe(["2.50", "{a,b}", "t", "2024-02-29", "{1,NULL}", "1 day 02:03:04"]);
    }

    [Fact]
    public async Task Many_callers_share_few_connections()
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString + ";Multiplexing=true;Maximum Pool Size=3");
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            await using var command = source.CreateCommand(i % 10 == 9 ? "SELECT 1 / ($1 - $1)" : "SELECT $1 * 2");
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = i });
            try
            {
                return (int?)await command.ExecuteScalarAsync();
            }
            catch (PostgresException error) when (error.SqlState == "22012")
            {
                return -1;
            }
        }));
        answers.ShouldBe(Enumerable.Range(0, 200).Select(i => (int?)(i % 10 == 9 ? -1 : i * 2)));
        _engine.Sessions.Count.ShouldBeLessThanOrEqualTo(4);
    }
}
