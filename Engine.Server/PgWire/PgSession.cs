using Engine.Core.Errors;
using Engine.Server.PgWire.Protocol;
using Engine.Server.PgWire.Statements;
using Engine.Server.Sessions;

namespace Engine.Server.PgWire;

/// <summary>
/// Reads the messages of a client that is let in (PostgreSQL manual, "Message Flow") and sees to it that each is answered: simple queries, and the extended
/// protocol, in which an error makes it pass over everything up to the next Sync.
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
    private readonly StatementWatch _watch;
    private readonly Portals _portals;
    private readonly SimpleQuery _simple;
    private readonly ExtendedQuery _extended;
    private bool _isPassingOver;

    /// <summary>Whether the client knows that it is its turn.</summary>
    private bool _isReady;

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
        _watch = new StatementWatch(client, reader, clock);
        _portals = new Portals(_session);
        _simple = new SimpleQuery(_portals, _watch, writer, _status);
        _extended = new ExtendedQuery(_session, _portals, _watch, writer, _status);
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

    private async ValueTask AnswerAsync(FrontendMessage message, CancellationToken cancellationToken)
    {
        if (message.Type == FrontendType.Sync)
        {
            _isPassingOver = false;
            _extended.EndOfStatements();
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
                    await _simple.RunAsync(message.Payload, cancellationToken).ConfigureAwait(false);
                    break;
                case FrontendType.Parse:
                    _extended.Parse(message.Payload.Span);
                    break;
                case FrontendType.Bind:
                    _extended.Bind(message.Payload.Span);
                    break;
                case FrontendType.Describe:
                    await _extended.DescribeAsync(message.Payload, cancellationToken).ConfigureAwait(false);
                    break;
                case FrontendType.Execute:
                    await _extended.ExecuteAsync(message.Payload, cancellationToken).ConfigureAwait(false);
                    break;
                case FrontendType.Close:
                    _extended.Close(message.Payload.Span);
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
            _extended.EndOfStatements();
            Ready();
        }
    }

    private void Fail(Exception error)
    {
        var reason = error as QueryException ?? _clock.Reason();
        _session.Transactions.Fail();
        _writer.WriteError(reason, _watch.Text);
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
}
