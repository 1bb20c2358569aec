using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Engine.Server.PgWire;
using Engine.Server.Sessions;
using Engine.Server.Telemetry;
using Engine.Server.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Engine.Cli;

/// <summary><c>qe serve</c>: answers clients until it is asked to stop.</summary>
internal static class ServeCommand
{
    public const string Name = "serve";

    public static Command Build(IEnumerable<Option> engineOptions, Func<ParseResult, EngineOptions> readEngine)
    {
        var command = new Command(Name, "answers clients that speak PostgreSQL's protocol");
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
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, StopOnce);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, StopOnce);
        using var logging = options.CreateLogging();
        var logger = logging.CreateLogger("Engine.Server");
        using var certificate = options.LoadCertificate(logger);
        var serverOptions = options.ReadServer(logger, certificate);
        using var engine = new EmbeddedEngine(engineOptions);
        var server = Start(options.PgEndpoint, serverOptions, engine);
        await using (server.ConfigureAwait(false))
        {
            using var metrics = new ServerMetrics(engine, server);
            using var export = options.Otlp is { } collector ? new OtlpExport(collector) : null;
            using var monitoring = new MonitoringPages(server, metrics);
            var console = new ConsolePage(engine, serverOptions.Users, serverOptions.Logger, hasHttps: certificate is not null);
            var tls = certificate is null ? null : new HttpTls(certificate, serverOptions.LoginTimeout);
            var http = await StartHttpAsync(options, [monitoring.Map, console.Map], logging, tls).ConfigureAwait(false);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ready pg={server.Port}{(http is null ? string.Empty : $" http={http.Port}")}"));
            await Task.Delay(Timeout.Infinite, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            // HTTP answers to the end: who watches is to see that it ends.
            await server.StopAsync().ConfigureAwait(false);
            if (http is not null)
            {
                await http.DisposeAsync().ConfigureAwait(false);
            }
        }

        return CommandLine.ExitOk;

        // Who asks twice does not want to wait.
        void StopOnce(PosixSignalContext signal)
        {
            signal.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }
    }

    private static PgServer Start(IPEndPoint endpoint, PgServerOptions options, EmbeddedEngine engine)
    {
        try
        {
            return PgServer.Start(engine, endpoint, options);
        }
        catch (SocketException error)
        {
            throw new UsageException($"cannot listen on {endpoint}: {error.Message}");
        }
    }

    /// <summary>The HTTP server; null when nobody chose its port and the usual one is taken.</summary>
    private static async Task<HttpServer?> StartHttpAsync(ServeOptions options, IEnumerable<Action<IEndpointRouteBuilder>> pages, ILoggerFactory logging, HttpTls? tls)
    {
        try
        {
            return await HttpServer.StartAsync(options.HttpEndpoint, pages, logging, tls).ConfigureAwait(false);
        }
        catch (IOException error) when (options.HasHttpPort)
        {
            throw new UsageException($"cannot listen on {options.HttpEndpoint}: {error.Message}");
        }
        catch (IOException)
        {
            await Console.Error.WriteLineAsync($"no HTTP: {options.HttpEndpoint} is taken; --http-port chooses another port").ConfigureAwait(false);
            return null;
        }
    }
}
