using System.Collections.Immutable;
using System.Globalization;
using Engine.Core.Columns;
using Engine.Core.Types;
using Engine.Server.PgWire.Protocol;
using Engine.Server.Sessions;

namespace Engine.Server.PgWire.Statements;

/// <summary>Sends a statement's result, all of it or so many rows at a time, as fast as the client reads.</summary>
internal sealed class ResultStream(StatementResult result, ImmutableArray<short> formats, BackendWriter writer) : IDisposable
{
    private const string WarningState = "01000";
    private const int MaxShownErrors = 3;

    private readonly RowSender? _rows = result.Schema is { } schema && result.Format is null ? new RowSender(schema, formats, writer) : null;
    private Batch? _batch;
    private int _nextRow;

    public Schema? Schema => result.Format is null ? result.Schema : null;

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
    /// <param name="cancellationToken">The connection ends. A statement that is cancelled ends between messages: half of one could not be taken back.</param>
    /// <returns>Whether the result is at its end.</returns>
    public async ValueTask<bool> SendAsync(int maxRows, Action beforeEnd, CancellationToken cancellationToken)
    {
        if (result.Format is not null)
        {
            await new CopySender(result, writer).SendAsync(cancellationToken).ConfigureAwait(false);
        }

        var sent = 0L;
        while (_rows is not null && await FillAsync().ConfigureAwait(false))
        {
            while (_nextRow < _batch!.RowCount)
            {
                if (maxRows > 0 && sent == maxRows)
                {
                    writer.Message('s');
                    return false;
                }

                _rows.Write(_batch, _nextRow++);
                sent++;
                if (writer.IsFull)
                {
                    await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }

        WriteWarnings();
        beforeEnd();
        writer.Message('C', Tag(sent));
        return true;
    }

    public void Dispose()
    {
        _batch?.Dispose();
        result.Dispose();
    }

    /// <summary>Whether there is a row to send.</summary>
    private async ValueTask<bool> FillAsync()
    {
        while (_batch is null || _nextRow == _batch.RowCount)
        {
            _batch?.Dispose();
            _batch = null;
            _nextRow = 0;
            if (await result.NextAsync().ConfigureAwait(false) is not { } batch)
            {
                return false;
            }

            _batch = batch;
            writer.Bytes.Zone = result.TimeZone;
            writer.Bytes.Objects = result.Objects;
        }

        return true;
    }

    /// <summary>SELECT and what else gives rows says how many; SHOW and EXPLAIN do not.</summary>
    private string Tag(long sent) => _rows is null || result.RowCount is not null || result.Tag is "SHOW" or "EXPLAIN" or "DESCRIBE" or "SUMMARIZE"
        ? result.Tag
        : string.Create(CultureInfo.InvariantCulture, $"{result.Tag} {sent}");

    private void WriteWarnings()
    {
        foreach (var notice in result.Notices)
        {
            writer.WriteNotice(notice.SqlState, notice.Message);
        }

        if (result.RowErrors is { Count: > 0 } errors)
        {
            writer.WriteWarning(WarningState, errors.Summary, string.Join('\n', errors.First.Take(MaxShownErrors)));
        }
    }
}
