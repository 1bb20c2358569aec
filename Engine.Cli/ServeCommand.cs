using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Engine.Server.PgWire;
using Engine.Server.Sessions;

namespace Engine.Cli;

/// <summary><c>qe serve</c>: answers clients until it is asked to stop.</summary>
internal sealed class ServeCommand
{
    private readonly Option<string?> _listen = CommandLine.Text("listen", "the address to listen on (default: 127.0.0.1)");
    private readonly Option<string?> _pgPort = CommandLine.Text("pg-port", "the port of the PostgreSQL endpoint; 0 picks a free one (default: 5432)");

    public Command Build(IEnumerable<Option> engineOptions, Func<ParseResult, EngineOptions> readEngine)
    {
        var command = new Command("serve", "answers clients that speak PostgreSQL's protocol") { _listen, _pgPort };
        foreach (var option in engineOptions)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => RunAsync(readEngine(parsed), EndpointOf(parsed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(EngineOptions options, IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        using var engine = new EmbeddedEngine(options);
        PgServer server;
        try
        {
            server = PgServer.Start(engine, endpoint);
        }
        catch (SocketException error)
        {
            throw new UsageException($"cannot listen on {endpoint}: {error.Message}");
        }

        await using (server.ConfigureAwait(false))
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
            {
                signal.Cancel = true;
                stop.Cancel();
            });
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ready pg={server.Port}"));
            await Task.Delay(Timeout.Infinite, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return CommandLine.ExitOk;
    }

    private IPEndPoint EndpointOf(ParseResult parsed)
    {
        var (address, port) = (parsed.GetValue(_listen) ?? "127.0.0.1", parsed.GetValue(_pgPort) ?? "5432");
        return IPAddress.TryParse(address, out var ip) && ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new IPEndPoint(ip, number)
            : throw new UsageException($"{address}:{port} is no address to listen on");
    }
}
