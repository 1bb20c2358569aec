using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Engine.Core.Errors;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Server.PgWire.Protocol;
using Engine.Server.Security;
using Engine.Server.Sessions;
using Microsoft.Extensions.Logging;

namespace Engine.Server.PgWire;

/// <summary>Listens for clients that speak PostgreSQL's protocol, version 3.</summary>
public sealed class PgServer : IAsyncDisposable
{
    /// <summary>Connections that have not logged in yet may be as many as sessions, and requests to cancel are to come through beside them.</summary>
    private const int ConnectionsPerSession = 2;

    private readonly EmbeddedEngine _engine;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<PgConnection, Task> _connections = new();
    private readonly Lock _registering = new();
    private readonly Task _accepting;
    private bool _isStopped;

    private PgServer(EmbeddedEngine engine, TcpListener listener, PgServerOptions options)
    {
        _engine = engine;
        _listener = listener;
        Options = options;
        engine.Statements.Ended += LogStatement;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections, with those that have not logged in.</summary>
    public int ConnectionCount => _connections.Count;

    /// <summary>Whether clients are let in; no more once it is to stop.</summary>
    public bool IsAccepting => !_isStopped;

    internal PgServerOptions Options { get; }

    /// <summary>How many connections were refused, by SQLSTATE.</summary>
    internal ConcurrentDictionary<string, long> Refusals { get; } = new(StringComparer.Ordinal);

    /// <summary>Begins to listen.</summary>
    /// <param name="engine">Runs the statements; stays the caller's.</param>
    /// <param name="endpoint">Port 0 for a free one.</param>
    /// <param name="options">Null for the usual ones.</param>
    public static PgServer Start(EmbeddedEngine engine, IPEndPoint endpoint, PgServerOptions? options = null)
    {
        var listener = new TcpListener(endpoint);
        listener.Start(backlog: 512);
        return new PgServer(engine, listener, options ?? new PgServerOptions());
    }

    /// <summary>
    /// Takes no more clients, sends those away that have nothing running (57P01), gives statements that run <see cref="PgServerOptions.ShutdownGrace"/>, then
    /// ends them too.
    /// </summary>
    public async Task StopAsync()
    {
        if (_isStopped)
        {
            return;
        }

        _isStopped = true;
        Log.ShuttingDown(Options.Logger, _engine.Sessions.Count, Options.ShutdownGrace);
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Stop();
        await _accepting.ConfigureAwait(false);
        var reason = new QueryException(ErrorCodes.AdminShutdown, "terminating connection due to administrator command");
        var connections = _connections.ToArray();
        foreach (var (connection, _) in connections)
        {
            connection.Lifetime.EndWhenIdle(reason);
        }

        var ended = Task.WhenAll(connections.Select(connection => connection.Value));
        await Task.WhenAny(ended, Task.Delay(Options.ShutdownGrace)).ConfigureAwait(false);
        foreach (var (connection, _) in connections)
        {
            connection.Lifetime.End(reason);
        }

        await ended.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _engine.Statements.Ended -= LogStatement;
        _stop.Dispose();
    }

    /// <summary>A session as a client wants it.</summary>
    /// <param name="account">Who asks.</param>
    /// <param name="parameters">Of the startup packet.</param>
    /// <param name="writer">Is told what is not known here.</param>
    internal Session OpenSession(Account account, IReadOnlyDictionary<string, string> parameters, BackendWriter writer)
    {
        var session = _engine.OpenSession(account);
        session.Settings.Fix("max_connections", Options.MaxSessions.ToString(CultureInfo.InvariantCulture));
        foreach (var (name, value) in Options.Settings)
        {
            session.Settings.Set(name, value, span: null);
        }

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
            session.Settings.Set("search_path", Field.Quote(database), span: null);
        }

        session.Settings.TakeAsDefaults();
        return session;
    }

    /// <summary>Makes a session known, if there is room for it.</summary>
    /// <exception cref="QueryException">53300: there is not.</exception>
    internal ClientSession Register(Session session, string database, PgChannel channel, StatementClock clock, ConnectionLifetime lifetime)
    {
        var sessions = _engine.Sessions;
        var client = new ClientSession(sessions.NextId(), session, channel.Client, channel.TlsVersion, database, clock, lifetime);
        lock (_registering)
        {
            RefuseTooMany(session.Account);
            sessions.Add(client);
        }

        session.Client = client;
        Log.SessionBegan(Options.Logger, client.ProcessId, client.User, client.Client, client.ApplicationName, client.TlsVersion ?? "in the clear");
        return client;
    }

    internal MemoryPool MemoryOf(Account account) => _engine.MemoryOf(account);

    internal void Leave(ClientSession client)
    {
        _engine.Sessions.Remove(client);
        Log.SessionEnded(Options.Logger, client.ProcessId, client.User, DateTime.UtcNow - client.ConnectedAt);
    }

    /// <summary>Ends the statement of a session; nothing when the secret is wrong.</summary>
    internal void Cancel(int processId, ReadOnlySpan<byte> secret)
    {
        if (_engine.Sessions.Find(processId) is { } session && session.HasSecret(secret))
        {
            session.Cancel();
        }
    }

    /// <summary>Notes that a connection was refused, or ended, with an error.</summary>
    internal void Refuse(EndPoint? client, QueryException error)
    {
        Refusals.AddOrUpdate(error.Code.SqlState, 1, (_, count) => count + 1);
        Log.ConnectionRefused(Options.Logger, client, error.Code.SqlState, error.Message);
    }

    private void LogStatement(StatementRecord record) => Log.StatementEnded(
        Options.Logger,
        record.State == StatementState.Finished ? LogLevel.Debug : LogLevel.Information,
        record.Id,
        record.User,
        record.State,
        record.Elapsed,
        record.OutputRows,
        record.Input.Bytes,
        record.PeakMemoryBytes,
        record.Error?.Code.SqlState ?? (record.State == StatementState.Canceled ? ErrorCodes.QueryCanceled.SqlState : "00000"));

    private void RefuseTooMany(Account account)
    {
        var count = _engine.Sessions.Count;
        if (count >= Options.MaxSessions)
        {
            throw new QueryException(ErrorCodes.TooManyConnections, "sorry, too many clients already");
        }

        if (count >= Options.MaxSessions - Options.ReservedSessions && !account.Grants.IsAdministrator)
        {
            throw new QueryException(ErrorCodes.TooManyConnections, "remaining connection slots are reserved for administrators");
        }

        if (_engine.Sessions.CountOf(account.Name) >= account.MaxSessions)
        {
            throw new QueryException(ErrorCodes.TooManyConnections, $"too many connections for role \"{account.Name}\"");
        }
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
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException error)
            {
                // No more files, for instance: the next attempt would fail at once too.
                Log.AcceptFailed(Options.Logger, error.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(100)).ConfigureAwait(false);
                continue;
            }

            Serve(socket);
        }
    }

    private void Serve(Socket socket)
    {
        if (_connections.Count >= Options.MaxSessions * ConnectionsPerSession)
        {
            Refuse(socket.RemoteEndPoint, new QueryException(ErrorCodes.TooManyConnections, "there are too many connections that have not logged in"));
            socket.Dispose();
            return;
        }

        var connection = new PgConnection(this, socket);
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _connections[connection] = RunAsync();
        start.SetResult();

        async Task RunAsync()
        {
            // Not before it is known: one that ends at once would stay.
            await start.Task.ConfigureAwait(false);
            await connection.RunAsync().ConfigureAwait(false);
            _connections.TryRemove(connection, out _);
        }
    }
}
