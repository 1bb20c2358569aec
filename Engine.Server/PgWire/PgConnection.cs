using System.Net.Sockets;
using System.Security.Authentication;
using Engine.Core.Errors;
using Engine.Server.PgWire.Protocol;
using Engine.Server.Security;

namespace Engine.Server.PgWire;

/// <summary>A client from its first byte to its last: greeting, TLS, login, then its session.</summary>
internal sealed class PgConnection(PgServer server, Socket socket)
{
    private readonly PgChannel _channel = new(socket);

    /// <summary>Ends it from outside.</summary>
    public ConnectionLifetime Lifetime { get; } = new();

    public async Task RunAsync()
    {
        await using var channel = _channel.ConfigureAwait(false);
        try
        {
            if (await LogInAsync().ConfigureAwait(false) is var (startup, account))
            {
                await ServeAsync(startup, account).ConfigureAwait(false);
            }
        }
        catch (QueryException error)
        {
            await RefuseAsync(error).ConfigureAwait(false);
        }
        catch (ProtocolException error)
        {
            await RefuseAsync(new QueryException(ErrorCodes.ProtocolViolation, error.Message)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (Lifetime.Reason is { } reason)
        {
            await SayGoodbyeAsync(reason).ConfigureAwait(false);
        }
        catch (AuthenticationException error)
        {
            server.Refuse(_channel.Client, new QueryException(ErrorCodes.ProtocolViolation, $"could not accept SSL connection: {error.Message}"));
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has gone; there is nobody to tell.
        }
        catch (Exception error)
        {
            Log.ConnectionFailed(server.Options.Logger, error, _channel.Client);
            await SayGoodbyeAsync(new QueryException(ErrorCodes.InternalError, $"internal error: {error.Message}", cause: error)).ConfigureAwait(false);
        }
    }

    /// <summary>Who the client is and what it wants of its session; null when it wanted something else, or left.</summary>
    private async Task<(Greeting.Startup Startup, Account Account)?> LogInAsync()
    {
        using var login = CancellationTokenSource.CreateLinkedTokenSource(Lifetime.EndedWhenIdle);
        login.CancelAfter(server.Options.LoginTimeout);
        try
        {
            if (await GreetAsync(login.Token).ConfigureAwait(false) is not { } startup)
            {
                return null;
            }

            if (startup.Parameters.GetValueOrDefault("user") is not { Length: > 0 } user)
            {
                throw new QueryException(ErrorCodes.InvalidAuthorization, "no PostgreSQL user name specified in startup packet");
            }

            if (startup.Parameters.GetValueOrDefault("replication") is { } replication && replication is not ("false" or "off" or "no" or "0"))
            {
                throw QueryException.NotSupportedYet("replication connections");
            }

            return (startup, await new Login(server.Options, _channel).RunAsync(user, login.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (login.IsCancellationRequested && Lifetime.Reason is null)
        {
            throw new QueryException(ErrorCodes.QueryCanceled, "canceling authentication due to timeout");
        }
    }

    private async Task<Greeting.Startup?> GreetAsync(CancellationToken cancellationToken)
    {
        if (server.Options.Certificate is { } certificate && await _channel.BeginsWithTlsAsync(cancellationToken).ConfigureAwait(false))
        {
            await _channel.SecureAsync(certificate.Current, isDirect: true, cancellationToken).ConfigureAwait(false);
        }

        while (await _channel.Reader.ReadStartupAsync(cancellationToken).ConfigureAwait(false) is { } payload)
        {
            switch (Handshake.Read(payload.Span))
            {
                case Greeting.Tls when server.Options.Certificate is { } offered && _channel.TlsVersion is null:
                    await AnswerAsync('S', cancellationToken).ConfigureAwait(false);
                    await _channel.SecureAsync(offered.Current, isDirect: false, cancellationToken).ConfigureAwait(false);
                    break;
                case Greeting.Tls or Greeting.Gss:
                    await AnswerAsync('N', cancellationToken).ConfigureAwait(false);
                    break;
                case Greeting.Cancel cancel:
                    server.Cancel(cancel.ProcessId, cancel.Secret.Span);
                    return null;
                case Greeting.Startup startup:
                    Negotiate(startup, _channel.Writer);
                    return startup;
            }
        }

        return null;
    }

    private ValueTask AnswerAsync(char answer, CancellationToken cancellationToken)
    {
        _channel.Writer.Byte((byte)answer);
        return _channel.Writer.FlushAsync(cancellationToken);
    }

    /// <summary>Says which version is spoken here, and what was asked for that is not known (NegotiateProtocolVersion).</summary>
    private static void Negotiate(Greeting.Startup startup, BackendWriter writer)
    {
        if (startup.Minor == 0 && startup.UnknownOptions.IsEmpty)
        {
            return;
        }

        writer.Begin('v').Int32(3 << 16).Int32(startup.UnknownOptions.Length);
        foreach (var option in startup.UnknownOptions)
        {
            writer.Text(option);
        }

        writer.End();
    }

    private async Task ServeAsync(Greeting.Startup startup, Account account)
    {
        using var clock = new StatementClock();
        using var session = server.OpenSession(account, startup.Parameters, _channel.Writer);
        var client = server.Register(session, startup.Parameters.GetValueOrDefault("database") ?? account.Name, _channel, clock, Lifetime);
        _channel.Reader.CountTo(server.MemoryOf(account));
        try
        {
            using var conversation = new PgSession(client, _channel.Reader, _channel.Writer, clock, Lifetime);
            conversation.Welcome();
            await conversation.RunAsync().ConfigureAwait(false);
        }
        finally
        {
            server.Leave(client);
        }
    }

    private Task RefuseAsync(QueryException error)
    {
        server.Refuse(_channel.Client, error);
        return SayGoodbyeAsync(error);
    }

    private async Task SayGoodbyeAsync(QueryException error)
    {
        try
        {
            if (_channel.Writer.TryAbandon())
            {
                _channel.Writer.WriteError(error, sql: null, isFatal: true);
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
                await _channel.Writer.FlushAsync(patience.Token).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // It does not listen.
        }
    }
}
