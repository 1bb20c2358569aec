using System.Net.Security;
using System.Security.Authentication;
using Engine.Server.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Engine.Server.Web;

/// <summary>HTTPS on the port of plain HTTP, as TLS is on that of PostgreSQL's protocol: the first byte of a connection tells which it is.</summary>
/// <param name="certificate">What the server shows; the one that is there when a connection begins.</param>
/// <param name="patience">How long a client may take for its first byte, and then for the handshake.</param>
public sealed class HttpTls(CertificateFiles certificate, TimeSpan patience)
{
    /// <summary>The first byte of a TLS record with a handshake; no method of HTTP begins with it.</summary>
    private const byte TlsHandshake = 0x16;

    internal void Apply(ListenOptions listen)
    {
        // Kestrel puts the parts together from the last to the first: what comes behind TLS is known when the one before it is made.
        ConnectionDelegate? http = null;
        listen.Use(https => connection => ChooseAsync(connection, https, http!));
        listen.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificateSelector = (_, _) => certificate.Current.Context.TargetCertificate,
            OnAuthenticate = (_, options) => Show(options),
            SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            HandshakeTimeout = patience,
        });
        listen.Use(next => http = next);
    }

    /// <summary>Shows the certificate with those that vouch for it. A selector could not; and one is not asked where a ClientHello is broken, which then would be an error of the server.</summary>
    private void Show(SslServerAuthenticationOptions options)
    {
        options.ServerCertificateSelectionCallback = null;
        options.ServerCertificateContext = certificate.Current.Context;
        options.AllowRenegotiation = false;
    }

    private async Task ChooseAsync(ConnectionContext connection, ConnectionDelegate https, ConnectionDelegate http)
    {
        if (await FirstByteAsync(connection).ConfigureAwait(false) is { } first)
        {
            await (first == TlsHandshake ? https : http)(connection).ConfigureAwait(false);
        }
    }

    /// <summary>Looks at the first byte, and leaves it to be read; null for a client that sends none.</summary>
    private async ValueTask<byte?> FirstByteAsync(ConnectionContext connection)
    {
        var isStopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(isStopping);
        wait.CancelAfter(patience);
        try
        {
            var input = await connection.Transport.Input.ReadAsync(wait.Token).ConfigureAwait(false);
            byte? first = input.Buffer.IsEmpty ? null : input.Buffer.FirstSpan[0];
            connection.Transport.Input.AdvanceTo(input.Buffer.Start);
            return first;
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            return null;
        }
    }
}
