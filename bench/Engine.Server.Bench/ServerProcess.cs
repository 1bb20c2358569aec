using System.Diagnostics;
using System.Globalization;

namespace Engine.Server.Bench;

/// <summary>A <c>qe serve</c> of its own process, whose memory is its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <summary>Bytes that it has in memory now, and the most that it had.</summary>
    public (long Now, long Peak) Memory
    {
        get
        {
            var status = File.ReadAllLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/status"));
            return (Value("VmRSS:"), Value("VmHWM:"));

            long Value(string name) => long.Parse(status.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
        }
    }

    /// <param name="program">The path of qe.</param>
    /// <param name="options">More of them.</param>
    public static ServerProcess Start(string program, params string[] options)
    {
        var process = Process.Start(new ProcessStartInfo(program, ["serve", "--pg-port", "0", "--http-port", "0", "--log-level", "warning", .. options]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the server did not start");
        var port = line.Split(' ').First(word => word.StartsWith("pg=", StringComparison.Ordinal))[3..];
        return new ServerProcess(process, int.Parse(port, CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
