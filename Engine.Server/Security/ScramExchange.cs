using System.Security.Cryptography;
using System.Text;
using Engine.Core.Errors;

namespace Engine.Server.Security;

/// <summary>
/// The server's side of one SCRAM-SHA-256 or SCRAM-SHA-256-PLUS login (RFC 5802, RFC 7677): client-first, server-first, client-final, server-final. The user
/// is the one of the startup packet; the name in client-first is passed over, as PostgreSQL does.
/// </summary>
/// <param name="verifier">Of the user, or a made-up one: the exchange takes the same course, and fails at its end.</param>
/// <param name="isKnown">Whether the verifier is a user's.</param>
/// <param name="channelBinding">The bytes of <c>tls-server-end-point</c> (RFC 5929); null where -PLUS is not offered.</param>
internal sealed class ScramExchange(ScramVerifier verifier, bool isKnown, byte[]? channelBinding)
{
    private const string Plain = "SCRAM-SHA-256";
    private const string Plus = "SCRAM-SHA-256-PLUS";
    private const string BindingName = "tls-server-end-point";

    /// <summary>PostgreSQL's length, before it is written in base64.</summary>
    private const int NonceLength = 18;

    /// <summary>What the server adds to the client's nonce; tests know it beforehand.</summary>
    public string ServerNonce { private get; init; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceLength));

    private string _header = string.Empty;
    private string _clientFirstBare = string.Empty;
    private string _serverFirst = string.Empty;
    private string _nonce = string.Empty;

    /// <summary>The mechanisms to offer, the strongest first.</summary>
    public static IReadOnlyList<string> Mechanisms(bool hasChannelBinding) => hasChannelBinding ? [Plus, Plain] : [Plain];

    /// <summary>Answers client-first with server-first.</summary>
    /// <exception cref="QueryException">08P01 or 28000: the message or the mechanism is none of those that were offered.</exception>
    public string Challenge(string mechanism, string clientFirst)
    {
        var isPlus = mechanism == Plus && channelBinding is not null;
        if (!isPlus && mechanism != Plain)
        {
            throw new QueryException(ErrorCodes.ProtocolViolation, "client selected an invalid SASL authentication mechanism");
        }

        var fields = clientFirst.Split(',');
        if (fields.Length < 4)
        {
            throw Malformed("it has too few attributes");
        }

        CheckBinding(fields[0], isPlus);
        if (fields[1].Length > 0)
        {
            throw new QueryException(ErrorCodes.FeatureNotSupported, "client uses authorization identity, but it is not supported");
        }

        if (fields[2].StartsWith("m=", StringComparison.Ordinal))
        {
            throw new QueryException(ErrorCodes.FeatureNotSupported, "client requires an unsupported SCRAM extension");
        }

        _ = Attribute('n', fields[2]);
        var clientNonce = Attribute('r', fields[3]);
        if (clientNonce.Length == 0 || clientNonce.Any(c => c is < '!' or > '~'))
        {
            throw Malformed("its nonce has other characters than printable ones");
        }

        _header = $"{fields[0]},,";
        _clientFirstBare = clientFirst[_header.Length..];
        _nonce = clientNonce + ServerNonce;
        return _serverFirst = $"r={_nonce},s={Convert.ToBase64String(verifier.Salt.Span)},i={verifier.Iterations}";
    }

    /// <summary>Checks client-final; the answer is server-final, or null when the password is not the user's.</summary>
    /// <exception cref="QueryException">08P01 or 28000: the message is none, or is bound to another channel.</exception>
    public string? Finish(string clientFinal)
    {
        // The proof is the last attribute; what it proves is all before it.
        var proofAt = clientFinal.LastIndexOf(",p=", StringComparison.Ordinal);
        var fields = proofAt < 0 ? [] : clientFinal[..proofAt].Split(',');
        if (fields.Length < 2)
        {
            throw Malformed("it has too few attributes");
        }

        var binding = Decode(Attribute('c', fields[0]));
        if (!CryptographicOperations.FixedTimeEquals(binding, ExpectedBinding()))
        {
            throw new QueryException(ErrorCodes.InvalidAuthorization, "SCRAM channel binding check failed");
        }

        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Attribute('r', fields[1])), Encoding.UTF8.GetBytes(_nonce)))
        {
            throw Malformed("its nonce is not the one of this login");
        }

        var proof = Decode(clientFinal[(proofAt + 3)..]);
        if (proof.Length != SHA256.HashSizeInBytes)
        {
            throw Malformed("its proof has another length");
        }

        var message = Encoding.UTF8.GetBytes($"{_clientFirstBare},{_serverFirst},{clientFinal[..proofAt]}");
        var clientKey = HMACSHA256.HashData(verifier.StoredKey.Span, message);
        for (var i = 0; i < clientKey.Length; i++)
        {
            clientKey[i] ^= proof[i];
        }

        // All is computed before any of it decides: how long it takes tells nothing.
        var isRight = CryptographicOperations.FixedTimeEquals(SHA256.HashData(clientKey), verifier.StoredKey.Span);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(verifier.ServerKey.Span, message));
        return isRight & isKnown ? $"v={signature}" : null;
    }

    /// <summary>The client's word on channel binding (RFC 5802, section 6): p= uses it, y would if the server could, n cannot.</summary>
    private void CheckBinding(string flag, bool isPlus)
    {
        switch (flag)
        {
            case "n" when !isPlus:
                break;
            case "y" when !isPlus:
                if (channelBinding is not null)
                {
                    // It was offered here: somebody between has taken it out of the offer.
                    throw new QueryException(
                        ErrorCodes.InvalidAuthorization,
                        "SCRAM channel binding negotiation error",
                        hint: "The client supports SCRAM channel binding but thinks the server does not; this server does.");
                }

                break;
            case $"p={BindingName}" when isPlus:
                break;
            case ['p', '=', ..] when isPlus:
                throw new QueryException(ErrorCodes.ProtocolViolation, $"unsupported SCRAM channel-binding type \"{Shown(flag[2..])}\"");
            default:
                throw Malformed("its channel-binding flag does not go with the mechanism");
        }
    }

    private byte[] ExpectedBinding()
    {
        var header = Encoding.UTF8.GetBytes(_header);
        return _header[0] == 'p' ? [.. header, .. channelBinding!] : header;
    }

    private static string Attribute(char name, string field) => field.Length >= 2 && field[0] == name && field[1] == '='
        ? field[2..]
        : throw Malformed($"attribute \"{name}\" is expected");

    private static byte[] Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var count) ? bytes[..count] : throw Malformed("its base64 is broken");
    }

    private static string Shown(string text) => new([.. text.Take(40).Select(c => c is >= ' ' and <= '~' ? c : '?')]);

    private static QueryException Malformed(string why) => new(ErrorCodes.ProtocolViolation, $"malformed SCRAM message: {why}");
}
