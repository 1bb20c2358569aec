using System.Text;
using Engine.Core.Errors;

namespace Engine.Server.Security;

/// <summary>Adds users to a users file and changes their passwords. What else people have written in it, comments too, stays as it is.</summary>
/// <param name="path">The file; it need not exist.</param>
public sealed class UsersFileEditor(string path)
{
    private const string Heading = "# Users of qe serve --users FILE. docs/reference/server.md has what may stand here.\nusers:\n";

    /// <exception cref="QueryException">42710: there is a user of that name. 22023: the name or password cannot be used. F0000 or 58030: neither can the file.</exception>
    public void Add(string name, string password, IEnumerable<string> read, IEnumerable<string> write, bool isAdministrator)
    {
        var before = ReadText();
        if (name.Length == 0 || name.Any(c => char.IsControl(c)))
        {
            throw new QueryException(ErrorCodes.InvalidParameterValue, "the name of a user is empty or has control characters");
        }

        if (Accounts().Any(account => account.Name == name))
        {
            throw new QueryException(ErrorCodes.DuplicateObject, $"user {name} is in {path} already", hint: $"qe user password {name} gives another password.");
        }

        var entry = new StringBuilder(before.Length == 0 ? Heading : before.EndsWith('\n') ? before : before + "\n");
        entry.Append("  ").Append(Quote(name)).Append(":\n    password: ").Append(ScramVerifier.Create(password).ToText()).Append('\n');
        AddList(entry, "read", read);
        AddList(entry, "write", write);
        if (isAdministrator)
        {
            entry.Append("    administrator: true\n");
        }

        Write(entry.ToString(), name);
    }

    /// <exception cref="QueryException">42704: there is no user of that name. Else as <see cref="Add"/>.</exception>
    public void ChangePassword(string name, string password)
    {
        var account = Accounts().FirstOrDefault(account => account.Name == name)
            ?? throw new QueryException(ErrorCodes.UndefinedObject, $"user {name} is not in {path}", hint: $"qe user add {name} adds it.");
        if (account.Verifier is not { } verifier)
        {
            throw new QueryException(ErrorCodes.ObjectNotInPrerequisiteState, $"user {name} has no password in {path}", hint: "Add a line password: with any verifier first.");
        }

        // Salts are random; but md5 hashes have none, and another user may have the same.
        var before = ReadText();
        var parts = before.Split(verifier.ToText());
        if (parts.Length != 2)
        {
            throw new QueryException(ErrorCodes.ConfigFileError, $"{path}: the password of user {name} is written in an unusual way: put another verifier in its place by hand");
        }

        Write(string.Join(ScramVerifier.Create(password).ToText(), parts), name);
    }

    private IReadOnlyList<Account> Accounts() => File.Exists(path) ? UsersFile.Read(path, allowsMd5: true) : [];

    private string ReadText()
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : string.Empty;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new QueryException(ErrorCodes.IoError, $"cannot read {path}: {error.Message}", cause: error);
        }
    }

    /// <summary>Puts the text in the file's place when it reads as a users file with that user.</summary>
    private void Write(string text, string name)
    {
        var tried = $"{path}.{Environment.ProcessId}.new";
        try
        {
            PrivateFile.Write(tried, text);
            if (!UsersFile.Read(tried, allowsMd5: true).Any(account => account.Name == name))
            {
                throw new QueryException(ErrorCodes.ConfigFileError, $"{path} ends with something else than its users: a user cannot be added behind it");
            }

            PrivateFile.Write(path, text);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new QueryException(ErrorCodes.IoError, $"cannot write {path}: {error.Message}", cause: error);
        }
        finally
        {
            File.Delete(tried);
        }
    }

    private static void AddList(StringBuilder entry, string key, IEnumerable<string> values)
    {
        var quoted = values.Select(Quote).ToList();
        if (quoted.Count > 0)
        {
            entry.Append("    ").Append(key).Append(": [").AppendJoin(", ", quoted).Append("]\n");
        }
    }

    private static string Quote(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') && char.IsAsciiLetter(text[0]) && text is not ("true" or "false" or "null" or "yes" or "no")
        ? text
        : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
