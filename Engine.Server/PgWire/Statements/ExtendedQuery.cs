using System.Collections.Immutable;
using System.Globalization;
using Engine.Core.Errors;
using Engine.Core.Types;
using Engine.Server.PgWire.Protocol;
using Engine.Server.PgWire.Types;
using Engine.Server.Sessions;
using Ast = Engine.Parser.Ast;

namespace Engine.Server.PgWire.Statements;

/// <summary>Answers the messages of the extended protocol: Parse keeps a statement, Bind gives it values, Describe tells its rows, Execute sends some of them.</summary>
internal sealed class ExtendedQuery(Session session, Portals portals, StatementWatch watch, BackendWriter writer, ParameterStatus status)
{
    public void Parse(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var (name, sql) = (reader.Text(), reader.Text());
        var types = ImmutableArray.CreateBuilder<DataType>();
        var oids = ImmutableArray.CreateBuilder<int>();
        for (var count = reader.Count(sizeof(int)); types.Count < count;)
        {
            var oid = reader.Int32();
            oids.Add(oid);
            types.Add(WireType.Find(oid) ?? throw QueryException.NotSupportedYet($"parameters of the type with oid {oid}"));
        }

        reader.End();
        watch.Begin(sql);
        var statements = Session.Parse(sql);
        if (statements.Count > 1)
        {
            throw new QueryException(ErrorCodes.SyntaxError, "cannot insert multiple commands into a prepared statement");
        }

        session.Prepared.Add(new PreparedStatement(name, statements.FirstOrDefault(), types.ToImmutable()) { Text = sql, DeclaredOids = oids.ToImmutable() }, span: null);
        writer.Message('1');
    }

    public void Bind(ReadOnlySpan<byte> payload)
    {
        watch.Begin(portals.Bind(payload).Prepared.Text);
        writer.Message('2');
    }

    public async ValueTask DescribeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var (kind, name) = ReadTarget(payload.Span);
        if (kind == 'S')
        {
            var prepared = session.Prepared.Find(name, span: null);
            watch.Begin(prepared.Text);
            await watch.RunAsync(
                running =>
                {
                    Describe(prepared, running);
                    return ValueTask.CompletedTask;
                },
                cancellationToken).ConfigureAwait(false);
            return;
        }

        if (portals.Find(name) is not Portal portal)
        {
            DescribeRows(portals.Find(name).Describe(cancellationToken), []);
            return;
        }

        watch.Begin(portal.Prepared.Text);
        await watch.RunAsync(running => DescribeAsync(portal, running), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask ExecuteAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var (name, maxRows) = ReadExecute(payload.Span);
        if (portals.Find(name) is not Portal portal)
        {
            await ExecuteCursorAsync(name, maxRows, cancellationToken).ConfigureAwait(false);
            return;
        }

        watch.Begin(portal.Prepared.Text);
        if (portal.Prepared.Statement is null)
        {
            writer.Message('I');
            return;
        }

        await watch.RunAsync(
            async running =>
            {
                using var use = portal.Use();
                using var link = portal.Link(running);
                await StartAsync(portal, running).ConfigureAwait(false);
                await portal.Stream!.SendAsync(maxRows, status.Report, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    public void Close(ReadOnlySpan<byte> payload)
    {
        var (kind, name) = ReadTarget(payload);
        if (kind == 'S')
        {
            session.Prepared.Remove(name);
        }
        else
        {
            portals.Close(name);
        }

        writer.Message('3');
    }

    /// <summary>Outside of a transaction a portal lives until here.</summary>
    public void EndOfStatements()
    {
        if (session.Transaction is null)
        {
            portals.CloseAll();
        }
    }

    private void Describe(PreparedStatement prepared, CancellationToken cancellationToken)
    {
        var (parameters, columns) = new StatementDescriber(session).Describe(prepared, cancellationToken);
        writer.Begin('t').Int16(parameters.Length);
        for (var i = 0; i < parameters.Length; i++)
        {
            var isDeclared = prepared.HasType(i) && i < prepared.DeclaredOids.Length;
            writer.Int32(isDeclared ? prepared.DeclaredOids[i] : WireType.Of(parameters[i]).Oid);
        }

        writer.End();
        DescribeRows(columns, []);
    }

    /// <summary>A query begins to run when its portal is described: most clients ask for the rows in the same breath.</summary>
    private async ValueTask DescribeAsync(Portal portal, CancellationToken cancellationToken)
    {
        if (portal.Prepared.Statement is Ast.QueryStatement)
        {
            using var use = portal.Use();
            await StartAsync(portal, cancellationToken).ConfigureAwait(false);
            portal.Stream!.Describe();
        }
        else
        {
            DescribeRows(portal.Describe(cancellationToken), portal.Formats);
        }
    }

    private void DescribeRows(Schema? columns, ImmutableArray<short> formats)
    {
        if (columns is null)
        {
            writer.Message('n');
        }
        else
        {
            RowSender.Describe(columns, formats, writer);
        }
    }

    /// <summary>A FETCH from the portal may have started it before.</summary>
    private async ValueTask StartAsync(Portal portal, CancellationToken cancellationToken)
    {
        await portal.StartAsync(cancellationToken).ConfigureAwait(false);
        portal.Stream ??= new ResultStream(portal.Rows!, portal.Formats, writer);
    }

    /// <summary>Rows of a cursor that DECLARE made: what FETCH would give, with the answers that a portal of its query has.</summary>
    private ValueTask ExecuteCursorAsync(string name, int maxRows, CancellationToken cancellationToken)
    {
        var count = maxRows > 0 ? maxRows : (long?)null;
        var fetch = new Ast.FetchStatement(Move: false, Ast.FetchDirection.Forward, count, new Ast.Identifier(name, Quoted: true, default), default);
        watch.Begin(fetch.ToString());
        return watch.RunAsync(
            async running =>
            {
                using var rows = new ResultRows(await session.ExecuteAsync(fetch, [], running).ConfigureAwait(false));
                var sent = await new ResultStream(rows, [], writer).SendRowsAsync(long.MaxValue, cancellationToken).ConfigureAwait(false);
                if (sent == count)
                {
                    writer.Message('s');
                }
                else
                {
                    writer.Message('C', string.Create(CultureInfo.InvariantCulture, $"SELECT {sent}"));
                }
            },
            cancellationToken);
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
