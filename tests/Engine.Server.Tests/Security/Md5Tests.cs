using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Engine.Core.Errors;
using Engine.Server.Security;
using Engine.Server.Tests.PgWire;
using Engine.Server.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace Engine.Server.Tests.Security;

/// <summary>Users whose passwords are kept as md5 hashes, where the server allows it.</summary>
public sealed class Md5Tests : IAsyncLifetime
{
    /// <summary>What PostgreSQL keeps of the password "secret" of ann: md5sum says the same of "secretann".</summary>
    private const string Verifier = "md59d792a3a8853c2411afb9163d088c036";

    private const string Users = $"users:\n  ann:\n    password: {Verifier}\n    read: '*'\n";

    private readonly TestServer _server = TestServer.Start(options: folder => TestServer.WithUsers(folder, Users, allowsMd5: true));

    private string FilePath => Path.Combine(_server.Folder, "test.users");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Npgsql_logs_in()
    {
        (await _server.ScalarAsync("SELECT current_user", "ann", "secret")).ShouldBe("ann");
        var wrong = await _server.RefusedAsync("SELECT 1", "ann", "other");
        (wrong.SqlState, wrong.MessageText).ShouldBe(("28P01", "password authentication failed for user \"ann\""));
    }

    [Fact]
    public async Task The_hash_is_hashed_with_a_salt_that_is_new_each_time()
    {
        await using var client = await RawClient.ConnectAsync(_server.Port);
        var salt = await AskAsync(client, "ann");
        await client.SendAsync(RawClient.Framed('p', Answer("secret", salt) + '\0'));
        (await client.ReadUntilAsync('Z'))[^1].Type.ShouldBe('Z');

        await using var second = await RawClient.ConnectAsync(_server.Port);
        (await AskAsync(second, "ann")).ShouldNotBe(salt);
        await second.SendAsync(RawClient.Framed('p', Answer("secret", salt) + '\0'));
        (await second.ReadErrorAsync()).SqlState.ShouldBe("28P01");
    }

    [Theory]
    [InlineData(Verifier + "\0", "28P01")]
    [InlineData("secret\0", "28P01")]
    [InlineData("\0", "28P01")]
    [InlineData("", "08P01")]
    [InlineData("md5\0md5\0", "08P01")]
    public async Task Other_answers_are_refused(string answer, string sqlState)
    {
        await using var client = await RawClient.ConnectAsync(_server.Port);
        await AskAsync(client, "ann");
        await client.SendAsync(RawClient.Framed('p', answer));
        (await client.ReadErrorAsync()).SqlState.ShouldBe(sqlState);
        (await client.ReadAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Who_is_no_user_is_asked_as_users_with_SCRAM_are()
    {
        await using var client = await RawClient.ConnectAsync(_server.Port);
        await client.SendAsync(RawClient.Startup("bob"));
        (await client.ReadUntilAsync('R'))[^1].Payload.ShouldBe([0, 0, 0, 10, .. "SCRAM-SHA-256\0\0"u8]);
    }

    [Theory]
    [InlineData("ann:secret", HttpStatusCode.OK)]
    [InlineData("ann:other", HttpStatusCode.Unauthorized)]
    [InlineData("bob:secret", HttpStatusCode.Unauthorized)]
    public async Task The_console_takes_them_too(string credentials, HttpStatusCode expected)
    {
        var users = new UserDirectory(FilePath, NullLogger.Instance, allowsMd5: true);
        await using var http = await HttpServer.StartAsync(new IPEndPoint(IPAddress.Loopback, 0), [new ConsolePage(_server.Engine, users, NullLogger.Instance).Map], NullLoggerFactory.Instance);
        using var client = new HttpClient { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))) } };
        foreach (var path in new[] { "/", "/api/statements" })
        {
            (await client.GetAsync(new Uri($"http://127.0.0.1:{http.Port}{path}"))).StatusCode.ShouldBe(expected);
        }
    }

    [Fact]
    public void Where_they_are_not_allowed_the_file_is_refused_with_word_of_the_option()
    {
        var error = Should.Throw<QueryException>(() => new UserDirectory(FilePath, NullLogger.Instance));
        (error.Code.SqlState, error.Hint).ShouldBe(("F0000", "qe serve --allow-md5 takes it all the same, for clients that know nothing better."));
        error.Message.ShouldNotContain(Verifier);
    }

    [Theory]
    [InlineData("md5")]
    [InlineData("md59d792a3a8853c2411afb9163d088c03")]
    [InlineData("MD59d792a3a8853c2411afb9163d088c036")]
    [InlineData("md59D792A3A8853C2411AFB9163D088C03g")]
    public void What_is_no_hash(string text) => Md5Verifier.TryParse("ann", text).ShouldBeNull();

    [Fact]
    public void A_new_password_is_kept_as_SCRAM_does()
    {
        var editor = new UsersFileEditor(FilePath);
        editor.Add("bob", "other", read: [], write: [], isAdministrator: false);
        File.ReadAllText(FilePath).ShouldContain(Verifier);
        editor.ChangePassword("ann", "new one");
        File.ReadAllText(FilePath).ShouldNotContain("md5");
        UsersFile.Read(FilePath, allowsMd5: false)[0].Verifier!.Matches("new one").ShouldBeTrue();
    }

    [Fact]
    public void A_hash_that_two_users_have_is_not_changed_for_both()
    {
        // The password xa of b and the password x of ab.
        File.WriteAllText(FilePath, "users:\n  b: { password: md5988a4fec8c71f096f8c0e8deeaa0fc65 }\n  ab: { password: md5988a4fec8c71f096f8c0e8deeaa0fc65 }\n");
        Should.Throw<QueryException>(() => new UsersFileEditor(FilePath).ChangePassword("b", "new")).Message.ShouldContain("by hand");
        UsersFile.Read(FilePath, allowsMd5: true).Select(account => account.Verifier!.Matches(account.Name == "b" ? "xa" : "x")).ShouldBe([true, true]);
    }

    /// <summary>The salt that the server gives.</summary>
    private static async Task<byte[]> AskAsync(RawClient client, string user)
    {
        await client.SendAsync(RawClient.Startup(user));
        var request = (await client.ReadUntilAsync('R'))[^1].Payload;
        request.Length.ShouldBe(8);
        request[..4].ShouldBe([0, 0, 0, 5]);
        return request[4..];
    }

    /// <summary>What a client sends that knows the password.</summary>
    private static string Answer(string password, byte[] salt)
    {
        var kept = Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes($"{password}ann")));
        return $"md5{Convert.ToHexStringLower(MD5.HashData([.. Encoding.UTF8.GetBytes(kept), .. salt]))}";
    }
}
