using Engine.Core.Errors;
using Engine.Server.PgWire;
using Engine.Server.Security;
using Engine.Server.Tests.PgWire;

namespace Engine.Server.Tests.Security;

public sealed class LoginTests
{
    private static readonly string Users = $"""
        users:
          ann:
            password: {ScramVerifier.Create("säcret 1").ToText()}
            read: [public]
          local:
            trust: loopback
            read: [public]
        """;

    [Fact]
    public async Task The_right_password_is_let_in()
    {
        await using var server = TestServer.Start(options: folder => TestServer.WithUsers(folder, Users));
        (await server.ScalarAsync("SELECT current_user", "ann", "säcret 1")).ShouldBe("ann");
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_user_are_refused_alike()
    {
        await using var server = TestServer.Start(options: folder => TestServer.WithUsers(folder, Users));
        var wrong = await server.RefusedAsync("SELECT 1", "ann", "other");
        var unknown = await server.RefusedAsync("SELECT 1", "bob", "other");
        (wrong.SqlState, wrong.Severity, wrong.MessageText).ShouldBe(("28P01", "FATAL", "password authentication failed for user \"ann\""));
        (unknown.SqlState, unknown.Severity, unknown.MessageText).ShouldBe(("28P01", "FATAL", "password authentication failed for user \"bob\""));
    }

    [Fact]
    public async Task An_unknown_user_is_asked_as_a_known_one_is()
    {
        await using var server = TestServer.Start(options: folder => TestServer.WithUsers(folder, Users));
        var known = await ChallengeAsync(server, "ann");
        var unknown = await ChallengeAsync(server, "bob");
        unknown.Length.ShouldBe(known.Length);
        known.ShouldContain(",i=4096");
        unknown.ShouldContain(",i=4096");

        // The same salt every time, as a real user's, and not everybody's.
        SaltOf(await ChallengeAsync(server, "bob")).ShouldBe(SaltOf(unknown));
        SaltOf(await ChallengeAsync(server, "carl")).ShouldNotBe(SaltOf(unknown));

        static string SaltOf(string challenge) => challenge.Split(',')[1];
    }

    [Fact]
    public async Task Trust_is_for_those_who_have_it()
    {
        await using var server = TestServer.Start(options: folder => TestServer.WithUsers(folder, Users));
        (await server.ScalarAsync("SELECT current_user", "local")).ShouldBe("local");
    }

    [Fact]
    public async Task Without_users_everybody_is_let_in_from_this_machine()
    {
        await using var server = TestServer.Start();
        (await server.ScalarAsync("SELECT current_user", "anybody")).ShouldBe("anybody");
    }

    [Fact]
    public async Task Changes_of_the_file_count_at_the_next_login()
    {
        await using var server = TestServer.Start(options: folder => TestServer.WithUsers(folder, Users));
        var path = Path.Combine(server.Folder, "test.users");
        new UsersFileEditor(path).Add("dora", "new one", read: ["public"], write: [], isAdministrator: false);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddSeconds(1));
        (await server.ScalarAsync("SELECT current_user", "dora", "new one")).ShouldBe("dora");

        // A broken file changes nothing.
        File.WriteAllText(path, "users: {");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddSeconds(2));
        (await server.ScalarAsync("SELECT current_user", "dora", "new one")).ShouldBe("dora");
    }

    [Fact]
    public async Task Another_message_than_the_answer_ends_the_login()
    {
        await using var server = TestServer.Start(options: folder => TestServer.WithUsers(folder, Users));
        await using var client = await RawClient.ConnectAsync(server.Port);
        await client.SendAsync(RawClient.Startup("ann"));
        await client.ReadUntilAsync('R');
        await client.SendAsync(RawClient.Query("SELECT 1"));
        (await client.ReadErrorAsync()).SqlState.ShouldBe("08P01");
        (await client.ReadAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Who_does_not_log_in_is_sent_away()
    {
        await using var server = TestServer.Start(options: folder => TestServer.WithUsers(folder, Users) with { LoginTimeout = TimeSpan.FromMilliseconds(200) });
        await using var silent = await RawClient.ConnectAsync(server.Port);
        (await silent.ReadErrorAsync()).ShouldBe(("FATAL", "57014", "canceling authentication due to timeout"));
        await using var half = await RawClient.ConnectAsync(server.Port);
        await half.SendAsync(RawClient.Startup("ann"));
        (await half.ReadErrorAsync()).SqlState.ShouldBe("57014");
    }

    [Fact]
    public async Task Names_and_passwords_can_be_checked_for_other_ways_in()
    {
        await using var server = TestServer.Start();
        var users = TestServer.WithUsers(server.Folder, Users).Users!;
        users.Authenticate("ann", "säcret 1")!.Name.ShouldBe("ann");
        users.Authenticate("ann", "secret 1").ShouldBeNull();
        users.Authenticate("bob", "säcret 1").ShouldBeNull();
        users.Authenticate("local", string.Empty).ShouldBeNull();
    }

    [Theory]
    [InlineData(false, TlsDemand.None, true, false, null)]
    [InlineData(false, TlsDemand.None, false, true, "no users are configured: only connections from the server's own machine are let in")]
    [InlineData(true, TlsDemand.None, false, false, null)]
    [InlineData(true, TlsDemand.Remote, true, false, null)]
    [InlineData(true, TlsDemand.Remote, false, false, "the server takes encrypted connections only")]
    [InlineData(true, TlsDemand.Remote, false, true, null)]
    [InlineData(true, TlsDemand.All, true, false, "the server takes encrypted connections only")]
    public async Task Where_clients_may_come_from(bool hasUsers, TlsDemand demand, bool isFromLoopback, bool isEncrypted, string? refusal)
    {
        await using var server = TestServer.Start();
        var options = (hasUsers ? TestServer.WithUsers(server.Folder, Users) : new PgServerOptions()) with { TlsDemand = demand };
        if (refusal is null)
        {
            Should.NotThrow(() => Login.RefusePlace(options, isFromLoopback, isEncrypted));
        }
        else
        {
            var error = Should.Throw<QueryException>(() => Login.RefusePlace(options, isFromLoopback, isEncrypted));
            (error.Code.SqlState, error.Message).ShouldBe(("28000", refusal));
        }
    }

    private static async Task<string> ChallengeAsync(TestServer server, string user)
    {
        await using var client = await RawClient.ConnectAsync(server.Port);
        await client.SendAsync(RawClient.Startup(user));
        (await client.ReadUntilAsync('R'))[^1].Payload.ShouldBe([0, 0, 0, 10, .. "SCRAM-SHA-256\0\0"u8]);
        var first = "n,,n=,r=abcdefgh"u8;
        await client.SendAsync(RawClient.Framed('p', [.. "SCRAM-SHA-256\0"u8, .. RawClient.Int32(first.Length), .. first]));
        return System.Text.Encoding.UTF8.GetString((await client.ReadUntilAsync('R'))[^1].Payload.AsSpan(4));
    }
}
