using Engine.Core.Errors;
using Engine.Server.Sessions;

namespace Engine.Cli.Repl;

/// <summary>The interactive session: statements end with a semicolon and may span lines; lines that begin with a backslash are commands.</summary>
internal sealed class ReadLoop
{
    private readonly Shell _shell;
    private readonly History _history;
    private readonly LineEditor _editor;
    private readonly BackslashCommands _commands;

    public ReadLoop(Shell shell)
    {
        _shell = shell;
        _history = new History(Console.IsInputRedirected ? null : History.DefaultPath);
        _editor = new LineEditor(_history, new Completion(shell.Session).Candidates);
        _commands = new BackslashCommands(shell, RunStatement);
    }

    /// <returns>The exit code: 0, or 1 when input was not typed and a statement failed.</returns>
    public int Run()
    {
        if (Console.IsInputRedirected)
        {
            return RunPiped(Console.In.ReadToEnd());
        }

        Console.TreatControlCAsInput = false;
        Console.WriteLine("QueryEngine. Statements end with a semicolon; \\? lists commands, \\q quits.");
        var text = string.Empty;
        while (true)
        {
            string? line;
            try
            {
                Console.TreatControlCAsInput = true;
                line = _editor.Read(text.Length == 0 ? "qe> " : "  > ");
            }
            catch (OperationCanceledException)
            {
                text = string.Empty;
                continue;
            }
            finally
            {
                Console.TreatControlCAsInput = false;
            }

            if (line is null)
            {
                return CommandLine.ExitOk;
            }

            if (text.Length == 0 && line.TrimStart().StartsWith('\\'))
            {
                _history.Add(line.Trim());
                if (!_commands.Run(line.Trim()))
                {
                    return CommandLine.ExitOk;
                }

                continue;
            }

            text = text.Length == 0 ? line : $"{text}\n{line}";
            if (text.AsSpan().Trim().IsEmpty)
            {
                text = string.Empty;
            }
            else if (StatementEnd.IsComplete(text))
            {
                _history.Add(text);
                RunStatement(text);
                text = string.Empty;
            }
        }
    }

    private int RunPiped(string text)
    {
        var sql = new List<string>();
        var exitCode = CommandLine.ExitOk;
        foreach (var line in text.Split('\n'))
        {
            if (!line.StartsWith('\\'))
            {
                sql.Add(line);
                continue;
            }

            exitCode = Math.Max(exitCode, Flush());
            if (!_commands.Run(line.Trim()))
            {
                return exitCode;
            }
        }

        return Math.Max(exitCode, Flush());

        int Flush()
        {
            var statements = string.Join('\n', sql);
            sql.Clear();
            return statements.AsSpan().Trim().IsEmpty || RunStatement(statements) ? CommandLine.ExitOk : CommandLine.ExitFailed;
        }
    }

    /// <summary>Runs the statements of a text; an error is reported and the session goes on.</summary>
    private bool RunStatement(string sql)
    {
        try
        {
            using var output = _shell.OpenOutput();
            foreach (var statement in Session.Parse(sql))
            {
                _shell.Run(statement, output.Stream);
                output.Stream.Flush();
            }

            output.Complete();

            return true;
        }
        catch (QueryException error)
        {
            ErrorReport.Write(error, sql);
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("ERROR: the query was cancelled");
        }

        return false;
    }
}
