using Engine.Server.Sessions;

namespace Engine.Slt;

/// <summary>Every script below tests/slt.</summary>
public sealed class ScriptTests
{
    private static readonly string Root = FindRoot();

    public static TheoryData<string> Scripts() => [.. Directory.EnumerateFiles(Root, "*.slt", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Script_gives_what_it_expects(string script)
    {
        var folder = Directory.CreateTempSubdirectory("slt").FullName;
        try
        {
            // Disposing the engine fails when native memory is still out.
            using var engine = new EmbeddedEngine(new EngineOptions { CatalogFolder = folder, Threads = 2 });
            var complaints = SltRunner.Run(Path.Combine(Root, script), engine);
            Assert.True(complaints.Count == 0, string.Join("\n\n", complaints));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "QueryEngine.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("no QueryEngine.sln above the tests"), "tests", "slt");
    }
}
