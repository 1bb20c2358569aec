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
    private readonly Session _session;
    private readonly FrontendReader _reader;
    private readonly BackendWriter _writer;
    private readonly StatementClock _clock;
    private readonly ParameterStatus _status;
    private readonly Portals _portals;
    private bool _isPassingOver;

    /// <summary>The text that the places of errors are in.</summary>
    private string? _text;

    public PgSession(Session session, FrontendReader reader, BackendWriter writer, StatementClock clock)
    {
        _session = session;
        _reader = reader;
        _writer = writer;
        _clock = clock;
        _status = new ParameterStatus(session, writer);
        _portals = new Portals(session);
    }

    /// <summary>Says that the client is welcome and what it has to know.</summary>
    /// <param name="processId">What a request to cancel names the session by.</param>
    /// <param name="secret">What proves that the request is the client's.</param>
    public void Welcome(int processId, ReadOnlySpan<byte> secret)
    {
        _status.Report();
        _writer.Begin('K').Int32(processId).Raw(secret).End();
        Ready();
    }

    /// <summary>Answers until the client goes.</summary>
    /// <param name="cancellationToken">Ends it when the server shuts down.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (!_reader.HasInput)
            {
                await _writer.FlushAsync(cancellationToken).ConfigureAwait(false);
            }

            if (await _reader.ReadAsync(FrontendReader.MaxLength, cancellationToken).ConfigureAwait(false) is not { } message || message.Type == FrontendType.Terminate)
            {
                return;
            }

            await AnswerAsync(message, cancellationToken).ConfigureAwait(false);
            if (_writer.IsFull)
            {
                await _writer.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public void Dispose()
    {
        _portals.Dispose();
        _session.Dispose();
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
        var status = _session.Transaction switch { null => 'I', { HasFailed: true } => 'E', _ => 'T' };
        _writer.Begin('Z').Byte((byte)status).End();
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
        _text = sql;
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
        _text = sql;
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
        _text = _portals.Bind(payload).Prepared.Text;
        _writer.Message('2');
    }

    private async ValueTask DescribeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var (kind, name) = ReadTarget(payload.Span);
        if (kind == 'S')
        {
            var prepared = _session.Prepared.Find(name, span: null);
            _text = prepared.Text;
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
        _text = portal.Prepared.Text;
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
        _text = portal.Prepared.Text;
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

    /// <summary>Statements may take long before they give a result, and do not wait for anything that others of the thread pool's work would give.</summary>
    private Task<StatementResult> StartAsync(Ast.Statement statement, ImmutableArray<Literal> arguments, CancellationToken cancellationToken) =>
        Task.Run(() => _session.Execute(statement, cancellationToken, arguments), CancellationToken.None);

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
        var running = _clock.Start(StatementClock.Parse(_session.Settings["statement_timeout"]) ?? TimeSpan.Zero);
        using var shutdown = cancellationToken.UnsafeRegister(_ => _clock.Cancel(), state: null);
        var watch = CancelWhenGoneAsync();
        try
        {
            await work(running).ConfigureAwait(false);
        }
        finally
        {
            _clock.Stop();
        }

        async Task CancelWhenGoneAsync()
        {
            if (await _reader.HasGoneAsync().ConfigureAwait(false))
            {
                _clock.Cancel();
            }
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
