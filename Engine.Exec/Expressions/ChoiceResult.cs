using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Exec.Expressions;

/// <summary>Collects, for each row of a batch, the value of the branch that was chosen for it.</summary>
internal sealed class ChoiceResult(DataType type, int rowCount, MemoryPool pool) : IDisposable
{
    private readonly ColumnBuilder _values = ColumnBuilder.Create(type, pool);
    private readonly RowIndexes _places = RowIndexes.Repeat(-1, rowCount, pool);
    private Column? _whole;

    /// <summary>Adds the values for these ascending rows; rows that are never named are NULL.</summary>
    public void Add(Column values, ReadOnlySpan<int> rows)
    {
        if (rows.Length == rowCount)
        {
            _whole = values.Retain();
            return;
        }

        for (var i = 0; i < rows.Length; i++)
        {
            _places.Span[rows[i]] = _values.Count + i;
        }

        using var flat = values.Flatten(pool);
        using var all = RowIndexes.Sequence(0, rows.Length, pool);
        _values.AppendFlat(flat, all.Span);
    }

    public Column Build()
    {
        if (_whole is not null)
        {
            return _whole.Retain();
        }

        using var values = _values.Finish();
        return values.Take(_places.Span, pool);
    }

    public void Dispose()
    {
        _values.Dispose();
        _places.Dispose();
        _whole?.Dispose();
    }
}
