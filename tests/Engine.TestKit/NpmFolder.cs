using System.ComponentModel;
using System.Diagnostics;

namespace Engine.TestKit;

/// <summary>A folder beside the test's own files with a package.json and scripts for node. What it depends on is fetched by npm on first use.</summary>
/// <param name="relative">Below the folder that the tests run in.</param>
/// <param name="package">The package that shows that npm has been here.</param>
public sealed class NpmFolder(string relative, string package)
{
    private const int InstallMilliseconds = 180_000;

    private readonly Lazy<string?> _install = new(() => Install(PathOf(relative), package));

    /// <summary>Why the package cannot be had, or null when it can: tests are skipped then, with this reason.</summary>
    public string? Missing => _install.Value;

    /// <summary>Runs a script; what it prints.</summary>
    public string Run(string script, params string[] arguments)
    {
        using var node = Start(PathOf(relative), "node", [script, .. arguments]) ?? throw new InvalidOperationException("node does not start");
        var output = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        return node.ExitCode == 0 ? output : throw new InvalidOperationException($"{script} failed: {output}");
    }

    private static string PathOf(string relative) => Path.Combine(AppContext.BaseDirectory, relative);

    private static string? Install(string folder, string package)
    {
        if (Directory.Exists(Path.Combine(folder, "node_modules", package)))
        {
            return null;
        }

        using var npm = Start(folder, "npm", ["install", "--no-audit", "--no-fund", "--silent"]);
        if (npm is null)
        {
            return "npm is not installed";
        }

        var output = npm.StandardOutput.ReadToEndAsync();
        return npm.WaitForExit(InstallMilliseconds) && npm.ExitCode == 0 ? null : $"npm could not fetch {package}: {(output.IsCompleted ? output.Result : "timed out")}";
    }

    private static Process? Start(string folder, string command, string[] arguments)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException(folder);
        }

        try
        {
            return Process.Start(new ProcessStartInfo(command, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, UseShellExecute = false });
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
