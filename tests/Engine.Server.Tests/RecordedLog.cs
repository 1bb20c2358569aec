using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Engine.Server.Tests;

/// <summary>Keeps what is logged.</summary>
internal sealed class RecordedLog : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Message, Exception? Error)> _entries = new();

    /// <summary>What an operator gets to see of Kestrel, see qe serve --log-level.</summary>
    public IEnumerable<string> Warnings => _entries.Where(entry => entry.Level >= LogLevel.Warning).Select(entry => $"{entry.Level}: {entry.Message} {entry.Error}");

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _entries.Enqueue((logLevel, formatter(state, exception), exception));

    public void Dispose()
    {
    }
}
