using Engine.Server.PgWire.Protocol;
using Engine.Server.Sessions;

namespace Engine.Server.PgWire.Statements;

/// <summary>
/// The text that a client waits for: others see it, errors tell their places in it, and what it does ends when its time is over or nobody waits for it any
/// more.
/// </summary>
internal sealed class StatementWatch(ClientSession client, FrontendReader reader, StatementClock clock)
{
    /// <summary>The text that the places of errors are in.</summary>
    public string? Text { get; private set; }

    /// <summary>The text that is dealt with from now on.</summary>
    public void Begin(string? text)
    {
        Text = text;
        client.Begin(text ?? string.Empty);
    }

    /// <summary>Does something that may take its time, and ends it when the client goes meanwhile.</summary>
    /// <param name="work">Is given what ends it.</param>
    /// <param name="cancellationToken">The connection ends.</param>
    public async ValueTask RunAsync(Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken)
    {
        var running = clock.Start(TimeSetting.Parse(client.Session.Settings["statement_timeout"]) ?? TimeSpan.Zero);
        using var shutdown = cancellationToken.UnsafeRegister(_ => clock.Cancel(), state: null);
        reader.Watch(() => clock.Cancel());
        try
        {
            await work(running).ConfigureAwait(false);
        }
        finally
        {
            reader.StopWatching();
            clock.Stop();
        }
    }
}
