using System.Security.Cryptography;
using Engine.Core.Errors;
using Engine.Server.PgWire.Protocol;
using Engine.Server.Security;
using Microsoft.Extensions.Logging;

namespace Engine.Server.PgWire;

/// <summary>Finds out who a client is (PostgreSQL manual, "SASL Authentication"): by SCRAM-SHA-256, or by trust or md5 where that is configured.</summary>
internal sealed class Login(PgServerOptions options, PgChannel channel)
{
    private const int Ok = 0;
    private const int Md5 = 5;
    private const int Sasl = 10;
    private const int SaslContinue = 11;
    private const int SaslFinal = 12;

    /// <exception cref="QueryException">28P01 or 28000: it is not let in. Which part of name and password is wrong is not told.</exception>
    public async Task<Account> RunAsync(string user, CancellationToken cancellationToken)
    {
        RefusePlace(options, channel.IsFromLoopback, isEncrypted: channel.TlsVersion is not null);
        var account = options.Users is null ? Account.Unrestricted(user) : options.Users.Find(user);
        var isTrusted = account is { IsTrustedOnLoopback: true } && channel.IsFromLoopback;
        if (options.Users is { } users && !isTrusted)
        {
            await (account?.Verifier is Md5Verifier verifier
                ? ProveAsync(user, verifier, cancellationToken)
                : ProveAsync(user, account, users, cancellationToken)).ConfigureAwait(false);
        }

        channel.Writer.Begin('R').Int32(Ok).End();
        return account!;
    }

    /// <summary>Refuses where a client comes from, or that it comes in the clear.</summary>
    /// <exception cref="QueryException">28000.</exception>
    internal static void RefusePlace(PgServerOptions options, bool isFromLoopback, bool isEncrypted)
    {
        if (options.Users is null && !isFromLoopback)
        {
            throw new QueryException(
                ErrorCodes.InvalidAuthorization, "no users are configured: only connections from the server's own machine are let in", hint: "Start the server with --users FILE; qe user add makes one.");
        }

        if (!isEncrypted && (options.TlsDemand == TlsDemand.All || (options.TlsDemand == TlsDemand.Remote && !isFromLoopback)))
        {
            throw new QueryException(ErrorCodes.InvalidAuthorization, "the server takes encrypted connections only", hint: "Connect with TLS: sslmode=require.");
        }
    }

    private async Task ProveAsync(string user, Account? account, UserDirectory users, CancellationToken cancellationToken)
    {
        // Made up for everybody, so that it takes no longer for those who are no users.
        var mock = users.Mock(user);
        var verifier = account?.Verifier as ScramVerifier;
        var exchange = new ScramExchange(verifier ?? mock, verifier is not null, channel.ChannelBinding);
        Offer(ScramExchange.Mechanisms(channel.ChannelBinding is not null));
        var (mechanism, clientFirst) = ReadFirst((await ReadAsync(cancellationToken).ConfigureAwait(false)).Span);
        Send(SaslContinue, exchange.Challenge(mechanism, clientFirst));
        var clientFinal = PayloadReader.ToText((await ReadAsync(cancellationToken).ConfigureAwait(false)).Span);
        if (exchange.Finish(clientFinal) is not { } serverFinal)
        {
            throw Refuse(user, account is null ? "there is no such user" : verifier is null ? "the user has no password" : "the password is another one");
        }

        Send(SaslFinal, serverFinal);
    }

    /// <summary>PostgreSQL manual, "AuthenticationMD5Password": the hash that is kept, hashed once more with bytes that are new each time.</summary>
    private async Task ProveAsync(string user, Md5Verifier verifier, CancellationToken cancellationToken)
    {
        var salt = RandomNumberGenerator.GetBytes(Md5Verifier.SaltLength);
        channel.Writer.Begin('R').Int32(Md5).Raw(salt).End();
        if (!verifier.IsAnswer(ReadText((await ReadAsync(cancellationToken).ConfigureAwait(false)).Span), salt))
        {
            throw Refuse(user, "the password is another one");
        }
    }

    /// <summary>The log is told more than the client.</summary>
    private QueryException Refuse(string user, string why)
    {
        Log.LoginFailed(options.Logger, user, channel.Client, why);
        return new QueryException(ErrorCodes.InvalidPassword, $"password authentication failed for user \"{user}\"");
    }

    private void Offer(IEnumerable<string> mechanisms)
    {
        channel.Writer.Begin('R').Int32(Sasl);
        foreach (var mechanism in mechanisms)
        {
            channel.Writer.Text(mechanism);
        }

        channel.Writer.Byte(0).End();
    }

    private void Send(int kind, string text) => channel.Writer.Begin('R').Int32(kind).Raw(System.Text.Encoding.UTF8.GetBytes(text)).End();

    private async Task<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        await channel.Writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        return await channel.Reader.ReadAsync(FrontendReader.MaxStartupLength, cancellationToken).ConfigureAwait(false) switch
        {
            { Type: FrontendType.Password } message => message.Payload,
            { } message => throw new QueryException(ErrorCodes.ProtocolViolation, $"expected password response, got message type {message.Type}"),

            // Clients look at what is asked of them, then leave to ask a person for the password.
            null => throw new EndOfStreamException(),
        };
    }

    private static string ReadText(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var text = reader.Text();
        reader.End();
        return text;
    }

    /// <summary>SASLInitialResponse: the mechanism, and what it begins with.</summary>
    private static (string Mechanism, string ClientFirst) ReadFirst(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var mechanism = reader.Text();
        var length = reader.Int32();
        if (length < 0)
        {
            throw new QueryException(ErrorCodes.ProtocolViolation, "malformed SCRAM message: there is none");
        }

        var clientFirst = PayloadReader.ToText(reader.Bytes(length));
        reader.End();
        return (mechanism, clientFirst);
    }
}
