using Engine.Server.Sessions;

namespace Engine.Slt;

/// <summary>Every script below tests/slt.</summary>
public sealed class ScriptTests
{
    private static readonly string Root = FindRoot();

    /// <summary>The ways in which the whole corpus runs: each must give the same rows.</summary>
    private static readonly Dictionary<string, (EngineOptions Options, string DisabledRules)> Configurations = new(StringComparer.Ordinal)
    {
        ["as shipped"] = (new EngineOptions { Threads = 2 }, string.Empty),
        ["three rows a batch"] = (new EngineOptions { Threads = 2, BatchRowCount = 3 }, string.Empty),
        ["spilling"] = (new EngineOptions { Threads = 2, BatchRowCount = 256, SpillsAlways = true }, string.Empty),
        ["no rules"] = (new EngineOptions { Threads = 2 }, "all"),
        ["plans serialised"] = (new EngineOptions { Threads = 2, SerializesPlans = true }, string.Empty),
    };

    public static TheoryData<string, string> Scripts()
    {
        var cases = new TheoryData<string, string>();
        foreach (var script in Directory.EnumerateFiles(Root, "*.slt", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal))
        {
            foreach (var configuration in Configurations.Keys)
            {
                cases.Add(script, configuration);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Script_gives_what_it_expects(string script, string configuration)
    {
        var (options, disabledRules) = Configurations[configuration];
        var folder = Directory.CreateTempSubdirectory("slt").FullName;
        try
        {
            // Disposing the engine fails when native memory is still out.
            using var engine = new EmbeddedEngine(options with { CatalogFolder = folder });
            var complaints = SltRunner.Run(Path.Combine(Root, script), configuration, engine, disabledRules, folder);
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
