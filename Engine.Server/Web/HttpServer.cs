using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Engine.Server.Web;

/// <summary>The HTTP port: Kestrel with the pages that it is given. It knows none of them.</summary>
public sealed class HttpServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private HttpServer(WebApplication application) => _application = application;

    /// <summary>Where it listens.</summary>
    public int Port => new Uri(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    /// <summary>Begins to listen.</summary>
    /// <param name="endpoint">Port 0 for a free one.</param>
    /// <param name="pages">Each adds its routes.</param>
    /// <param name="logging">Where Kestrel logs to.</param>
    /// <param name="tls">For HTTPS beside HTTP; null for none.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<HttpServer> StartAsync(IPEndPoint endpoint, IEnumerable<Action<IEndpointRouteBuilder>> pages, ILoggerFactory logging, HttpTls? tls = null)
    {
        // Nothing but what is said here: no files of settings, no variables, no handlers of signals.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(endpoint, listen => tls?.Apply(listen));
        });
        builder.Services.AddRoutingCore().AddSingleton(logging).AddSingleton<IHostLifetime, CallersLifetime>();
        var application = builder.Build();
        application.UseRouting();
        foreach (var page in pages)
        {
            page(application);
        }

        try
        {
            await application.StartAsync().ConfigureAwait(false);
        }
        catch
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return new HttpServer(application);
    }

    public async ValueTask DisposeAsync()
    {
        // A browser that keeps its connection is not waited for.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _application.StopAsync(patience.Token).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>It lives as long as its caller wants.</summary>
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
