using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Engine.Server.PgWire;
using Engine.Server.Sessions;
using Microsoft.Extensions.Logging;

namespace Engine.Cli;

/// <summary><c>qe serve</c>: answers clients until it is asked to stop.</summary>
internal static class ServeCommand
{
    public static Command Build(IEnumerable<Option> engineOptions, Func<ParseResult, EngineOptions> readEngine)
    {
        var command = new Command("serve", "answers clients that speak PostgreSQL's protocol");
        foreach (var option in ServeOptions.All.Concat(engineOptions))
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) =>
        {
            var options = new ServeOptions(parsed);
            return RunAsync(options, options.ReadEngine(readEngine(parsed)), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(ServeOptions options, EngineOptions engineOptions, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        using var logging = options.CreateLogging();
        using var certificate = options.LoadCertificate();
        var serverOptions = options.ReadServer(logging.CreateLogger("Engine.Server"), certificate);
        using var engine = new EmbeddedEngine(engineOptions);
        var server = Listen(options.PgEndpoint, endpoint => PgServer.Start(engine, endpoint, serverOptions));
        await using (server.ConfigureAwait(false))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ready pg={server.Port}"));
            await Task.Delay(Timeout.Infinite, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return CommandLine.ExitOk;
    }

    private static T Listen<T>(IPEndPoint endpoint, Func<IPEndPoint, T> start)
    {
        try
        {
            return start(endpoint);
        }
        catch (SocketException error)
        {
            throw new UsageException($"cannot listen on {endpoint}: {error.Message}");
        }
    }
}
