using Engine.Server.Sessions;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Engine.Server.Telemetry;

/// <summary>Sends traces and metrics to a collector of OpenTelemetry, by OTLP over gRPC.</summary>
public sealed class OtlpExport : IDisposable
{
    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    /// <param name="endpoint">Of the collector, such as http://localhost:4317.</param>
    public OtlpExport(Uri endpoint)
    {
        var resource = ResourceBuilder.CreateDefault().AddService("queryengine", serviceVersion: ServerVersion.Own);
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(StatementTrace.SourceName)
            .AddOtlpExporter(otlp => otlp.Endpoint = endpoint)
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(ServerMetrics.MeterName)
            .AddOtlpExporter(otlp => otlp.Endpoint = endpoint)
            .Build();
    }

    /// <summary>Sends what is left, within seconds.</summary>
    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }
}
