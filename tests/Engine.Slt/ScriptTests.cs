using Engine.Server.Sessions;
using Engine.Slt.Runs;
using Engine.Slt.Scripts;

namespace Engine.Slt;

/// <summary>Every script below tests/slt.</summary>
public sealed class ScriptTests
{
    private static readonly string Root = FindRoot();

    /// <summary>The ways in which the whole corpus runs: each must give the same rows.</summary>
    private static readonly Dictionary<string, RunOptions> Configurations = new(StringComparer.Ordinal)
    {
        ["as shipped"] = new RunOptions { Engine = new EngineOptions { Threads = 2 } },
        ["three rows a batch"] = new RunOptions { Engine = new EngineOptions { Threads = 2, BatchRowCount = 3 } },
        ["spilling"] = new RunOptions { Engine = new EngineOptions { Threads = 2, BatchRowCount = 256, SpillsAlways = true } },
        ["no rules"] = new RunOptions { Engine = new EngineOptions { Threads = 2 }, DisabledRules = "all" },
        ["plans serialised"] = new RunOptions { Engine = new EngineOptions { Threads = 2, SerializesPlans = true } },
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
        var path = Path.Combine(Root, script);
        var outcome = ScriptRun.Run(SltReader.Read(path, SltFlavour.Native, File.ReadAllText(path)), Configurations[configuration] with { Names = ["queryengine", configuration.Replace(' ', '-')] });
        Assert.True(outcome.Failures.Count == 0, string.Join("\n\n", outcome.Failures));
        Assert.True(outcome.Statements.Passed + outcome.Queries.Passed > 0, "nothing ran");
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
