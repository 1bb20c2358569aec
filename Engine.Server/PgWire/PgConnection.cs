using System.Net.Sockets;
using Engine.Core.Errors;
using Engine.Server.PgWire.Protocol;
using Engine.Server.Sessions;

namespace Engine.Server.PgWire;

/// <summary>A client from its first byte to its last: the handshake, then its session.</summary>
internal sealed class PgConnection(PgServer server, Socket socket)
{
    /// <summary>A client that has not said who it is by then is sent away.</summary>
    private static readonly TimeSpan LoginTime = TimeSpan.FromSeconds(60);

    private readonly NetworkStream _stream = new(socket, ownsSocket: true);

    /// <param name="cancellationToken">The server shuts down.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var owned = _stream.ConfigureAwait(false);
        var (reader, writer) = (new FrontendReader(_stream), new BackendWriter(_stream));
        try
        {
            if (await GreetAsync(reader, writer, cancellationToken).ConfigureAwait(false) is { } startup)
            {
                await ServeAsync(startup, reader, writer, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (QueryException error)
        {
            await SayGoodbyeAsync(writer, error).ConfigureAwait(false);
        }
        catch (ProtocolException error)
        {
            await SayGoodbyeAsync(writer, new QueryException(ErrorCodes.ProtocolViolation, error.Message)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await SayGoodbyeAsync(writer, new QueryException(ErrorCodes.AdminShutdown, "terminating connection due to administrator command")).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has gone; there is nobody to tell.
        }
        catch (Exception error)
        {
            await SayGoodbyeAsync(writer, new QueryException(ErrorCodes.InternalError, $"internal error: {error.Message}", cause: error)).ConfigureAwait(false);
        }
    }

    /// <summary>What the client wants of its session; null when it wanted something else, or left.</summary>
    private async Task<Greeting.Startup?> GreetAsync(FrontendReader reader, BackendWriter writer, CancellationToken cancellationToken)
    {
        using var login = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        login.CancelAfter(LoginTime);
        while (await reader.ReadStartupAsync(login.Token).ConfigureAwait(false) is { } payload)
        {
            switch (Handshake.Read(payload.Span))
            {
                case Greeting.Tls or Greeting.Gss:
                    writer.Byte((byte)'N');
                    await writer.FlushAsync(login.Token).ConfigureAwait(false);
                    break;
                case Greeting.Cancel cancel:
                    server.CancelKeys.Cancel(cancel.ProcessId, cancel.Secret.Span);
                    return null;
                case Greeting.Startup startup:
                    Negotiate(startup, writer);
                    return startup;
            }
        }

        return null;
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

    private async Task ServeAsync(Greeting.Startup startup, FrontendReader reader, BackendWriter writer, CancellationToken cancellationToken)
    {
        if (startup.Parameters.GetValueOrDefault("user") is not { Length: > 0 } user)
        {
            throw new QueryException(ErrorCodes.InvalidAuthorization, "no PostgreSQL user name specified in startup packet");
        }

        if (startup.Parameters.GetValueOrDefault("replication") is { } replication && replication is not ("false" or "off" or "no" or "0"))
        {
            throw QueryException.NotSupportedYet("replication connections");
        }

        writer.Begin('R').Int32(0).End();
        using var clock = new StatementClock();
        using var session = new PgSession(server.OpenSession(user, startup.Parameters, writer), reader, writer, clock);
        var (processId, secret) = server.CancelKeys.Add(clock);
        try
        {
            session.Welcome(processId, secret);
            await session.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            server.CancelKeys.Remove(processId);
        }
    }

    private async Task SayGoodbyeAsync(BackendWriter writer, QueryException error)
    {
        try
        {
            // A message that was begun cannot be ended; what was gathered goes with it.
            writer.Bytes.Clear();
            writer.WriteError(error, sql: null, isFatal: true);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await writer.FlushAsync(patience.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // It does not listen.
        }
    }
}
