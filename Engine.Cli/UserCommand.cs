using System.CommandLine;
using System.Text;
using Engine.Server.Security;

namespace Engine.Cli;

/// <summary><c>qe user</c>: makes the entries of a users file, which <c>qe serve --users</c> reads. Passwords come from the terminal or stdin, never from arguments, which others see.</summary>
internal sealed class UserCommand
{
    private readonly Argument<string> _name = new("name") { Description = "the user's name" };
    private readonly Option<string?> _users = CommandLine.Text("users", "the users file (default: users.yaml)");
    private readonly Option<string[]> _read = new("--read") { Description = "a schema whose tables the user may read: schema, catalog.schema, catalog.* or *" };
    private readonly Option<string[]> _write = new("--write") { Description = "a schema whose tables the user may change too" };
    private readonly Option<bool> _administrator = new("--administrator") { Description = "the user may do everything" };

    public Command Build()
    {
        var add = new Command("add", "adds a user, with a password from the terminal or stdin") { _name, _users, _read, _write, _administrator };
        add.SetAction(parsed => Run(parsed, (file, name) => file.Add(name, ReadPassword(), parsed.GetValue(_read) ?? [], parsed.GetValue(_write) ?? [], parsed.GetValue(_administrator))));
        var password = new Command("password", "gives a user another password") { _name, _users };
        password.SetAction(parsed => Run(parsed, (file, name) => file.ChangePassword(name, ReadPassword())));
        return new Command("user", "makes and changes users of qe serve") { add, password };
    }

    private int Run(ParseResult parsed, Action<UsersFileEditor, string> change)
    {
        var path = parsed.GetValue(_users) ?? "users.yaml";
        var name = parsed.GetValue(_name)!;
        change(new UsersFileEditor(path), name);
        Console.Error.WriteLine($"{path}: user {name} is written; a server that runs takes it at the next login");
        return CommandLine.ExitOk;
    }

    private static string ReadPassword()
    {
        if (Console.IsInputRedirected)
        {
            return Console.In.ReadLine() ?? throw new UsageException("no password on stdin");
        }

        var password = Ask("Password: ");
        return Ask("Again: ") == password ? password : throw new UsageException("the two passwords differ");
    }

    private static string Ask(string prompt)
    {
        Console.Error.Write(prompt);
        var text = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                text.Length = Math.Max(0, text.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                text.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return text.ToString();
    }
}
