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
            return Outcome.Of(reader.IsDBNull(0) ? null : reader.GetString(0), reader.GetPostgresType(0).DisplayName);
        }
        catch (PostgresException error)
        {
            return Outcome.Error(error.SqlState, error.MessageText);
        }
    }

    public void Dispose() => _connection.Dispose();
}
