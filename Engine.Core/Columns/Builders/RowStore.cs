using System.Collections.Immutable;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Core.Columns.Builders;

/// <summary>Rows collected column by column, copied so that no source batch stays alive: what breakers keep.</summary>
public sealed class RowStore : IDisposable
{
    private readonly ImmutableArray<ColumnBuilder> _builders;

    public RowStore(IEnumerable<DataType> types, MemoryPool pool)
    {
        Pool = pool;
        _builders = [.. types.Select(type => ColumnBuilder.Create(type, pool))];
    }

    public int Count { get; private set; }

    public int ColumnCount => _builders.Length;

    public MemoryPool Pool { get; }

    /// <summary>Appends all rows of columns, which the caller keeps.</summary>
    public void Append(ReadOnlySpan<Column> columns, int rowCount)
    {
        using var rows = RowIndexes.Sequence(0, rowCount, Pool);
        Append(columns, rows.Span);
    }

    /// <summary>Appends the given rows of columns, which the caller keeps.</summary>
    public void Append(ReadOnlySpan<Column> columns, ReadOnlySpan<int> rows)
    {
        Count = checked(Count + rows.Length);
        for (var i = 0; i < columns.Length; i++)
        {
            _builders[i].Append(columns[i], rows);
        }
    }

    /// <summary>The columns of all rows; the store is empty again.</summary>
    public ImmutableArray<Column> Finish()
    {
        Count = 0;
        return [.. _builders.Select(builder => builder.Finish())];
    }

    public void Dispose()
    {
        foreach (var builder in _builders)
        {
            builder.Dispose();
        }
    }
}
