using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Engine.Core.Errors;
using Engine.Server.PgWire.Protocol;
using Engine.Server.Security;

namespace Engine.Server.PgWire;

/// <summary>The way to one client and back: in the clear, or through TLS from the moment that both want it.</summary>
internal sealed class PgChannel : IAsyncDisposable
{
    /// <summary>The first byte of a TLS record with a handshake; no startup packet is long enough to begin with it.</summary>
    private const byte TlsHandshake = 0x16;

    /// <summary>What clients of PostgreSQL name in TLS (ALPN, RFC 7301).</summary>
    private static readonly SslApplicationProtocol Protocol = new("postgresql");

    private readonly Socket _socket;
    private readonly NetworkStream _network;
    private SslStream? _tls;

    public PgChannel(Socket socket)
    {
        _socket = socket;
        _network = new NetworkStream(socket, ownsSocket: true);
        Client = socket.RemoteEndPoint;
        KeepAlive(socket);
        (Reader, Writer) = (new FrontendReader(_network), new BackendWriter(_network));
    }

    public EndPoint? Client { get; }

    public bool IsFromLoopback => Client is IPEndPoint { Address: var address } && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    public FrontendReader Reader { get; private set; }

    public BackendWriter Writer { get; private set; }

    /// <summary>As PostgreSQL writes it, such as TLSv1.3; null in the clear.</summary>
    public string? TlsVersion => _tls?.SslProtocol switch
    {
        null => null,
        SslProtocols.Tls12 => "TLSv1.2",
        SslProtocols.Tls13 => "TLSv1.3",
        var other => other.ToString(),
    };

    /// <summary>What a login can be bound to (<c>tls-server-end-point</c>); null in the clear, and where the certificate has none.</summary>
    public byte[]? ChannelBinding { get; private set; }

    /// <summary>Whether the client begins with TLS right away, as libpq does with <c>sslnegotiation=direct</c>. Takes nothing of what it sends.</summary>
    public async Task<bool> BeginsWithTlsAsync(CancellationToken cancellationToken)
    {
        var first = new byte[1];
        return await _socket.ReceiveAsync(first, SocketFlags.Peek, cancellationToken).ConfigureAwait(false) == 1 && first[0] == TlsHandshake;
    }

    /// <summary>Goes over to TLS.</summary>
    /// <param name="certificate">What the server shows.</param>
    /// <param name="isDirect">Whether the client did not ask before: then it has to say in TLS that it means PostgreSQL, so that nothing else can be passed off as it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="QueryException">08P01: bytes in the clear came behind the request; somebody may have put them there (CVE-2021-23222).</exception>
    /// <exception cref="AuthenticationException">The two do not agree.</exception>
    public async Task SecureAsync(ServerCertificate certificate, bool isDirect, CancellationToken cancellationToken)
    {
        if (Reader.HasInput)
        {
            throw new QueryException(
                ErrorCodes.ProtocolViolation, "received unencrypted data after SSL request", hint: "This could be either a client-software bug or evidence of an attempted man-in-the-middle attack.");
        }

        _tls = new SslStream(_network, leaveInnerStreamOpen: false);
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = certificate.Context,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = [Protocol],
            AllowRenegotiation = false,
        };
        await _tls.AuthenticateAsServerAsync(options, cancellationToken).ConfigureAwait(false);
        if (isDirect && _tls.NegotiatedApplicationProtocol != Protocol)
        {
            throw new AuthenticationException("received direct SSL connection request without ALPN protocol negotiation extension");
        }

        (Reader, Writer) = (new FrontendReader(_tls), new BackendWriter(_tls));
        ChannelBinding = certificate.EndPointBinding;
    }

    /// <summary>A client whose machine or line is gone is noticed within two minutes, not within the system's two hours.</summary>
    private static void KeepAlive(Socket socket)
    {
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 60);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 6);
    }

    public async ValueTask DisposeAsync()
    {
        Reader.Dispose();
        if (_tls is not null)
        {
            await _tls.DisposeAsync().ConfigureAwait(false);
        }

        await _network.DisposeAsync().ConfigureAwait(false);
    }
}
