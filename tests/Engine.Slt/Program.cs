using System.Collections.Immutable;
using System.CommandLine;
using Engine.Server.Sessions;
using Engine.Slt.Runs;
using Engine.Slt.Scripts;

namespace Engine.Slt;

/// <summary>Runs scripts of foreign suites, or completes ours.</summary>
internal static class Program
{
    private const long MemoryLimit = 2L << 30;

    public static int Main(string[] args)
    {
        var scripts = new Argument<string[]>("script") { Description = "Scripts, or lists of them (.txt: path, or path:line for single queries)", Arity = ArgumentArity.OneOrMore };
        var flavour = new Option<SltFlavour>("--flavour") { Description = "Whose form of the format", DefaultValueFactory = _ => SltFlavour.Native };
        var source = new Option<string>("--source") { Description = "Folder or bare git repository that holds the scripts", DefaultValueFactory = _ => "." };
        var data = new Option<string>("--data") { Description = "What data/ stands for", DefaultValueFactory = _ => "data" };
        var complete = new Option<bool>("--complete") { Description = "Write the engine's answers into scripts where queries expect nothing yet" };
        var areas = new Option<int>("--areas") { Description = "Folders of a path that are one area of the report", DefaultValueFactory = _ => 3 };
        var failures = new Option<string?>("--failures") { Description = "A file that gets each failure" };
        var least = new Option<double>("--least") { Description = "Per cent of the queries that must pass", DefaultValueFactory = _ => 100 };
        var timeout = new Option<int>("--timeout") { Description = "Seconds a statement may run", DefaultValueFactory = _ => 20 };
        var every = new Option<int>("--every") { Description = "Run each N-th script only", DefaultValueFactory = _ => 1 };
        var only = new Option<string?>("--only") { Description = "Run scripts only whose path contains this" };
        var command = new RootCommand("Runs sqllogictest scripts against the engine.") { scripts, flavour, source, data, complete, areas, failures, least, timeout, every, only };
        command.SetAction(result =>
        {
            var form = result.GetValue(flavour);
            var options = new RunOptions
            {
                Engine = new EngineOptions { Threads = 2, MemoryLimitBytes = MemoryLimit },
                Names = form switch { SltFlavour.Sqlite => ["postgresql"], SltFlavour.DuckDb => ["postgresql", "duckdb"], _ => ["queryengine"] },
                DataFolder = result.GetValue(data)!,
                Timeout = TimeSpan.FromSeconds(result.GetValue(timeout)),
            };
            if (result.GetValue(complete))
            {
                foreach (var path in result.GetValue(scripts)!)
                {
                    Completion.Complete(path, form, options);
                }

                return 0;
            }

            var chosen = Chosen(result.GetValue(scripts)!).Where(script => result.GetValue(only) is not { } part || script.Path.Contains(part, StringComparison.Ordinal)).Where((_, i) => i % result.GetValue(every) == 0);
            var report = RunAll(chosen, new ScriptSource(result.GetValue(source)!), form, options, result.GetValue(areas));
            report.Write(Console.Out);
            if (result.GetValue(failures) is { } file)
            {
                File.WriteAllLines(file, report.Failures.Select(failure => failure + "\n"));
            }

            var failed = report.Failures.Count(failure => failure.IsQuery);
            return report.PassedQueries * 100.0 / Math.Max(1, report.PassedQueries + failed) >= result.GetValue(least) ? 0 : 1;
        });
        return command.Parse(args).Invoke();
    }

    private static SuiteReport RunAll(IEnumerable<(string Path, IReadOnlySet<int>? Lines)> scripts, ScriptSource source, SltFlavour flavour, RunOptions options, int areas)
    {
        var report = new SuiteReport(areas);
        foreach (var (path, lines) in scripts)
        {
            Outcome outcome;
            try
            {
                outcome = ScriptRun.Run(SltReader.Read(path, flavour, source.Read(path)), options with { Lines = lines });
            }
            catch (Exception error) when (error is FormatException or InvalidOperationException)
            {
                outcome = new Outcome();
                outcome.Add(isQuery: true, new Failure(path, 0, IsQuery: true, string.Empty, error.Message));
            }

            report.Add(path, outcome);
        }

        return report;
    }

    /// <summary>The scripts with, where a list names them, the lines of the queries that count.</summary>
    private static IEnumerable<(string Path, IReadOnlySet<int>? Lines)> Chosen(IEnumerable<string> arguments) => arguments
        .SelectMany(argument => argument.EndsWith(".txt", StringComparison.Ordinal) ? File.ReadAllLines(argument).Where(line => line.Length > 0 && line[0] != '#') : [argument])
        .Select(entry => entry.LastIndexOf(':') is var colon and > 0 && int.TryParse(entry[(colon + 1)..], out var line) ? (Path: entry[..colon], Line: line) : (Path: entry, Line: 0))
        .GroupBy(entry => entry.Path, StringComparer.Ordinal)
        .Select(group => (group.Key, group.All(entry => entry.Line == 0) ? null : (IReadOnlySet<int>?)group.Select(entry => entry.Line).ToImmutableHashSet()));
}
