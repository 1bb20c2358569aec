using System.Collections.Immutable;
using Engine.Core.Memory;

namespace Engine.Core.Columns;

/// <summary>
/// Columns of equal length that travel together, with an optional selection of the rows that are in. A batch owns one reference of each column;
/// who is handed a batch disposes it.
/// </summary>
public sealed class Batch : IDisposable
{
    /// <summary>Rows that sources aim at: a few columns of them fit the L1 cache.</summary>
    public const int DefaultRowCount = 8192;

    public Batch(ImmutableArray<Column> columns, int rowCount, Selection? selection = null)
    {
        Columns = columns;
        RowCount = rowCount;
        Selection = selection;
    }

    public ImmutableArray<Column> Columns { get; }

    /// <summary>Rows of every column, whether selected or not.</summary>
    public int RowCount { get; }

    public Selection? Selection { get; }

    /// <summary>Rows that are in.</summary>
    public int SelectedCount => Selection?.Count ?? RowCount;

    public Column this[int column] => Columns[column];

    /// <summary>A batch of the selected rows alone; this batch is used up.</summary>
    public Batch Compact(MemoryPool pool)
    {
        if (Selection is null)
        {
            return this;
        }

        using (this)
        {
            return new Batch(TakeColumns(Selection.Rows, pool), Selection.Count);
        }
    }

    /// <summary>Rows of this batch, which has no selection, as another batch that shares its buffers.</summary>
    public Batch Slice(int offset, int length, MemoryPool pool) =>
        new([.. Columns.Select(column => column.Slice(offset, length, pool))], length);

    /// <summary>The rows at the given places, in that order, of every column.</summary>
    public ImmutableArray<Column> TakeColumns(ReadOnlySpan<int> rows, MemoryPool pool)
    {
        var columns = ImmutableArray.CreateBuilder<Column>(Columns.Length);
        foreach (var column in Columns)
        {
            columns.Add(column.Take(rows, pool));
        }

        return columns.MoveToImmutable();
    }

    public void Dispose()
    {
        foreach (var column in Columns)
        {
            column.Dispose();
        }

        Selection?.Dispose();
    }
}
