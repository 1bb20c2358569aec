using Engine.Server.PgWire;
using Engine.Server.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Engine.Server.Web;

/// <summary>For machines that watch the server: <c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c>.</summary>
public sealed class MonitoringPages(PgServer server, ServerMetrics metrics) : IDisposable
{
    private readonly MetricsCollector _collector = new(metrics);

    public void Map(IEndpointRouteBuilder routes)
    {
        // The process answers: it need not be started anew.
        routes.MapGet("/healthz", () => Results.Text("ok\n"));

        // Clients may be sent here; no more once it shuts down.
        routes.MapGet("/readyz", () => server.IsAccepting ? Results.Text("ready\n") : Results.Text("shutting down\n", statusCode: StatusCodes.Status503ServiceUnavailable));
        routes.MapGet("/metrics", () => Results.Text(_collector.Write(), PrometheusText.ContentType));
    }

    public void Dispose() => _collector.Dispose();
}
