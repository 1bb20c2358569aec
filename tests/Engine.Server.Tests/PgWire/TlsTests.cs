using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Engine.Server.PgWire;
using Engine.Server.Security;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Engine.Server.Tests.PgWire;

public sealed class TlsTests : IAsyncLifetime
{
    private static readonly string Users = $"users:\n  ann: {{ password: '{ScramVerifier.Create("secret").ToText()}', read: '*' }}\n";
    private static readonly byte[] SslRequest = RawClient.Framed(null, RawClient.Int32(80877103));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("qe-tls-");
    private CertificateFiles _certificate = null!;
    private TestServer _server = null!;

    private string KeyPath => Path.Combine(_folder.FullName, "server.key");

    private string CertificatePath => Path.Combine(_folder.FullName, "server.crt");

    public Task InitializeAsync()
    {
        ServerCertificate.CreateSelfSigned(CertificatePath, KeyPath);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(KeyPath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        _certificate = new CertificateFiles(CertificatePath, KeyPath, NullLogger.Instance);
        _server = TestServer.Start(options: folder => TestServer.WithUsers(folder, Users) with { Certificate = _certificate, TlsDemand = TlsDemand.All });
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _certificate.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("SSL Mode=Require")]
    [InlineData("SSL Mode=VerifyFull;Root Certificate={root}")]
    [InlineData("SSL Mode=VerifyFull;Root Certificate={root};Channel Binding=Require")]
    [InlineData("SSL Mode=Require;Channel Binding=Disable")]
    [InlineData("SSL Mode=VerifyFull;Root Certificate={root};SSL Negotiation=Direct")]
    public async Task Npgsql_connects(string options)
    {
        (await _server.ScalarAsync("SELECT 1", "ann", "secret", options.Replace("{root}", CertificatePath, StringComparison.Ordinal))).ShouldBe(1);
        _server.Engine.Sessions.All.ShouldAllBe(session => session.TlsVersion == "TLSv1.3");
    }

    [Fact]
    public async Task A_certificate_that_is_renewed_is_shown_to_the_next_client()
    {
        var verified = $"SSL Mode=VerifyFull;Root Certificate={CertificatePath};Channel Binding=Require";
        ServerCertificate.CreateSelfSigned(CertificatePath, KeyPath);
        File.SetLastWriteTimeUtc(CertificatePath, DateTime.UtcNow.AddSeconds(1));
        (await _server.ScalarAsync("SELECT 1", "ann", "secret", verified)).ShouldBe(1);

        // A key of another certificate changes nothing.
        ServerCertificate.CreateSelfSigned(Path.Combine(_folder.FullName, "other.crt"), KeyPath);
        File.SetLastWriteTimeUtc(KeyPath, DateTime.UtcNow.AddSeconds(2));
        (await _server.ScalarAsync("SELECT 1", "ann", "secret", verified)).ShouldBe(1);
    }

    [Fact]
    public async Task A_certificate_of_somebody_else_is_not_trusted()
    {
        var other = Path.Combine(_folder.FullName, "other.crt");
        ServerCertificate.CreateSelfSigned(other, Path.Combine(_folder.FullName, "other.key"));
        var error = await Should.ThrowAsync<NpgsqlException>(() => _server.ScalarAsync("SELECT 1", "ann", "secret", $"SSL Mode=VerifyFull;Root Certificate={other}"));
        error.InnerException.ShouldBeOfType<AuthenticationException>();
    }

    [Fact]
    public async Task Connections_in_the_clear_are_refused_where_TLS_is_required()
    {
        var error = await _server.RefusedAsync("SELECT 1", "ann", "secret", "SSL Mode=Disable");
        (error.SqlState, error.MessageText).ShouldBe(("28000", "the server takes encrypted connections only"));
    }

    [Fact]
    public async Task Bytes_in_the_clear_behind_the_request_are_not_taken_for_the_clients()
    {
        await using var client = await RawClient.ConnectAsync(_server.Port);
        await client.SendAsync([.. SslRequest, .. RawClient.Startup("ann")]);
        client.Stream.ReadByte().ShouldBe('S');
        (await client.ReadErrorAsync()).ShouldBe(("FATAL", "08P01", "received unencrypted data after SSL request"));
        (await client.ReadAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Direct_TLS_has_to_name_the_protocol()
    {
        await using var client = await RawClient.ConnectAsync(_server.Port);
        await using var tls = new SslStream(client.Stream, leaveInnerStreamOpen: true);
        await tls.AuthenticateAsClientAsync(Trusting());
        client.Stream = tls;

        // The handshake may be over before the server looks at the name.
        await client.SendAsync(RawClient.Startup("ann"));
        (await EndsAsync(client)).ShouldBeTrue();
    }

    [Fact]
    public async Task TLS_is_asked_for_once_and_GSSAPI_in_vain()
    {
        await using var client = await RawClient.ConnectAsync(_server.Port);
        await client.SendAsync(RawClient.Framed(null, RawClient.Int32(80877104)));
        client.Stream.ReadByte().ShouldBe('N');
        await client.SendAsync(SslRequest);
        client.Stream.ReadByte().ShouldBe('S');
        await using var tls = new SslStream(client.Stream, leaveInnerStreamOpen: true);
        await tls.AuthenticateAsClientAsync(Trusting());
        client.Stream = tls;
        await client.SendAsync(SslRequest);
        client.Stream.ReadByte().ShouldBe('N');
        await client.SendAsync(RawClient.Startup("ann"));
        (await client.ReadUntilAsync('R'))[^1].Payload.ShouldBe([0, 0, 0, 10, .. "SCRAM-SHA-256-PLUS\0SCRAM-SHA-256\0\0"u8]);
    }

    [Fact]
    public async Task Without_a_certificate_the_answer_is_no()
    {
        await using var server = TestServer.Start();
        await using var client = await RawClient.ConnectAsync(server.Port);
        await client.SendAsync(SslRequest);
        client.Stream.ReadByte().ShouldBe('N');
        await client.SendAsync(RawClient.Startup("ann"));
        (await client.ReadUntilAsync('Z'))[^1].Type.ShouldBe('Z');
    }

    [Fact]
    public void Files_that_are_no_certificate_are_named()
    {
        var path = Path.Combine(_folder.FullName, "none.crt");
        File.WriteAllText(path, "nothing");
        Should.Throw<Core.Errors.QueryException>(() => ServerCertificate.Load(path, path)).Message.ShouldContain(path);
        Should.Throw<Core.Errors.QueryException>(() => ServerCertificate.Load(path + "x", path)).Code.SqlState.ShouldBe("58030");
    }

    private static SslClientAuthenticationOptions Trusting() => new()
    {
        TargetHost = "localhost",
        RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is X509Certificate2,
    };

    private static async Task<bool> EndsAsync(RawClient client)
    {
        try
        {
            return await client.ReadAsync() is null;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
