using System.Collections.Immutable;
using System.Globalization;
using Engine.Catalog;
using Engine.Catalog.Definitions;
using Engine.Core.Errors;
using Engine.Core.Memory;
using YamlDotNet.RepresentationModel;

namespace Engine.Server.Security;

/// <summary>Reads a users file (docs/reference/server.md). Every error names the file and line, and no secret.</summary>
internal static class UsersFile
{
    private static readonly ImmutableArray<string> Keys =
        ["password", "trust", "read", "write", "files", "administrator", "max_sessions", "max_statements", "memory"];

    /// <param name="path">The file.</param>
    /// <param name="allowsMd5">Whether passwords may be kept as md5 hashes.</param>
    /// <exception cref="QueryException">F0000 or 58030: the file is not as it must be, or cannot be read.</exception>
    public static IReadOnlyList<Account> Read(string path, bool allowsMd5)
    {
        var file = new YamlFile(path);
        var accounts = new List<Account>();
        foreach (var (key, value) in file.Root())
        {
            if (key.Value != "users")
            {
                throw file.Bad(key, $"unknown key \"{key.Value}\": a users file has users");
            }

            accounts.AddRange(file.Mapping(value).Select(entry => ReadAccount(file, entry.Key, file.Mapping(entry.Value), allowsMd5)));
        }

        return accounts;
    }

    private static Account ReadAccount(YamlFile file, YamlScalarNode name, IReadOnlyList<KeyValuePair<YamlScalarNode, YamlNode>> entries, bool allowsMd5)
    {
        var account = new Account(name.Value!);
        var isAdministrator = false;
        foreach (var (key, value) in entries)
        {
            if (key.Value == "administrator")
            {
                isAdministrator = ReadSwitch(file, value);
                continue;
            }

            account = key.Value switch
            {
                "password" => account with { Verifier = ReadVerifier(file, value, account.Name, allowsMd5) },
                "trust" => account with { IsTrustedOnLoopback = ReadTrust(file, value) },
                "read" => account with { Grants = account.Grants with { Reads = ReadSchemas(file, value) } },
                "write" => account with { Grants = account.Grants with { Writes = ReadSchemas(file, value) } },
                "files" => account with { Grants = ReadFiles(file, value, account.Grants) },
                "max_sessions" => account with { MaxSessions = ReadCount(file, key, value) },
                "max_statements" => account with { MaxStatements = ReadCount(file, key, value) },
                "memory" => account with { MemoryLimitBytes = ReadMemory(file, value) },
                _ => throw file.Bad(key, $"unknown key \"{key.Value}\" of user {name.Value}: it may have {string.Join(", ", Keys)}"),
            };
        }

        account = isAdministrator ? account with { Grants = Grants.Everything } : account;
        return account.Verifier is not null || account.IsTrustedOnLoopback
            ? account
            : throw file.Bad(name, $"user {name.Value} has no password: qe user add makes one");
    }

    private static PasswordVerifier ReadVerifier(YamlFile file, YamlNode node, string user, bool allowsMd5)
    {
        var text = file.Text(node);
        if (ScramVerifier.TryParse(text) is { } verifier)
        {
            return verifier;
        }

        if (Md5Verifier.TryParse(user, text) is not { } hash)
        {
            throw file.Bad(node, $"the password of user {user} is no SCRAM-SHA-256 verifier: qe user password {user} makes one");
        }

        return allowsMd5 ? hash : throw new QueryException(
            ErrorCodes.ConfigFileError,
            file.Bad(node, $"the password of user {user} is an md5 hash, which anybody who reads it can log in with: qe user password {user} makes a SCRAM-SHA-256 verifier").Message,
            hint: "qe serve --allow-md5 takes it all the same, for clients that know nothing better.");
    }

    private static bool ReadTrust(YamlFile file, YamlNode node) => file.Text(node) == "loopback"
        ? true
        : throw file.Bad(node, $"trust is loopback, not \"{file.Text(node)}\"");

    private static ImmutableArray<SchemaPattern> ReadSchemas(YamlFile file, YamlNode node)
    {
        var patterns = ImmutableArray.CreateBuilder<SchemaPattern>();
        foreach (var text in file.Texts(node))
        {
            patterns.Add(SchemaPattern.TryParse(text) ?? throw file.Bad(node, $"\"{text}\" is no schema: it is schema, catalog.schema, catalog.* or '*'"));
        }

        return patterns.ToImmutable();
    }

    private static Grants ReadFiles(YamlFile file, YamlNode node, Grants grants) => file.Text(node) switch
    {
        "none" => grants with { ReadsFiles = false, WritesFiles = false },
        "read" => grants with { ReadsFiles = true, WritesFiles = false },
        "write" => grants with { ReadsFiles = true, WritesFiles = true },
        var other => throw file.Bad(node, $"files is none, read or write, not \"{other}\""),
    };

    private static bool ReadSwitch(YamlFile file, YamlNode node) => file.Text(node) switch
    {
        "true" => true,
        "false" => false,
        var other => throw file.Bad(node, $"administrator is true or false, not \"{other}\""),
    };

    private static int ReadCount(YamlFile file, YamlScalarNode key, YamlNode node) =>
        int.TryParse(file.Text(node), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count
            : throw file.Bad(node, $"{key.Value} is a number of at least 1, not \"{file.Text(node)}\"");

    private static long ReadMemory(YamlFile file, YamlNode node) => ByteSize.TryParse(file.Text(node), out var bytes) && bytes >= 1 << 20
        ? bytes
        : throw file.Bad(node, $"memory is at least 1MB, as in 512MB or 4GB, not \"{file.Text(node)}\"");
}
