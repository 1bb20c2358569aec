using System.Diagnostics;

namespace Engine.Slt.Runs;

/// <summary>Where foreign scripts are read: a folder, or a git directory without a work tree, at its HEAD.</summary>
/// <param name="root">The folder.</param>
internal sealed class ScriptSource(string root)
{
    private readonly bool _isGit = File.Exists(Path.Combine(root, "HEAD"));

    public string Read(string path) => _isGit ? Git("show", $"HEAD:{path}") : File.ReadAllText(Path.Combine(root, path));

    private string Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["--git-dir", root, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? text : throw new FileNotFoundException($"git {string.Join(' ', arguments)} in {root}: {process.StandardError.ReadToEnd().Trim()}");
    }
}
