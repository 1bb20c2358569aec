using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Memory;

namespace Engine.Core.Arrow.Reading;

/// <summary>The dictionaries of a stream or file by their id.</summary>
/// <param name="pool">Holds what grows.</param>
/// <param name="load">Called for a dictionary that is not there, to set it if it can; null where all come before they are needed.</param>
internal sealed class ArrowDictionaries(MemoryPool pool, Action<long>? load = null) : IDisposable
{
    private readonly Dictionary<long, Column> _columns = [];

    public Column? Find(long id)
    {
        if (!_columns.ContainsKey(id))
        {
            load?.Invoke(id);
        }

        return _columns.GetValueOrDefault(id);
    }

    /// <summary>Takes flat values over: instead of those that are there, or behind them.</summary>
    public void Add(long id, Column values, bool isDelta)
    {
        if (!_columns.TryGetValue(id, out var before))
        {
            _columns[id] = values;
            return;
        }

        using (before)
        {
            if (!isDelta)
            {
                _columns[id] = values;
                return;
            }

            using (values)
            {
                // Batches may hold the shorter dictionary still.
                _columns.Remove(id);
                _columns[id] = Join(before, values);
            }
        }
    }

    public void Dispose()
    {
        foreach (var column in _columns.Values)
        {
            column.Dispose();
        }

        _columns.Clear();
    }

    private Column Join(Column first, Column second)
    {
        using var builder = ColumnBuilder.Create(first.Type, pool);
        AppendAll(builder, first);
        AppendAll(builder, second);
        return builder.Finish();
    }

    private void AppendAll(ColumnBuilder builder, Column column)
    {
        using var rows = new RowIndexes(column.Length, pool);
        for (var i = 0; i < rows.Count; i++)
        {
            rows.Span[i] = i;
        }

        builder.AppendFlat(column, rows.Span);
    }
}
