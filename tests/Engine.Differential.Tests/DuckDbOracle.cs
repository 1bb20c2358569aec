using System.Diagnostics;
using System.Text.Json;

namespace Engine.Differential.Tests;

/// <summary>A table of text cells; null is NULL.</summary>
public sealed record Answer(IReadOnlyList<string> Columns, IReadOnlyList<string> Types, IReadOnlyList<string?[]> Rows, string? Error);

/// <summary>DuckDB behind a pipe, fetched by npm on first use. Absent npm or registry it is not there, and says why.</summary>
public sealed class DuckDbOracle : IDisposable
{
    private static readonly Lazy<string?> Install = new(InstallOnce);
    private readonly Process _process;

    public DuckDbOracle()
    {
        if (Missing is { } reason)
        {
            throw new InvalidOperationException(reason);
        }

        _process = Start("node", "oracle.mjs") ?? throw new InvalidOperationException("node does not start");
    }

    /// <summary>Why DuckDB cannot be asked, or null when it can.</summary>
    public static string? Missing => Install.Value;

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "duckdb");

    public Answer Ask(string sql)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(sql));
        _process.StandardInput.Flush();
        var line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("DuckDB ended");
        using var json = JsonDocument.Parse(line);
        if (json.RootElement.TryGetProperty("error", out var error))
        {
            return new Answer([], [], [], error.GetString());
        }

        return new Answer(
            Texts(json.RootElement.GetProperty("columns")),
            Texts(json.RootElement.GetProperty("types")),
            [.. json.RootElement.GetProperty("rows").EnumerateArray().Select(row => row.EnumerateArray().Select(cell => cell.GetString()).ToArray())],
            null);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5000))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static IReadOnlyList<string> Texts(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString()!)];

    private static string? InstallOnce()
    {
        if (Directory.Exists(Path.Combine(Folder, "node_modules", "@duckdb", "node-api")))
        {
            return null;
        }

        using var npm = Start("npm", "install --no-audit --no-fund --silent");
        if (npm is null)
        {
            return "npm is not installed";
        }

        npm.StandardInput.Close();
        var output = npm.StandardOutput.ReadToEndAsync();
        return npm.WaitForExit(180_000) && npm.ExitCode == 0 ? null : $"npm could not fetch DuckDB: {(output.IsCompleted ? output.Result : "timed out")}";
    }

    private static Process? Start(string command, string arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(command, arguments)
            {
                WorkingDirectory = Folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}

/// <summary>A test that compares with DuckDB; skipped, with the reason, where it cannot be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DuckDbFactAttribute : FactAttribute
{
    public DuckDbFactAttribute() => Skip = DuckDbOracle.Missing;
}
