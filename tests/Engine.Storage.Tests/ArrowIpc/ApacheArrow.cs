using System.Diagnostics;

namespace Engine.Storage.Tests.ArrowIpc;

/// <summary>The npm package apache-arrow, fetched on first use. Absent npm or registry it is not there, and says why.</summary>
internal static class ApacheArrow
{
    private const int InstallMilliseconds = 180_000;

    private static readonly Lazy<string?> Install = new(InstallOnce);

    /// <summary>Why it cannot be had, or null when it can.</summary>
    public static string? Missing => Install.Value;

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "apache-arrow");

    /// <summary>Runs peer.mjs; what it prints.</summary>
    public static string Run(params string[] arguments)
    {
        using var node = Start("node", ["peer.mjs", .. arguments]) ?? throw new InvalidOperationException("node does not start");
        var output = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        node.ExitCode.ShouldBe(0);
        return output;
    }

    private static string? InstallOnce()
    {
        if (Directory.Exists(Path.Combine(Folder, "node_modules", "apache-arrow")))
        {
            return null;
        }

        using var npm = Start("npm", ["install", "--no-audit", "--no-fund", "--silent"]);
        if (npm is null)
        {
            return "npm is not installed";
        }

        var output = npm.StandardOutput.ReadToEndAsync();
        return npm.WaitForExit(InstallMilliseconds) && npm.ExitCode == 0 ? null : $"npm could not fetch apache-arrow: {(output.IsCompleted ? output.Result : "timed out")}";
    }

    private static Process? Start(string command, string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(command, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, UseShellExecute = false });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}

/// <summary>A test with Arrow's own JavaScript library; skipped, with the reason, where it cannot be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ApacheArrowTheoryAttribute : TheoryAttribute
{
    public ApacheArrowTheoryAttribute() => Skip = ApacheArrow.Missing;
}
