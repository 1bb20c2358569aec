using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Engine.Cli.Tests;

public sealed class ServeTests : IDisposable
{
    /// <summary>A server that does not end is a failure, and no test run that does not.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("qe-cli-serve-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Users_are_made_with_a_password_from_stdin()
    {
        var added = Run("geheim\n", "user", "add", "ann", "--users", "u.yaml", "--read", "public", "--read", "tpch.*");
        (added.ExitCode, added.Output).ShouldBe((0, string.Empty));
        var text = File.ReadAllText(Path.Combine(_folder.FullName, "u.yaml"));
        text.ShouldContain("    password: SCRAM-SHA-256$4096:");
        text.ShouldContain("    read: [public, 'tpch.*']");
        text.ShouldNotContain("geheim");
        var twice = Run("x\n", "user", "add", "ann", "--users", "u.yaml");
        twice.ExitCode.ShouldBe(1);
        twice.Error.ShouldStartWith("ERROR: user ann is in u.yaml already");
        Run(null, "user", "add", "bob", "--users", "u.yaml").ExitCode.ShouldBe(2);
    }

    [Theory]
    [InlineData("--require-tls needs --tls-cert and --tls-key", "--require-tls", "all")]
    [InlineData("--tls-cert and --tls-key go together", "--tls-cert", "x.crt")]
    [InlineData("--require-tls is one of none, remote, all, not \"maybe\"", "--require-tls", "maybe")]
    [InlineData("--statement-timeout takes a time with its unit, as in 500ms, 30s, 5min or 1h, not \"soon\"", "--statement-timeout", "soon")]
    [InlineData("--max-sessions takes a number of at least 1, not \"0\"", "--max-sessions", "0")]
    [InlineData("--reserved-sessions 5 leaves nobody else any of 5 sessions", "--max-sessions", "5", "--reserved-sessions", "5")]
    [InlineData("x:0 is no address to listen on", "--listen", "x")]
    public void What_cannot_be_served_is_said(string message, params string[] options)
    {
        var run = Run(null, ["serve", "--pg-port", "0", "--http-port", "0", .. options]);
        (run.ExitCode, run.Error).ShouldBe((2, $"qe: {message}\n"));
    }

    [Fact]
    public void Options_come_from_a_file_where_they_are_not_given()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "serve.yaml"), "pg-port: 0\nhttp-port: 0\nmax-sessions: none\n");
        Run(null, "serve", "--config", "serve.yaml").Error.ShouldBe("qe: --max-sessions takes a number of at least 1, not \"none\"\n");
        Run(null, "serve", "--config=serve.yaml", "--max-sessions", "-5").Error.ShouldBe("qe: --max-sessions takes a number of at least 1, not \"-5\"\n");
        File.WriteAllText(Path.Combine(_folder.FullName, "serve.yaml"), "pg-port: 0\nport: 1\n");
        var unknown = Run(null, "serve", "--config", "serve.yaml");
        (unknown.ExitCode, unknown.Error).ShouldBe((2, "qe: serve.yaml:2:1: unknown option \"port\": qe serve --help lists them\n"));
        Run(null, "serve", "--config", "none.yaml").ExitCode.ShouldBe(2);
    }

    [Fact]
    public void A_users_file_that_is_wrong_is_named_with_its_line()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "u.yaml"), "users:\n  ann: { password: plain }\n");
        var run = Run(null, "serve", "--pg-port", "0", "--http-port", "0", "--users", "u.yaml");
        run.ExitCode.ShouldBe(1);
        run.Error.ShouldStartWith("ERROR: u.yaml:2:20: the password of user ann is no SCRAM-SHA-256 verifier");
    }

    [Fact]
    public void Md5_hashes_have_to_be_allowed()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "u.yaml"), "users:\n  ann: { password: md59d792a3a8853c2411afb9163d088c036 }\n");
        string[] arguments = ["serve", "--pg-port", "0", "--http-port", "0", "--users", "u.yaml", "--require-tls", "all"];
        var refused = Run(null, arguments);
        refused.ExitCode.ShouldBe(1);
        refused.Error.ShouldContain("is an md5 hash");
        refused.Error.ShouldContain("HINT: qe serve --allow-md5 takes it all the same");

        // What is wrong besides comes after the file was read.
        Run(null, [.. arguments, "--allow-md5"]).Error.ShouldBe("qe: --require-tls needs --tls-cert and --tls-key\n");
        File.WriteAllText(Path.Combine(_folder.FullName, "serve.yaml"), "allow-md5: true\n");
        Run(null, [.. arguments, "--config", "serve.yaml"]).ExitCode.ShouldBe(2);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_lets_a_statement_end_however_long_it_takes(string signal)
    {
        // Where the tests run in the background of a shell, SIGINT is ignored, and the server would inherit that.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "qe.dll"), "serve", "--pg-port", "0", "--http-port", "0"])
        {
            WorkingDirectory = _folder.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var server = Process.Start(start)!;
        var ready = (await server.StandardOutput.ReadLineAsync())!;
        ready.ShouldStartWith("ready pg=");
        using var client = new TcpClient("127.0.0.1", int.Parse(ready["ready pg=".Length..ready.IndexOf(' ', "ready ".Length)], CultureInfo.InvariantCulture));
        var stream = client.GetStream();
        await stream.WriteAsync((byte[])[0, 0, 0, 16, 0, 3, 0, 0, .. "user\0x\0\0"u8]);
        await ReadUntilAsync(stream, "Z\0\0\0\u0005I");

        // Longer than the time after which a process that does not stop would be ended.
        await stream.WriteAsync((byte[])[(byte)'Q', 0, 0, 0, 23, .. "SELECT pg_sleep(3)"u8, 0]);
        await Task.Delay(500);
        using (var kill = Process.Start("kill", [$"-{signal}", server.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        (await ReadUntilAsync(stream, "57P01").WaitAsync(Patience)).ShouldContain("SELECT 1");
        await server.WaitForExitAsync().WaitAsync(Patience);
        server.ExitCode.ShouldBe(0);
    }

    private static async Task<string> ReadUntilAsync(NetworkStream stream, string end)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!text.ToString().Contains(end, StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer);
            count.ShouldBeGreaterThan(0, text.ToString());
            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        return text.ToString();
    }

    private CommandLineRun Run(string? input, params string[] arguments) => CommandLineRun.Start(_folder.FullName, input, arguments);
}
