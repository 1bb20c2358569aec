using System.Diagnostics;
using Npgsql;

namespace Engine.Differential.Tests.Postgres;

/// <summary>A PostgreSQL 15 server of the tests' own: a new cluster in a temporary folder, reached by a Unix socket there, gone with the tests.</summary>
public sealed class PostgresServer : IDisposable
{
    private const string Binaries = "/usr/lib/postgresql/15/bin";
    private readonly string _folder = Directory.CreateTempSubdirectory("qe-postgres-").FullName;

    public PostgresServer()
    {
        if (IsRoot)
        {
            // The server refuses to run as root.
            Run("chown", "postgres", _folder);
        }

        var data = Path.Combine(_folder, "data");
        RunAsServer($"{Binaries}/initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync");
        RunAsServer(
            $"{Binaries}/pg_ctl", "-D", data, "-w", "-t", "60", "-l", Path.Combine(_folder, "log"),
            "-o", $"-c listen_addresses= -c unix_socket_directories={_folder} -c fsync=off -c timezone=UTC -c lc_messages=C", "start");
    }

    /// <summary>Why there is no server to compare with, or null when there can be one.</summary>
    public static string? Missing { get; } =
        !File.Exists($"{Binaries}/initdb") ? $"PostgreSQL 15 is not installed: no {Binaries}/initdb"
        : IsRoot && !File.Exists("/usr/sbin/runuser") ? "runuser is not installed, and PostgreSQL does not run as root"
        : null;

    /// <summary>Text comes back as psql would show it, whatever the type.</summary>
    public string ConnectionString =>
        new NpgsqlConnectionStringBuilder { Host = _folder, Username = "postgres", Database = "postgres", Pooling = false, CommandTimeout = 60 }.ConnectionString;

    private static bool IsRoot => Environment.UserName == "root";

    public void Dispose()
    {
        RunAsServer($"{Binaries}/pg_ctl", "-D", Path.Combine(_folder, "data"), "-m", "immediate", "-w", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private static void RunAsServer(params ReadOnlySpan<string> command)
    {
        if (IsRoot)
        {
            Run("/usr/sbin/runuser", ["-u", "postgres", "--", .. command]);
        }
        else
        {
            Run(command[0], command[1..]);
        }
    }

    private static void Run(string file, params ReadOnlySpan<string> arguments)
    {
        // The output is not redirected: the server would keep the pipe open, and whoever reads it waiting.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" > /dev/null 2>&1", "sh", file, .. arguments]) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, $"{file} {string.Join(' ', arguments)}");
    }
}

/// <summary>A test that compares with PostgreSQL; skipped, with the reason, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.Missing;
}
