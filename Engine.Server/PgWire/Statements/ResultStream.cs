using System.Collections.Immutable;
using System.Globalization;
using Engine.Core.Types;
using Engine.Server.PgWire.Protocol;
using Engine.Server.Sessions;

namespace Engine.Server.PgWire.Statements;

/// <summary>Sends a statement's result, all of it or so many rows at a time, as fast as the client reads.</summary>
/// <param name="rows">What is sent; stays the caller's.</param>
/// <param name="formats">How the client wants the columns, see <see cref="RowSender"/>.</param>
/// <param name="writer">Where to.</param>
internal sealed class ResultStream(ResultRows rows, ImmutableArray<short> formats, BackendWriter writer)
{
    private const string WarningState = "01000";
    private const int MaxShownErrors = 3;

    private readonly RowSender? _sender = rows.Result.Schema is { } schema && rows.Result.Format is null ? new RowSender(schema, formats, writer) : null;

    public Schema? Schema => Result.Format is null ? Result.Schema : null;

    private StatementResult Result => rows.Result;

    /// <summary>Sends the description of the rows, or word that there are none.</summary>
    public void Describe()
    {
        if (Schema is { } schema)
        {
            RowSender.Describe(schema, formats, writer);
        }
        else
        {
            writer.Message('n');
        }
    }

    /// <summary>Sends rows; and at their end, or when they were enough, word of it.</summary>
    /// <param name="maxRows">0 for all.</param>
    /// <param name="beforeEnd">What is to be sent before word of the end.</param>
    /// <param name="cancellationToken">The connection ends.</param>
    public async ValueTask SendAsync(int maxRows, Action beforeEnd, CancellationToken cancellationToken)
    {
        if (Result.Format is not null)
        {
            await new CopySender(rows, writer).SendAsync(cancellationToken).ConfigureAwait(false);
        }

        var sent = await SendRowsAsync(maxRows > 0 ? maxRows : long.MaxValue, cancellationToken).ConfigureAwait(false);
        if (_sender is not null && sent == maxRows && maxRows > 0 && await rows.FindAsync().ConfigureAwait(false))
        {
            writer.Message('s');
            return;
        }

        WriteWarnings();
        beforeEnd();
        writer.Message('C', Tag(sent));
    }

    /// <summary>Sends so many rows, or as many as there are, and no word of the end; how many there were.</summary>
    public async ValueTask<long> SendRowsAsync(long count, CancellationToken cancellationToken)
    {
        var sent = 0L;
        while (_sender is not null && sent < count && await rows.FindAsync().ConfigureAwait(false))
        {
            writer.Bytes.Zone = Result.TimeZone;
            writer.Bytes.Objects = Result.Objects;
            for (var end = sent + Math.Min(rows.Left, count - sent); sent < end; sent++)
            {
                _sender.Write(rows.Batch, rows.Row);
                rows.Pass(1);
                if (writer.IsFull)
                {
                    await writer.FlushAsync(rows.GiveUp, Result.CancellationToken, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        return sent;
    }

    /// <summary>SELECT and what else gives rows says how many; SHOW and EXPLAIN do not.</summary>
    private string Tag(long sent) => _sender is null || Result.RowCount is not null || Result.Tag is "SHOW" or "EXPLAIN" or "DESCRIBE" or "SUMMARIZE"
        ? Result.Tag
        : string.Create(CultureInfo.InvariantCulture, $"{Result.Tag} {sent}");

    private void WriteWarnings()
    {
        foreach (var notice in Result.Notices)
        {
            writer.WriteNotice(notice.SqlState, notice.Message);
        }

        if (Result.RowErrors is { Count: > 0 } errors)
        {
            writer.WriteWarning(WarningState, errors.Summary, string.Join('\n', errors.First.Take(MaxShownErrors)));
        }
    }
}
