using Engine.Server.PgWire.Protocol;
using Engine.Server.Sessions;

namespace Engine.Server.PgWire.Statements;

/// <summary>Answers Query messages: a text of any number of statements, each with all of its rows in text form.</summary>
internal sealed class SimpleQuery(Portals portals, StatementWatch watch, BackendWriter writer, ParameterStatus status)
{
    public async ValueTask RunAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var sql = Read(payload.Span);
        watch.Begin(sql);
        var statements = Session.Parse(sql);
        if (statements.Count == 0)
        {
            writer.Message('I');
        }

        foreach (var statement in statements)
        {
            await watch.RunAsync(
                async running =>
                {
                    using var rows = new ResultRows(await portals.ExecuteAsync(statement, running).ConfigureAwait(false));
                    var result = new ResultStream(rows, [], writer);
                    if (result.Schema is not null)
                    {
                        result.Describe();
                    }

                    await result.SendAsync(maxRows: 0, status.Report, cancellationToken).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var sql = reader.Text();
        reader.End();
        return sql;
    }
}
