using System.Diagnostics;
using System.Globalization;
using Engine.Server.Sessions;

namespace Engine.Cli;

/// <summary>A line on the terminal that says how far a long query is. It comes only after a moment and goes when the result does.</summary>
internal sealed class ProgressLine : IDisposable
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(150);

    private readonly StatementResult _result;
    private readonly Timer _timer;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Lock _lock = new();
    private bool _isShown;
    private bool _isCleared;

    private ProgressLine(StatementResult result)
    {
        _result = result;
        _timer = new Timer(_ => Show(), null, Delay, Interval);
    }

    /// <summary>Null where stderr is no terminal.</summary>
    public static ProgressLine? Start(StatementResult result) => Console.IsErrorRedirected || result.Schema is null ? null : new ProgressLine(result);

    /// <summary>Takes the line away for good.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            if (_isShown && !_isCleared)
            {
                Console.Error.Write("\r\u001b[K");
            }

            _isCleared = true;
        }
    }

    public void Dispose()
    {
        Clear();
        _timer.Dispose();
    }

    private void Show()
    {
        lock (_lock)
        {
            if (_isCleared)
            {
                return;
            }

            var (rows, bytes) = _result.Progress;
            var seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds;
            Console.Error.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"\r\u001b[K{seconds:0.0} s  {rows:N0} rows  {bytes / 1048576.0:N1} MiB  ({rows / seconds:N0} rows/s)"));
            _isShown = true;
        }
    }
}
