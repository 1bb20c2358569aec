using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Engine.Cli.Output;
using Engine.Core.Errors;
using Engine.Core.Memory;
using Engine.Server.Sessions;

namespace Engine.Cli;

/// <summary>The options of <c>qe</c>, and what they start. Every option can be given as environment variable QE_NAME too.</summary>
internal static class CommandLine
{
    public const int ExitOk = 0;
    public const int ExitFailed = 1;
    public const int ExitUsage = 2;

    private static readonly Argument<string[]> Sql = new("sql") { Description = "SQL statements; without any, an interactive session begins", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<string?> File = Text("file", "run the statements of a file", "-f");
    private static readonly Option<string?> Format = Text("format", $"how results are written: {string.Join(", ", ResultWriters.Names)}");
    private static readonly Option<string?> OutputFile = Text("output", "write results to a file (arrow: a random access file; a stream on stdout and into *.arrows)", "-o");
    private static readonly Option<string?> Catalog = Text("catalog", "the folder of table definitions (default: ./catalog)");
    private static readonly Option<bool> Timing = Switch("timing", "print the time of every statement");
    private static readonly Option<string[]> Parameters = Repeated("param", "a value for :name in statements, as name=value");
    private static readonly Option<string[]> Settings = Repeated("set", "a session setting, as name=value");
    private static readonly Option<string?> Threads = Text("threads", "compute threads (default: all cores)");
    private static readonly Option<string?> SpillDir = Text("spill-dir", "the folder for what does not fit into memory (default: the system's for temporary files)");
    private static readonly Option<string?> Memory = Text("memory", "memory that queries may use, such as 4GB (default: three quarters of the machine's)");

    public static int Run(string[] arguments)
    {
        // "qe query SQL" and "qe SQL" are the same.
        if (arguments is ["query", ..])
        {
            arguments = arguments[1..];
        }

        var root = new RootCommand("QueryEngine: SQL over raw dumps and columnar files.") { Sql, File, Format, OutputFile, Catalog, Timing, Parameters, Settings, Threads, Memory, SpillDir };
        root.SetAction(_ => ExitOk);
        root.Add(ServeCommand.Build([Catalog, Threads, Memory, SpillDir], ReadEngine));
        root.Add(new UserCommand().Build());
        try
        {
            // Before anything is parsed: options that are not given are looked up then.
            if (arguments is [ServeCommand.Name, ..])
            {
                ConfigFile.Apply(arguments[1..], root.Subcommands.First(command => command.Name == ServeCommand.Name).Options.Select(option => option.Name));
            }
        }
        catch (QueryException error)
        {
            Console.Error.WriteLine($"qe: {error.Message}");
            return ExitUsage;
        }

        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                Console.Error.WriteLine($"qe: {error.Message}");
            }

            Console.Error.WriteLine("Try qe --help.");
            return ExitUsage;
        }

        try
        {
            return parsed.Action is { } action && !ReferenceEquals(action, root.Action)
                ? parsed.Invoke(new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,

                    // It would end the process two seconds after a signal, whatever still runs.
                    ProcessTerminationTimeout = null,
                })
                : Start(ReadOptions(parsed));
        }
        catch (QueryException error)
        {
            ErrorReport.Write(error, sql: string.Empty);
            return ExitFailed;
        }
        catch (UsageException error)
        {
            Console.Error.WriteLine($"qe: {error.Message}");
            return ExitUsage;
        }
    }

    private static int Start(CliOptions options)
    {
        using var shell = new Shell(options);
        return options.Sql is null ? shell.RunInteractive() : shell.RunScript(options.Sql);
    }

    private static CliOptions ReadOptions(ParseResult parsed)
    {
        var words = parsed.GetValue(Sql) ?? [];
        if (words.FirstOrDefault(word => word.StartsWith('-') && word.Length > 1 && !word.Contains(' ', StringComparison.Ordinal)) is { } option)
        {
            throw new UsageException($"unknown option {option}; try qe --help");
        }

        var sql = string.Join(' ', words);
        var file = parsed.GetValue(File);
        if (file is not null && sql.Length > 0)
        {
            throw new UsageException("give either a statement or a file, not both");
        }

        var format = parsed.GetValue(Format);
        if (format is not null && !ResultWriters.Names.Contains(format))
        {
            throw new UsageException($"unknown format \"{format}\": there are {string.Join(", ", ResultWriters.Names)}");
        }

        return new CliOptions
        {
            Sql = file is not null ? ReadFile(file) : sql.Length > 0 ? sql : null,
            Format = format ?? "table",
            OutputFile = parsed.GetValue(OutputFile),
            Engine = ReadEngine(parsed),
            ShowTiming = parsed.GetValue(Timing),
            Parameters = ReadPairs(parsed.GetValue(Parameters), "--param"),
            Settings = ReadPairs(parsed.GetValue(Settings), "--set"),
        };
    }

    private static EngineOptions ReadEngine(ParseResult parsed)
    {
        var usual = new EngineOptions();
        return new EngineOptions
        {
            CatalogFolder = parsed.GetValue(Catalog) ?? usual.CatalogFolder,
            Threads = ReadThreads(parsed.GetValue(Threads)) ?? usual.Threads,
            MemoryLimitBytes = ReadMemory(parsed.GetValue(Memory)) ?? usual.MemoryLimitBytes,
            SpillFolder = parsed.GetValue(SpillDir) ?? usual.SpillFolder,
        };
    }

    private static string ReadFile(string path)
    {
        try
        {
            return path == "-" ? Console.In.ReadToEnd() : System.IO.File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"cannot read {path}: {error.Message}");
        }
    }

    private static ImmutableArray<KeyValuePair<string, string>> ReadPairs(string[]? pairs, string option) =>
        [.. (pairs ?? []).Select(pair => pair.Split('=', 2) is [var name, var value] && name.Length > 0
            ? KeyValuePair.Create(name, value)
            : throw new UsageException($"{option} takes name=value, not \"{pair}\""))];

    private static int? ReadThreads(string? text) => text is null
        ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= 1024
            ? count
            : throw new UsageException($"--threads takes a number from 1 to 1024, not \"{text}\"");

    private static long? ReadMemory(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return ByteSize.TryParse(text, out var bytes) && bytes >= 1 << 20
            ? bytes
            : throw new UsageException($"--memory takes at least 1MB, as in 512MB or 4GB, not \"{text}\"");
    }

    internal static Option<string?> Text(string name, string description, params string[] aliases) => new($"--{name}", aliases)
    {
        Description = description,
        DefaultValueFactory = _ => Variable(name),
    };

    internal static Option<bool> Switch(string name, string description) => new($"--{name}") { Description = description, DefaultValueFactory = _ => Variable(name) is "1" or "true" };

    private static Option<string[]> Repeated(string name, string description) => new($"--{name}") { Description = description, AllowMultipleArgumentsPerToken = false };

    /// <summary>The environment variable that an option is read from where it is not given.</summary>
    internal static string VariableOf(string option) => $"QE_{option.Replace('-', '_').ToUpperInvariant()}";

    private static string? Variable(string option) => Environment.GetEnvironmentVariable(VariableOf(option));
}

/// <summary>What the command line says.</summary>
internal sealed record CliOptions
{
    /// <summary>Statements to run, or null for an interactive session.</summary>
    public string? Sql { get; init; }

    public required string Format { get; init; }

    public string? OutputFile { get; init; }

    /// <summary>How the engine is to be.</summary>
    public required EngineOptions Engine { get; init; }

    public bool ShowTiming { get; init; }

    public ImmutableArray<KeyValuePair<string, string>> Parameters { get; init; } = [];

    public ImmutableArray<KeyValuePair<string, string>> Settings { get; init; } = [];
}

/// <summary>The command line asks for something that does not exist: exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message);