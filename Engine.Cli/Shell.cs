using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Engine.Cli.Output;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Memory;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Parser;
using Engine.Server.Sessions;
using Ast = Engine.Parser.Ast;

namespace Engine.Cli;

/// <summary>Runs statements on the embedded engine: results to stdout or a file, everything else to stderr.</summary>
internal sealed class Shell : IDisposable
{
    private readonly CliOptions _options;
    private readonly EmbeddedEngine _engine;
    private readonly Session _session;
    private CancellationTokenSource? _running;
    private bool _hasWhole;

    public Shell(CliOptions options)
    {
        _options = options;
        Format = options.Format;
        ShowTiming = options.ShowTiming;
        _engine = new EmbeddedEngine(options.Engine);
        _session = _engine.OpenSession();
        Console.CancelKeyPress += OnCancel;
    }

    public Session Session => _session;

    /// <summary>How results are written.</summary>
    public string Format { get; set; }

    public bool ShowTiming { get; set; }

    /// <summary>Runs all statements of a text and stops at the first that fails.</summary>
    /// <returns>The exit code.</returns>
    public int RunScript(string sql)
    {
        try
        {
            ApplySettings();
            using var output = OpenOutput();
            foreach (var statement in Session.Parse(sql))
            {
                Run(statement, output.Stream);
            }

            output.Complete();
            return CommandLine.ExitOk;
        }
        catch (QueryException error)
        {
            ErrorReport.Write(error, sql);
            return CommandLine.ExitFailed;
        }
        catch (OperationCanceledException)
        {
            ErrorReport.Write(new QueryException(ErrorCodes.QueryCanceled, "the query was cancelled"), sql);
            return CommandLine.ExitFailed;
        }
        catch (IOException error)
        {
            // The reader of the output has gone, or the disk is full.
            Console.Error.WriteLine($"qe: cannot write the result: {error.Message}");
            return CommandLine.ExitFailed;
        }
    }

    public int RunInteractive()
    {
        ApplySettings();
        return new Repl.ReadLoop(this).Run();
    }

    /// <summary>Runs one statement and writes its result.</summary>
    public void Run(Ast.Statement statement, Stream output)
    {
        using var running = new CancellationTokenSource();
        _running = running;
        var start = Stopwatch.GetTimestamp();
        try
        {
            using var result = _session.Execute(statement, running.Token);
            using var progress = ProgressLine.Start(result);
            if (result.Schema is { } schema)
            {
                RefuseSecondResult(result.Format?.Name ?? Format);
                using var pool = MemoryPool.CreateRoot("the result's output");
                using var writer = result.Format is { } format
                    ? ResultWriters.Create(format, schema, output, _options.OutputFile, pool)
                    : ResultWriters.Create(Format, schema, output, _options.OutputFile, result.TextContext, pool);
                while (result.Next() is { } batch)
                {
                    using (batch)
                    {
                        writer.Write(batch);
                    }
                }

                progress?.Clear();
                writer.Complete();

                // What follows on stderr belongs behind the result.
                output.Flush();
            }
            else if (result.RowCount is not null)
            {
                Console.Error.WriteLine(result.Tag);
            }

            WarnAboutRows(result);
        }
        finally
        {
            _running = null;
        }

        if (ShowTiming)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Time: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0.0} ms"));
        }
    }

    public ResultOutput OpenOutput() => ResultOutput.Open(_options.OutputFile);

    public void Dispose()
    {
        Console.CancelKeyPress -= OnCancel;
        _engine.Dispose();
    }

    private static void WarnAboutRows(StatementResult result)
    {
        foreach (var notice in result.Notices)
        {
            Console.Error.WriteLine($"NOTICE: {notice.Message}");
        }

        if (result.RowErrors is not { Count: > 0 } errors)
        {
            return;
        }

        Console.Error.WriteLine($"WARNING: {errors.Summary}");
        const int shown = 3;
        foreach (var error in errors.First.Take(shown))
        {
            Console.Error.WriteLine($"  {error}");
        }

        if (errors.Count > shown)
        {
            Console.Error.WriteLine("  ... all of them: SELECT * FROM \"<table>$errors\"");
        }
    }

    /// <summary>Readers of Arrow and Parquet take one table from a stream or file; another behind it would be lost or spoil the first.</summary>
    private void RefuseSecondResult(string format)
    {
        if (_hasWhole)
        {
            throw new QueryException(
                ErrorCodes.FeatureNotSupported, $"the format {format} holds one result, and it has one already", hint: "Run the statements one by one.");
        }

        _hasWhole = format is "arrow" or "parquet";
    }

    private void ApplySettings()
    {
        foreach (var (name, value) in _options.Settings)
        {
            _session.Settings.Set(name, value, span: null);
        }

        _session.Parameters = _options.Parameters.ToImmutableDictionary(pair => pair.Key, pair => new Literal(pair.Value, DataType.Unknown));
    }

    /// <summary>Ctrl-C stops the query; when none runs, it ends the program.</summary>
    private void OnCancel(object? sender, ConsoleCancelEventArgs e)
    {
        if (_running is { } running)
        {
            e.Cancel = true;
            running.Cancel();
        }
    }
}
