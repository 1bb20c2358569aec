using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Engine.Server.Security;
using Engine.Server.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace Engine.Server.Tests;

/// <summary>Who is let in to the web page, and what is answered to requests that no page sends. The page itself is used by tests/web.</summary>
public sealed class ConsolePageTests : IAsyncLifetime
{
    private readonly TestServer _server = TestServer.Start(options: folder => TestServer.WithUsers(folder, $"""
        users:
          ann: {'{'} password: '{ScramVerifier.Create("secret").ToText()}', read: [sales] {'}'}
          machine: {'{'} trust: loopback, read: '*' {'}'}
        """));

    private readonly HttpClient _client = new();
    private HttpServer _closed = null!;
    private HttpServer _open = null!;

    public async Task InitializeAsync()
    {
        var users = new UserDirectory(Path.Combine(_server.Folder, "test.users"), NullLogger.Instance);
        _closed = await StartAsync(new ConsolePage(_server.Engine, users, NullLogger.Instance));
        _open = await StartAsync(new ConsolePage(_server.Engine, users: null, NullLogger.Instance));
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _closed.DisposeAsync();
        await _open.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("ann:secret", HttpStatusCode.OK)]
    [InlineData("ann:wrong", HttpStatusCode.Unauthorized)]
    [InlineData("nobody:secret", HttpStatusCode.Unauthorized)]
    [InlineData("machine:", HttpStatusCode.Unauthorized)]
    [InlineData("no colon", HttpStatusCode.Unauthorized)]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    public async Task Passwords_are_asked_for(string? credentials, HttpStatusCode expected)
    {
        foreach (var path in new[] { "/", "/console.js", "/api/statements", "/api/statements" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{_closed.Port}{path}");
            request.Headers.Authorization = credentials is null ? null : Basic(credentials);
            (await _client.SendAsync(request)).StatusCode.ShouldBe(expected);
        }
    }

    [Fact]
    public async Task Grants_hold()
    {
        (await SqlAsync(_closed, """{"sql": "SELECT 1 AS one"}""", Basic("ann:secret"))).ShouldContain("\"rows\":[[\"1\"]]");
        (await SqlAsync(_closed, """{"sql": "SELECT * FROM read_csv('/etc/passwd')"}""", Basic("ann:secret"))).ShouldContain("42501");
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("X-Forwarded-For", "192.0.2.1")]
    public async Task What_does_not_come_from_the_page_is_refused(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{_open.Port}/api/statements");
        request.Headers.TryAddWithoutValidation(header, value);
        (await _client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_form_of_another_page_is_refused()
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("sql", "SELECT 1")]);
        (await _client.PostAsync(new Uri($"http://127.0.0.1:{_open.Port}/api/sql"), form)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("{", "08P01")]
    [InlineData("{}", "08P01")]
    [InlineData("null", "08P01")]
    [InlineData("""{"sql": "SELEC"}""", "42601")]
    [InlineData("""{"sql": "SELECT x / 0 FROM generate_series(1, 2) AS g(x)"}""", "22012")]
    public async Task Mistakes_are_answered(string body, string code) => (await SqlAsync(_open, body, authorization: null)).ShouldContain(code);

    [Fact]
    public async Task A_statement_that_nobody_may_see_is_none()
    {
        await _server.ScalarAsync("SELECT 17", "machine");
        var id = _server.Engine.Statements.All.Last(statement => statement.User == "machine").Id;
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{_closed.Port}/api/statements/{id}");
        request.Headers.Authorization = Basic("ann:secret");
        (await _client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static Task<HttpServer> StartAsync(ConsolePage page) => HttpServer.StartAsync(new IPEndPoint(IPAddress.Loopback, 0), [page.Map], NullLoggerFactory.Instance);

    private static AuthenticationHeaderValue Basic(string credentials) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));

    private async Task<string> SqlAsync(HttpServer server, string body, AuthenticationHeaderValue? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{server.Port}/api/sql") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = authorization;
        return await (await _client.SendAsync(request)).Content.ReadAsStringAsync();
    }
}
