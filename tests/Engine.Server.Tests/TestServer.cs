using System.Net;
using Engine.Server.PgWire;
using Engine.Server.Security;
using Engine.Server.Sessions;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Engine.Server.Tests;

/// <summary>A server with an engine and a folder of its own.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;

    private TestServer(DirectoryInfo folder, EngineOptions engine, Func<string, PgServerOptions>? options)
    {
        _folder = folder;
        Engine = new EmbeddedEngine(engine with { CatalogFolder = folder.FullName, SpillFolder = folder.FullName });
        Server = PgServer.Start(Engine, new IPEndPoint(IPAddress.Loopback, 0), options?.Invoke(folder.FullName));
    }

    public EmbeddedEngine Engine { get; }

    public PgServer Server { get; }

    public string Folder => _folder.FullName;

    public int Port => Server.Port;

    /// <param name="files">Names and contents of files in the folder of the catalog.</param>
    /// <param name="options">Given that folder.</param>
    /// <param name="engine">Null for two threads.</param>
    public static TestServer Start(IReadOnlyDictionary<string, string>? files = null, Func<string, PgServerOptions>? options = null, EngineOptions? engine = null)
    {
        var folder = Directory.CreateTempSubdirectory("qe-server-");
        foreach (var (name, text) in files ?? new Dictionary<string, string>())
        {
            File.WriteAllText(Path.Combine(folder.FullName, name), text);
        }

        return new TestServer(folder, engine ?? new EngineOptions { Threads = 2 }, options);
    }

    /// <summary>Options with the users of a file in the folder; it ends in .users, so that it is no catalog file.</summary>
    public static PgServerOptions WithUsers(string folder, string users, bool allowsMd5 = false)
    {
        var path = Path.Combine(folder, "test.users");
        File.WriteAllText(path, users);
        return new PgServerOptions { Users = new UserDirectory(path, NullLogger.Instance, allowsMd5) };
    }

    public NpgsqlDataSource Source(string user, string? password = null, string more = "") => NpgsqlDataSource.Create(
        $"Host=127.0.0.1;Port={Port};Username={user};{(password is null ? string.Empty : $"Password={password};")}Database=x;Server Compatibility Mode=NoTypeLoading;Timeout=30;Command Timeout=60;{more}");

    /// <summary>Runs a statement on a connection of its own; its first value.</summary>
    public async Task<object?> ScalarAsync(string sql, string user = "me", string? password = null, string more = "")
    {
        await using var source = Source(user, password, $"Pooling=false;{more}");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>The error that a statement, or its connection, ends with.</summary>
    public async Task<PostgresException> RefusedAsync(string sql, string user = "me", string? password = null, string more = "") =>
        await Should.ThrowAsync<PostgresException>(() => ScalarAsync(sql, user, password, more));

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Engine.Dispose();
        _folder.Delete(recursive: true);
    }
}
