using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Engine.Server.Security;

/// <summary>
/// What old servers keep of a password: <c>md5</c> and the hash of password and name, PostgreSQL's form. Who reads it can log in with it, and guesses many
/// passwords a second: it is taken only where <c>--allow-md5</c> says so, for clients that know nothing better.
/// </summary>
/// <param name="User">Whose it is: the name is in the hash.</param>
/// <param name="Hash">32 hexadecimal digits.</param>
[SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "The protocol of the clients that it is for.")]
public sealed record Md5Verifier(string User, string Hash) : PasswordVerifier
{
    private const string Prefix = "md5";
    private const int HashLength = 2 * MD5.HashSizeInBytes;

    /// <summary>The bytes that a login adds to the hash, see <see cref="IsAnswer"/>.</summary>
    internal const int SaltLength = 4;

    /// <summary>Reads a verifier; null when the text is none.</summary>
    public static Md5Verifier? TryParse(string user, string text) =>
        text.Length == Prefix.Length + HashLength && text.StartsWith(Prefix, StringComparison.Ordinal) && text.AsSpan(Prefix.Length).IndexOfAnyExcept("0123456789abcdef") < 0
            ? new Md5Verifier(user, text[Prefix.Length..])
            : null;

    public override string ToText() => Prefix + Hash;

    /// <summary>Nothing of it is to get into a log by chance.</summary>
    public override string ToString() => $"{Prefix}***";

    internal override bool Matches(string password) => AreEqual(HashOf(Encoding.UTF8.GetBytes(password + User)), Hash);

    /// <summary>Whether a client that was given a salt knows the password (AuthenticationMD5Password).</summary>
    internal bool IsAnswer(string answer, ReadOnlySpan<byte> salt) => AreEqual(answer, Prefix + HashOf([.. Encoding.UTF8.GetBytes(Hash), .. salt]));

    private static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));

    private static bool AreEqual(string left, string right) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));
}
