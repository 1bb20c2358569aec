using System.Security.Cryptography;
using System.Text;
using Engine.Core.Errors;
using Microsoft.Extensions.Logging;

namespace Engine.Server.Security;

/// <summary>The users of a users file. The file is read again when it has changed: who logs in afterwards is let in by what it says then.</summary>
public sealed class UserDirectory
{
    private readonly string _path;
    private readonly bool _allowsMd5;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private (DateTime ModifiedAt, Dictionary<string, Account> Accounts) _read;

    /// <param name="path">The file.</param>
    /// <param name="logger">Is told of a file that has become unreadable; the users stay as they were.</param>
    /// <param name="allowsMd5">Whether passwords may be kept as md5 hashes, see <see cref="Md5Verifier"/>.</param>
    /// <exception cref="QueryException">F0000 or 58030: the file is not as it must be, or cannot be read.</exception>
    public UserDirectory(string path, ILogger logger, bool allowsMd5 = false)
    {
        _path = path;
        _allowsMd5 = allowsMd5;
        _logger = logger;
        _read = (File.GetLastWriteTimeUtc(path), Read());
    }

    /// <summary>How many there are.</summary>
    public int Count => Current().Count;

    /// <summary>
    /// The user of that name and password, for ways in on which the password itself is sent; null when one of the two is wrong. It takes as long in either
    /// case.
    /// </summary>
    public Account? Authenticate(string name, string password)
    {
        var account = Find(name);
        var verifier = account?.Verifier;
        var isRight = verifier?.Matches(password) ?? false;
        if (verifier is not ScramVerifier)
        {
            // What others take their time for.
            Mock(name).Matches(password);
        }

        return isRight ? account : null;
    }

    internal Account? Find(string name) => Current().GetValueOrDefault(name);

    /// <summary>
    /// A verifier for somebody who is no user, so that the login takes the same course to its end (RFC 5802, section 9; PostgreSQL's mock authentication).
    /// It is the same at every login, and after a restart: a salt that changes would tell.
    /// </summary>
    internal ScramVerifier Mock(string name)
    {
        var model = Current().Values.Where(account => account.Verifier is ScramVerifier).MinBy(account => account.Name, StringComparer.Ordinal)?.Verifier as ScramVerifier;
        var secret = model?.ServerKey.ToArray() ?? SHA256.HashData("no user has a password"u8);
        var salt = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(name));
        return new ScramVerifier(
            model?.Iterations ?? ScramVerifier.DefaultIterations, salt.AsMemory(0, Math.Min(model?.Salt.Length ?? 16, salt.Length)), HMACSHA256.HashData(secret, salt), HMACSHA256.HashData(salt, secret));
    }

    private Dictionary<string, Account> Current()
    {
        lock (_lock)
        {
            var modifiedAt = File.GetLastWriteTimeUtc(_path);
            if (modifiedAt != _read.ModifiedAt)
            {
                try
                {
                    _read = (modifiedAt, Read());
                    Log.UsersRead(_logger, _path, _read.Accounts.Count);
                }
                catch (QueryException error)
                {
                    _read = (modifiedAt, _read.Accounts);
                    Log.UsersUnreadable(_logger, error.Message);
                }
            }

            return _read.Accounts;
        }
    }

    private Dictionary<string, Account> Read() => UsersFile.Read(_path, _allowsMd5).ToDictionary(account => account.Name, StringComparer.Ordinal);
}
