using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Engine.Server.Security;
using Engine.Server.Telemetry;
using Engine.Server.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace Engine.Server.Tests;

/// <summary>HTTPS and HTTP on one port, and who may come by which.</summary>
public sealed class HttpsTests : IAsyncLifetime
{
    private static readonly AuthenticationHeaderValue Ann = Basic("ann:secret");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("qe-https-");
    private readonly RecordedLog _log = new();
    private readonly TestServer _server = TestServer.Start(options: folder => TestServer.WithUsers(folder, $"""
        users:
          ann: {'{'} password: '{ScramVerifier.Create("secret").ToText()}', read: [sales] {'}'}
        """));

    private UserDirectory _users = null!;
    private CertificateFiles _certificate = null!;
    private ServerMetrics _metrics = null!;
    private MonitoringPages _monitoring = null!;
    private HttpServer _http = null!;

    private string KeyPath => Path.Combine(_folder.FullName, "server.key");

    private string CertificatePath => Path.Combine(_folder.FullName, "server.crt");

    public async Task InitializeAsync()
    {
        ServerCertificate.CreateSelfSigned(CertificatePath, KeyPath);
        _certificate = new CertificateFiles(CertificatePath, KeyPath, NullLogger.Instance);
        _users = new UserDirectory(Path.Combine(_server.Folder, "test.users"), NullLogger.Instance);
        _metrics = new ServerMetrics(_server.Engine, _server.Server);
        _monitoring = new MonitoringPages(_server.Server, _metrics);
        _http = await StartAsync(_users, TimeSpan.FromMinutes(1));
    }

    public async Task DisposeAsync()
    {
        await _http.DisposeAsync();
        _monitoring.Dispose();
        _metrics.Dispose();
        _certificate.Dispose();
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("http", "/healthz")]
    [InlineData("https", "/healthz")]
    [InlineData("http", "/readyz")]
    [InlineData("https", "/readyz")]
    [InlineData("http", "/metrics")]
    [InlineData("https", "/metrics")]
    public async Task Watchers_come_either_way(string scheme, string path)
    {
        using var client = Client();
        (await client.GetAsync(new Uri($"{scheme}://127.0.0.1:{_http.Port}{path}"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    public async Task Both_versions_of_HTTP_are_spoken_through_TLS(int major, int minor)
    {
        using var client = Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://localhost:{_http.Port}/healthz") { Version = new Version(major, minor), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var response = await client.SendAsync(request);
        (response.StatusCode, response.Version).ShouldBe((HttpStatusCode.OK, new Version(major, minor)));
    }

    [Fact]
    public async Task A_certificate_that_is_renewed_is_shown_to_the_next_client()
    {
        using var before = Client();
        using var old = X509CertificateLoader.LoadCertificateFromFile(CertificatePath);
        ServerCertificate.CreateSelfSigned(CertificatePath, KeyPath);
        File.SetLastWriteTimeUtc(CertificatePath, DateTime.UtcNow.AddSeconds(1));
        using var after = Client();
        (await after.GetStringAsync(new Uri($"https://localhost:{_http.Port}/healthz"))).ShouldBe("ok\n");
        using var stubborn = Client(old);
        await Should.ThrowAsync<HttpRequestException>(() => stubborn.GetAsync(new Uri($"https://localhost:{_http.Port}/healthz")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("16")]
    [InlineData("160301020001000102")]
    public async Task Who_does_not_finish_the_handshake_is_sent_away(string hex)
    {
        await using var http = await StartAsync(_users, TimeSpan.FromMilliseconds(200));
        await using var silent = await ConnectAsync(http, Convert.FromHexString(hex));
        (await EndAsync(silent)).ShouldBe(0);
        _log.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("16ffffffffffffffffffffffffffffff")]
    [InlineData("1603010005ffffffffff")]
    [InlineData("16030100020100")]
    [InlineData("00ff00ff0d0a0d0a")]
    public async Task Garbage_is_answered_with_the_end_and_no_stack_trace(string hex)
    {
        await using var broken = await ConnectAsync(_http, Convert.FromHexString(hex));
        broken.Socket.Shutdown(SocketShutdown.Send);
        await EndAsync(broken);
        using var client = Client();
        (await client.GetStringAsync(new Uri($"https://localhost:{_http.Port}/healthz"))).ShouldBe("ok\n");
        _log.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_waits_does_not_hold_up_the_end()
    {
        var http = await StartAsync(_users, TimeSpan.FromDays(1));
        await using var silent = await ConnectAsync(http, []);
        await http.DisposeAsync();
        (await EndAsync(silent)).ShouldBe(0);
        _log.Warnings.ShouldBeEmpty();
    }

    [RemoteFact]
    public async Task From_elsewhere_the_console_is_answered_over_HTTPS()
    {
        (await AskAsync("https", HttpMethod.Get, "/", Ann)).Status.ShouldBe(HttpStatusCode.OK);
        (await AskAsync("https", HttpMethod.Get, "/api/statements", Ann)).Status.ShouldBe(HttpStatusCode.OK);
        (await AskAsync("https", HttpMethod.Get, "/", Basic("ann:wrong"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await AskAsync("https", HttpMethod.Get, "/", authorization: null)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await AskAsync("https", HttpMethod.Get, "/healthz", authorization: null)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [RemoteFact]
    public async Task From_elsewhere_the_page_in_the_clear_leads_to_HTTPS_and_nothing_else_is_answered()
    {
        var page = await AskAsync("http", HttpMethod.Get, "/", Ann);
        (page.Status, page.Location).ShouldBe((HttpStatusCode.TemporaryRedirect, $"https://{RemoteFactAttribute.Address}:{_http.Port}/"));
        var statements = await AskAsync("http", HttpMethod.Get, "/api/statements", Ann);
        (statements.Status, statements.Text).ShouldBe((HttpStatusCode.Forbidden, "From other machines the console is answered over HTTPS only: ask for https:// on this port.\n"));
        (await AskAsync("http", HttpMethod.Post, "/api/sql", Ann)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [RemoteFact]
    public async Task Where_there_are_no_users_nobody_is_answered_from_elsewhere_whatever_it_calls_the_server()
    {
        await using var open = await StartAsync(users: null, TimeSpan.FromMinutes(1));
        using var client = Client();
        foreach (var scheme in new[] { "http", "https" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{scheme}://{RemoteFactAttribute.Address}:{open.Port}/api/statements") { Headers = { Host = "localhost" } };
            using var response = await client.SendAsync(request);
            response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await response.Content.ReadAsStringAsync()).ShouldContain("no users are configured");
        }
    }

    private Task<HttpServer> StartAsync(UserDirectory? users, TimeSpan patience) => HttpServer.StartAsync(
        new IPEndPoint(IPAddress.Any, 0), [_monitoring.Map, new ConsolePage(_server.Engine, users, NullLogger.Instance, hasHttps: true).Map], _log, new HttpTls(_certificate, patience));

    /// <summary>A client that trusts a certificate, and no other; null for the one that is in the file.</summary>
    private HttpClient Client(X509Certificate2? trusted = null)
    {
        var expected = (trusted ?? X509CertificateLoader.LoadCertificateFromFile(CertificatePath)).RawDataMemory.ToArray();
        return new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetRawCertData().AsSpan().SequenceEqual(expected) },
        });
    }

    private async Task<(HttpStatusCode Status, string? Location, string Text)> AskAsync(string scheme, HttpMethod method, string path, AuthenticationHeaderValue? authorization)
    {
        using var client = Client();
        using var request = new HttpRequestMessage(method, $"{scheme}://{RemoteFactAttribute.Address}:{_http.Port}{path}") { Headers = { Authorization = authorization } };
        using var response = await client.SendAsync(request);
        return (response.StatusCode, response.Headers.Location?.OriginalString, await response.Content.ReadAsStringAsync());
    }

    private static async Task<NetworkStream> ConnectAsync(HttpServer server, byte[] bytes)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, server.Port);
        await socket.SendAsync(bytes);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Waits for the server to close the connection; how many bytes it said before.</summary>
    private static async Task<int> EndAsync(NetworkStream client)
    {
        var buffer = new byte[4096];
        var total = 0;
        try
        {
            while (await client.ReadAsync(buffer) is > 0 and var count)
            {
                total += count;
            }
        }
        catch (IOException)
        {
            // It was closed in a hurry.
        }

        return total;
    }

    private static AuthenticationHeaderValue Basic(string credentials) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
}
