using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Engine.Core.Errors;
using Engine.Server.PgWire.Protocol;
using Engine.Server.Sessions;

namespace Engine.Server.PgWire;

/// <summary>Listens for clients that speak PostgreSQL's protocol, version 3.</summary>
public sealed class PgServer : IAsyncDisposable
{
    private readonly EmbeddedEngine _engine;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Task, byte> _connections = new();
    private readonly Task _accepting;

    private PgServer(EmbeddedEngine engine, TcpListener listener)
    {
        _engine = engine;
        _listener = listener;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The sessions that are open.</summary>
    public int SessionCount => CancelKeys.Count;

    internal CancelKeys CancelKeys { get; } = new();

    /// <summary>Begins to listen.</summary>
    /// <param name="engine">Runs the statements; stays the caller's.</param>
    /// <param name="endpoint">Port 0 for a free one.</param>
    public static PgServer Start(EmbeddedEngine engine, IPEndPoint endpoint)
    {
        var listener = new TcpListener(endpoint);
        listener.Start(backlog: 512);
        return new PgServer(engine, listener);
    }

    /// <summary>Takes no more clients and says goodbye to those that are there.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Stop();
        await _accepting.ConfigureAwait(false);
        await Task.WhenAll(_connections.Keys).ConfigureAwait(false);
        _stop.Dispose();
    }

    /// <summary>A session as a client wants it.</summary>
    /// <param name="user">Who asks.</param>
    /// <param name="parameters">Of the startup packet.</param>
    /// <param name="writer">Is told what is not known here.</param>
    internal Session OpenSession(string user, IReadOnlyDictionary<string, string> parameters, BackendWriter writer)
    {
        var session = _engine.OpenSession(user);
        if (StartupOptions.Apply(parameters, session) is { Count: > 0 } ignored)
        {
            writer.WriteWarning("01000", $"unrecognized configuration parameters are ignored: {string.Join(", ", ignored)}");
        }

        // The database may be the name of a catalog, or of a schema; as any other name it is of no account.
        var database = parameters.GetValueOrDefault("database");
        if (database is not null && session.Names.FindCatalog(database) is { } catalog)
        {
            session.Settings.Set("catalog", catalog.Name, span: null);
        }
        else if (database is not null && session.Names.HasSchema(database) && !parameters.ContainsKey("search_path"))
        {
            session.Settings.Set("search_path", database, span: null);
        }

        session.Settings.KeepAsDefaults();
        return session;
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptSocketAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                continue;
            }

            socket.NoDelay = true;
            var connection = Task.Run(() => new PgConnection(this, socket).RunAsync(_stop.Token));
            _connections[connection] = 0;
            _ = connection.ContinueWith(done => _connections.TryRemove(done, out _), TaskScheduler.Default);
        }
    }
}
