using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Engine.Core.Errors;

namespace Engine.Server.Security;

/// <summary>
/// What a server keeps of a password for SCRAM-SHA-256 (RFC 5802, section 3; RFC 7677): it proves that a client knows the password, and is no use to log in
/// with. Its text is PostgreSQL's: <c>SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey</c>, so that verifiers may be copied from <c>pg_authid</c>.
/// </summary>
/// <param name="Iterations">Rounds of PBKDF2 that the client has to go.</param>
/// <param name="Salt">Random bytes.</param>
/// <param name="StoredKey">The hash of the client's key.</param>
/// <param name="ServerKey">What the server proves itself with.</param>
public sealed record ScramVerifier(int Iterations, ReadOnlyMemory<byte> Salt, ReadOnlyMemory<byte> StoredKey, ReadOnlyMemory<byte> ServerKey) : PasswordVerifier
{
    /// <summary>The rounds that PostgreSQL goes, and the fewest that RFC 7677 allows.</summary>
    public const int DefaultIterations = 4096;

    /// <summary>More would let a login keep a client busy for minutes.</summary>
    private const int MaxIterations = 10_000_000;

    private const string Prefix = "SCRAM-SHA-256$";
    private const int SaltLength = 16;

    /// <summary>Makes one with a new salt.</summary>
    /// <exception cref="QueryException">22023: the password cannot be used, see <see cref="Saslprep"/>.</exception>
    public static ScramVerifier Create(string password, int iterations = DefaultIterations) => Create(password, RandomNumberGenerator.GetBytes(SaltLength), iterations);

    internal static ScramVerifier Create(string password, byte[] salt, int iterations)
    {
        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(Saslprep.Prepare(password)), salt, iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        var clientKey = HMACSHA256.HashData(salted, "Client Key"u8);
        return new ScramVerifier(iterations, salt, SHA256.HashData(clientKey), HMACSHA256.HashData(salted, "Server Key"u8));
    }

    /// <summary>Reads a verifier; null when the text is none.</summary>
    public static ScramVerifier? TryParse(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || text[Prefix.Length..].Split('$') is not [var salting, var keys])
        {
            return null;
        }

        return salting.Split(':') is [var rounds, var salt] && keys.Split(':') is [var stored, var server]
            && int.TryParse(rounds, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations) && iterations is >= 1 and <= MaxIterations
            && Bytes(salt) is { Length: > 0 } saltBytes && Bytes(stored) is { Length: SHA256.HashSizeInBytes } storedKey && Bytes(server) is { Length: SHA256.HashSizeInBytes } serverKey
            ? new ScramVerifier(iterations, saltBytes, storedKey, serverKey)
            : null;
    }

    internal override bool Matches(string password)
    {
        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), Salt.Span, Iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8)), StoredKey.Span);
    }

    public override string ToText() => string.Create(
        CultureInfo.InvariantCulture, $"{Prefix}{Iterations}:{Convert.ToBase64String(Salt.Span)}${Convert.ToBase64String(StoredKey.Span)}:{Convert.ToBase64String(ServerKey.Span)}");

    /// <summary>Nothing of it is to get into a log by chance.</summary>
    public override string ToString() => $"{Prefix}***";

    private static byte[]? Bytes(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var count) ? bytes[..count] : null;
    }
}
