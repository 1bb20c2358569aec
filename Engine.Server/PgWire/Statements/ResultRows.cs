using Engine.Core.Columns;
using Engine.Server.Sessions;
using Engine.Server.Tables;

namespace Engine.Server.PgWire.Statements;

/// <summary>The rows of a statement from the first to the last, as Execute messages and FETCH take them in turn.</summary>
internal sealed class ResultRows(StatementResult result) : IDisposable
{
    private Batch? _batch;

    public StatementResult Result => result;

    /// <summary>Where the next row is, when <see cref="FindAsync"/> has found one; without a selection.</summary>
    public Batch Batch => _batch!;

    /// <summary>The next row's place in <see cref="Batch"/>.</summary>
    public int Row { get; private set; }

    /// <summary>How many rows of <see cref="Batch"/> are still to come.</summary>
    public int Left => _batch is null ? 0 : _batch.RowCount - Row;

    /// <summary>How many rows were taken.</summary>
    public long Position { get; private set; }

    /// <summary>Whether more rows were wanted than there are.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Whether there is a next row.</summary>
    public async ValueTask<bool> FindAsync()
    {
        while (Left == 0 && !IsAtEnd)
        {
            Put(await result.NextAsync().ConfigureAwait(false));
        }

        return !IsAtEnd;
    }

    /// <summary>The rows in <see cref="Batch"/> are taken.</summary>
    public void Pass(int count)
    {
        Row += count;
        Position += count;
    }

    /// <summary>Takes so many rows, or as many as there are, and waits for them.</summary>
    /// <param name="count">How many.</param>
    /// <param name="rows">Where they are kept; null when nobody wants them.</param>
    /// <returns>How many there were.</returns>
    public long Take(long count, WrittenRows? rows)
    {
        var taken = 0L;
        while (taken < count && Find())
        {
            var part = (int)Math.Min(Left, count - taken);
            rows?.Take(Batch.Slice(Row, part, result.Context!.Pool));
            Pass(part);
            taken += part;
        }

        return taken;
    }

    public void Dispose()
    {
        _batch?.Dispose();
        result.Dispose();
    }

    private bool Find()
    {
        while (Left == 0 && !IsAtEnd)
        {
            Put(result.Next());
        }

        return !IsAtEnd;
    }

    private void Put(Batch? batch)
    {
        _batch?.Dispose();
        (_batch, Row, IsAtEnd) = (batch, 0, batch is null);
    }
}
