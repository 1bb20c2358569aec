using Engine.Cli.Output;

namespace Engine.Cli.Repl;

/// <summary>The commands of the interactive session that are no SQL.</summary>
internal sealed class BackslashCommands(Shell shell, Func<string, bool> runSql)
{
    private string _formatBefore = "table";

    /// <summary>False when the session is to end.</summary>
    public bool Run(string line)
    {
        var words = line.Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var argument = words.Length > 1 ? words[1].TrimEnd(';') : null;
        switch (words[0])
        {
            case "\\q" or "\\quit":
                return false;
            case "\\?" or "\\h" or "\\help":
                Help();
                break;
            case "\\d" when argument is not null:
                runSql($"DESCRIBE {argument}");
                break;
            case "\\d" or "\\dt":
                runSql("SHOW TABLES");
                break;
            case "\\dn":
                runSql("SHOW SCHEMAS");
                break;
            case "\\df":
                runSql(argument is null ? "SHOW FUNCTIONS" : $"SHOW FUNCTIONS LIKE '%{argument.Replace("'", "''", StringComparison.Ordinal)}%'");
                break;
            case "\\timing":
                shell.ShowTiming = argument is null ? !shell.ShowTiming : argument == "on";
                Console.WriteLine($"Timing is {(shell.ShowTiming ? "on" : "off")}.");
                break;
            case "\\x":
                (shell.Format, _formatBefore) = shell.Format == "vertical" ? (_formatBefore, "vertical") : ("vertical", shell.Format);
                Console.WriteLine($"Expanded display is {(shell.Format == "vertical" ? "on" : "off")}.");
                break;
            case "\\format":
                SetFormat(argument);
                break;
            default:
                Console.Error.WriteLine($"unknown command {words[0]}: \\? lists them");
                break;
        }

        return true;
    }

    private void SetFormat(string? format)
    {
        if (format is not null && ResultWriters.Names.Contains(format))
        {
            shell.Format = format;
        }
        else
        {
            Console.Error.WriteLine($"\\format takes one of {string.Join(", ", ResultWriters.Names)}");
        }
    }

    private static void Help() => Console.WriteLine(
        """
        \d             tables and views          \d NAME      columns of a table or 'file'
        \dt            tables and views          \dn          schemas
        \df [WORD]     functions                 \timing      time of each statement on or off
        \x             one line a value          \format F    table, csv, json, markdown ...
        \?             this list                 \q           quit (also Ctrl-D)
        """);
}
