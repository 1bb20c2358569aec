using Npgsql;

namespace Engine.Differential.Tests.Postgres;

/// <summary>PostgreSQL, asked one expression at a time.</summary>
public sealed class PostgresOracle : IDisposable
{
    private readonly NpgsqlConnection _connection;

    public PostgresOracle(string connectionString)
    {
        _connection = new NpgsqlConnection(connectionString);
        _connection.Open();
    }

    public void Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, _connection);
        command.ExecuteNonQuery();
    }

    /// <summary>The rows of a query over the catalog.</summary>
    public List<string[]> Rows(string sql)
    {
        using var command = new NpgsqlCommand(sql, _connection) { AllResultTypesAreUnknown = true };
        using var reader = command.ExecuteReader();
        var rows = new List<string[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        }

        return rows;
    }

    public Outcome Ask(string expression)
    {
        try
        {
            // Npgsql would take a colon or a dollar for a parameter of its own.
            using var command = new NpgsqlCommand { Connection = _connection, AllResultTypesAreUnknown = true, CommandText = $"SELECT {expression}" };
            using var reader = command.ExecuteReader();
            reader.Read();
            var type = reader.GetPostgresType(0).DisplayName;
            return Outcome.Of(reader.IsDBNull(0) ? null : Text(reader.GetString(0), type), type);
        }
        catch (PostgresException error)
        {
            return Outcome.Error(error.SqlState, error.MessageText);
        }
    }

    /// <summary>A boolean as a cast to text spells it, which is how the engine shows it too; only the wire has the short form.</summary>
    private static string Text(string value, string type) => type != "boolean" ? value : value == "t" ? "true" : "false";

    public void Dispose() => _connection.Dispose();
}
