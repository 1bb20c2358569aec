using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Server.PgWire.Protocol;
using Engine.Server.PgWire.Statements;
using Engine.Server.Sessions;
using Ast = Engine.Parser.Ast;

namespace Engine.Server.PgWire;

/// <summary>
/// Answers the messages of a client that is let in (PostgreSQL manual, "Message Flow"): simple queries, and the extended protocol, in which an error
/// makes it pass over everything up to the next Sync.
/// </summary>
internal sealed class PgSession : IDisposable
{
    private readonly ClientSession _client;
    private readonly Session _session;
    private readonly FrontendReader _reader;
    private readonly BackendWriter _writer;
    private readonly StatementClock _clock;
    private readonly ConnectionLifetime _lifetime;
    private readonly ParameterStatus _status;
    private readonly Portals _portals;
    private bool _isPassingOver;

    /// <summary>Whether the client knows that it is its turn.</summary>
    private bool _isReady;

    /// <summary>The text that the places of errors are in.</summary>
    private string? _text;

    /// <param name="client">The session; it stays the caller's.</param>
    /// <param name="reader">What the client says.</param>
    /// <param name="writer">What it is told.</param>
    /// <param name="clock">Ends the statement that runs.</param>
    /// <param name="lifetime">Ends the session.</param>
    public PgSession(ClientSession client, FrontendReader reader, BackendWriter writer, StatementClock clock, ConnectionLifetime lifetime)
    {
        _client = client;
        _session = client.Session;
        _reader = reader;
        _writer = writer;
        _clock = clock;
        _lifetime = lifetime;
        _status = new ParameterStatus(_session, writer);
        _portals = new Portals(_session);
    }

    /// <summary>Says that the client is welcome and what it has to know.</summary>
    public void Welcome()
    {
        _status.Report();
        _writer.Begin('K').Int32(_client.ProcessId).Raw(_client.Secret).End();
        Ready();
    }

    /// <summary>Answers until the client goes.</summary>
    /// <exception cref="QueryException">The client waited too long with its next word (25P03, 57P05).</exception>
    /// <exception cref="OperationCanceledException">The lifetime has ended.</exception>
    public async Task RunAsync()
    {
        var cancellationToken = _lifetime.Ended;
        while (true)
        {
            if (!_reader.HasInput)
            {
                await _writer.FlushAsync(cancellationToken).ConfigureAwait(false);
            }

            if (await ReadAsync().ConfigureAwait(false) is not { } message || message.Type == FrontendType.Terminate)
            {
                return;
            }

            _isReady = false;

            await AnswerAsync(message, cancellationToken).ConfigureAwait(false);
            if (_writer.IsFull)
            {
                await _writer.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public void Dispose() => _portals.Dispose();

    /// <summary>The client's next message. One that it is not its turn to send is waited for in any case; between statements patience may be limited.</summary>
    private async ValueTask<FrontendMessage?> ReadAsync()
    {
        if (!_isReady)
        {
            return await _reader.ReadAsync(FrontendReader.MaxLength, _lifetime.Ended).ConfigureAwait(false);
        }

        var setting = _session.Transaction is null ? "idle_session_timeout" : "idle_in_transaction_session_timeout";
        if (TimeSetting.Parse(_session.Settings[setting]) is not { Ticks: > 0 } patience)
        {
            return await _reader.ReadAsync(FrontendReader.MaxLength, _lifetime.EndedWhenIdle).ConfigureAwait(false);
        }

        using var idle = CancellationTokenSource.CreateLinkedTokenSource(_lifetime.EndedWhenIdle);
        idle.CancelAfter(patience);
        try
        {
            return await _reader.ReadAsync(FrontendReader.MaxLength, idle.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_lifetime.Reason is null)
        {
            throw _session.Transaction is null
                ? new QueryException(ErrorCodes.IdleSessionTimeout, "terminating connection due to idle-session timeout")
                : new QueryException(ErrorCodes.IdleInTransactionTimeout, "terminating connection due to idle-in-transaction timeout");
        }
    }

    /// <summary>The statement that is dealt with from now on.</summary>
    private void Begin(string? text)
    {
        _text = text;
        _client.Begin(text ?? string.Empty);
    }

    private async ValueTask AnswerAsync(FrontendMessage message, CancellationToken cancellationToken)
    {
        if (message.Type == FrontendType.Sync)
        {
            _isPassingOver = false;
            EndOfStatements();
            Ready();
            return;
        }

        var isSimple = message.Type == FrontendType.Query;
        if (_isPassingOver && !isSimple)
        {
            return;
        }

        try
        {
            switch (message.Type)
            {
                case FrontendType.Query:
                    _isPassingOver = false;
                    await QueryAsync(ReadQuery(message.Payload.Span), cancellationToken).ConfigureAwait(false);
                    break;
                case FrontendType.Parse:
                    Parse(message.Payload.Span);
                    break;
                case FrontendType.Bind:
                    Bind(message.Payload.Span);
                    break;
                case FrontendType.Describe:
                    await DescribeAsync(message.Payload, cancellationToken).ConfigureAwait(false);
                    break;
                case FrontendType.Execute:
                    await ExecuteAsync(message.Payload, cancellationToken).ConfigureAwait(false);
                    break;
                case FrontendType.Close:
                    Close(message.Payload.Span);
                    break;
                case FrontendType.Flush:
                    await _writer.FlushAsync(cancellationToken).ConfigureAwait(false);
                    break;
                case FrontendType.CopyData or FrontendType.CopyDone or FrontendType.CopyFail:
                    // What a client still sends of a copy that has failed.
                    break;
                case FrontendType.FunctionCall:
                    throw QueryException.NotSupportedYet("function call messages");
                default:
                    throw new ProtocolException($"invalid frontend message type {message.Type}");
            }
        }
        catch (Exception error) when (error is QueryException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            Fail(error);
            _isPassingOver = !isSimple;
        }

        if (isSimple)
        {
            EndOfStatements();
            Ready();
        }
    }

    private void Fail(Exception error)
    {
        var reason = error as QueryException ?? _clock.Reason();
        _session.Transactions.Fail();
        _writer.WriteError(reason, _text);
    }

    /// <summary>Outside of a transaction a portal lives until here.</summary>
    private void EndOfStatements()
    {
        if (_session.Transaction is null)
        {
            _portals.CloseAll();
        }
    }

    private void Ready()
    {
        var (status, state) = _session.Transaction switch
        {
            null => ('I', ClientState.Idle),
            { HasFailed: true } => ('E', ClientState.IdleInFailedTransaction),
            _ => ('T', ClientState.IdleInTransaction),
        };
        _writer.Begin('Z').Byte((byte)status).End();
        _client.Rest(state);
        _isReady = true;
    }

    private static string ReadQuery(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var sql = reader.Text();
        reader.End();
        return sql;
    }

    private async ValueTask QueryAsync(string sql, CancellationToken cancellationToken)
    {
        Begin(sql);
        var statements = Session.Parse(sql);
        if (statements.Count == 0)
        {
            _writer.Message('I');
        }

        foreach (var statement in statements)
        {
            await WatchedAsync(
                async running =>
                {
                    using var result = new ResultStream(await StartAsync(statement, [], running).ConfigureAwait(false), [], _writer);
                    if (result.Schema is not null)
                    {
                        result.Describe();
                    }

                    await result.SendAsync(maxRows: 0, _status.Report, cancellationToken).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    private void Parse(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var (name, sql) = (reader.Text(), reader.Text());
        var types = ImmutableArray.CreateBuilder<DataType>();
        var oids = ImmutableArray.CreateBuilder<int>();
        for (var count = reader.Count(sizeof(int)); types.Count < count;)
        {
            var oid = reader.Int32();
            oids.Add(oid);
            types.Add(Types.WireType.Find(oid) ?? throw QueryException.NotSupportedYet($"parameters of the type with oid {oid}"));
        }

        reader.End();
        Begin(sql);
        var statements = Session.Parse(sql);
        if (statements.Count > 1)
        {
            throw new QueryException(ErrorCodes.SyntaxError, "cannot insert multiple commands into a prepared statement");
        }

        _session.Prepared.Add(new PreparedStatement(name, statements.FirstOrDefault(), types.ToImmutable()) { Text = sql, DeclaredOids = oids.ToImmutable() }, span: null);
        _writer.Message('1');
    }

    private void Bind(ReadOnlySpan<byte> payload)
    {
        Begin(_portals.Bind(payload).Prepared.Text);
        _writer.Message('2');
    }

    private async ValueTask DescribeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var (kind, name) = ReadTarget(payload.Span);
        if (kind == 'S')
        {
            var prepared = _session.Prepared.Find(name, span: null);
            Begin(prepared.Text);
            await WatchedAsync(
                running =>
                {
                    Describe(prepared, running);
                    return ValueTask.CompletedTask;
                },
                cancellationToken).ConfigureAwait(false);
            return;
        }

        if (_portals.FindCursor(name) is { } cursor)
        {
            RowSender.Describe(cursor, [], _writer);
            return;
        }

        var portal = _portals.Find(name);
        Begin(portal.Prepared.Text);
        await WatchedAsync(running => DescribeAsync(portal, running), cancellationToken).ConfigureAwait(false);
    }

    private void Describe(PreparedStatement prepared, CancellationToken cancellationToken)
    {
        var (parameters, columns) = new StatementDescriber(_session).Describe(prepared, cancellationToken);
        _writer.Begin('t').Int16(parameters.Length);
        for (var i = 0; i < parameters.Length; i++)
        {
            var isDeclared = prepared.HasType(i) && i < prepared.DeclaredOids.Length;
            _writer.Int32(isDeclared ? prepared.DeclaredOids[i] : Types.WireType.Of(parameters[i]).Oid);
        }

        _writer.End();
        if (columns is null)
        {
            _writer.Message('n');
        }
        else
        {
            RowSender.Describe(columns, [], _writer);
        }
    }

    /// <summary>A query begins to run when its portal is described: most clients ask for the rows in the same breath.</summary>
    private async ValueTask DescribeAsync(Portal portal, CancellationToken cancellationToken)
    {
        if (portal.Prepared.Statement is Ast.QueryStatement)
        {
            await StartAsync(portal, cancellationToken).ConfigureAwait(false);
            portal.Result!.Describe();
        }
        else if (new StatementDescriber(_session).Describe(portal.Prepared, cancellationToken).Columns is { } columns)
        {
            RowSender.Describe(columns, portal.Formats, _writer);
        }
        else
        {
            _writer.Message('n');
        }
    }

    private async ValueTask ExecuteAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var (name, maxRows) = ReadExecute(payload.Span);
        var portal = _portals.Find(name);
        Begin(portal.Prepared.Text);
        if (portal.Prepared.Statement is null)
        {
            _writer.Message('I');
            return;
        }

        await WatchedAsync(
            async running =>
            {
                using var link = running.UnsafeRegister(_ => portal.Cancel(), state: null);
                await StartAsync(portal, running).ConfigureAwait(false);
                await portal.Result!.SendAsync(Math.Max(maxRows, 0), _status.Report, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask StartAsync(Portal portal, CancellationToken cancellationToken)
    {
        using var link = cancellationToken.UnsafeRegister(_ => portal.Cancel(), state: null);
        portal.Result ??= new ResultStream(
            await StartAsync(portal.Prepared.Statement!, portal.Arguments, portal.CancellationToken).ConfigureAwait(false), portal.Formats, _writer);
    }

    private Task<StatementResult> StartAsync(Ast.Statement statement, ImmutableArray<Literal> arguments, CancellationToken cancellationToken) =>
        _session.ExecuteAsync(statement, arguments, cancellationToken);

    private void Close(ReadOnlySpan<byte> payload)
    {
        var (kind, name) = ReadTarget(payload);
        if (kind == 'S')
        {
            _session.Prepared.Remove(name);
        }
        else
        {
            _portals.Close(name);
        }

        _writer.Message('3');
    }

    /// <summary>Does something that may take its time, and ends it when the client goes meanwhile.</summary>
    private async ValueTask WatchedAsync(Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken)
    {
        var running = _clock.Start(TimeSetting.Parse(_session.Settings["statement_timeout"]) ?? TimeSpan.Zero);
        using var shutdown = cancellationToken.UnsafeRegister(_ => _clock.Cancel(), state: null);
        _reader.Watch(() => _clock.Cancel());
        try
        {
            await work(running).ConfigureAwait(false);
        }
        finally
        {
            _reader.StopWatching();
            _clock.Stop();
        }
    }

    private static (char Kind, string Name) ReadTarget(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var (kind, name) = ((char)reader.Byte(), reader.Text());
        reader.End();
        return kind is 'S' or 'P' ? (kind, name) : throw new QueryException(ErrorCodes.ProtocolViolation, $"invalid message subtype {(int)kind}");
    }

    private static (string Portal, int MaxRows) ReadExecute(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var execute = (reader.Text(), reader.Int32());
        reader.End();
        return execute;
    }
}
