using System.Diagnostics.Metrics;

namespace Engine.Server.Telemetry;

/// <summary>Keeps what the instruments of a server, and of the runtime, have said, to be read at any time. Safe for concurrent use.</summary>
internal sealed class MetricsCollector : IDisposable
{
    /// <summary>What .NET measures of itself: garbage collection, threads, memory of the process.</summary>
    private const string RuntimeMeter = "System.Runtime";

    private readonly Lock _lock = new();
    private readonly MeterListener _listener = new();
    private readonly SortedDictionary<string, Metric> _metrics = new(StringComparer.Ordinal);

    public MetricsCollector(ServerMetrics metrics)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == metrics.Meter || instrument.Meter.Name == RuntimeMeter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>All of it, after asking those that are asked.</summary>
    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new PrometheusText();
        lock (_lock)
        {
            foreach (var metric in _metrics.Values)
            {
                metric.Write(text);
            }
        }

        return text.ToString();
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new KeyValuePair<string, string>[tags.Length];
        for (var i = 0; i < tags.Length; i++)
        {
            labels[i] = KeyValuePair.Create(tags[i].Key, tags[i].Value?.ToString() ?? string.Empty);
        }

        lock (_lock)
        {
            if (!_metrics.TryGetValue(instrument.Name, out var metric))
            {
                _metrics[instrument.Name] = metric = new Metric(instrument);
            }

            metric.Take(labels, value);
        }
    }

    /// <summary>An instrument and what it has said, by its labels.</summary>
    private sealed class Metric
    {
        private readonly SortedDictionary<string, Series> _series = new(StringComparer.Ordinal);
        private readonly string _name;
        private readonly string? _help;
        private readonly string _type;
        private readonly bool _adds;
        private readonly IReadOnlyList<double> _bounds;

        public Metric(Instrument instrument)
        {
            var kind = instrument.GetType().Name;
            var isCounter = kind.StartsWith("Counter", StringComparison.Ordinal) || kind.StartsWith("ObservableCounter", StringComparison.Ordinal);
            var isHistogram = instrument is Histogram<double>;

            // What is observed is a sum already.
            _adds = !instrument.IsObservable && (isCounter || kind.StartsWith("UpDownCounter", StringComparison.Ordinal));
            _name = PrometheusText.NameOf(instrument.Name, instrument.Unit, isCounter);
            _help = instrument.Description;
            _type = isHistogram ? "histogram" : isCounter ? "counter" : "gauge";
            _bounds = isHistogram ? [.. ((Histogram<double>)instrument).Advice?.HistogramBucketBoundaries ?? [], double.PositiveInfinity] : [];
        }

        public void Take(KeyValuePair<string, string>[] labels, double value)
        {
            var key = string.Join('\0', labels.Select(label => $"{label.Key}\0{label.Value}"));
            if (!_series.TryGetValue(key, out var series))
            {
                _series[key] = series = new Series(labels, new long[_bounds.Count]);
            }

            series.Value = _adds || _bounds.Count > 0 ? series.Value + value : value;
            for (var i = 0; i < _bounds.Count; i++)
            {
                series.Counts[i] += value <= _bounds[i] ? 1 : 0;
            }
        }

        public void Write(PrometheusText text)
        {
            text.Describe(_name, _type, _help);
            foreach (var series in _series.Values)
            {
                if (_bounds.Count == 0)
                {
                    text.Sample(_name, series.Labels, series.Value);
                    continue;
                }

                for (var i = 0; i < _bounds.Count; i++)
                {
                    text.Sample($"{_name}_bucket", series.Labels.Append(KeyValuePair.Create("le", PrometheusText.Number(_bounds[i]))), series.Counts[i]);
                }

                text.Sample($"{_name}_sum", series.Labels, series.Value);
                text.Sample($"{_name}_count", series.Labels, series.Counts[^1]);
            }
        }
    }

    private sealed class Series(KeyValuePair<string, string>[] labels, long[] counts)
    {
        public KeyValuePair<string, string>[] Labels => labels;

        /// <summary>Of a histogram: how many were at most as much as each bound.</summary>
        public long[] Counts => counts;

        public double Value { get; set; }
    }
}
