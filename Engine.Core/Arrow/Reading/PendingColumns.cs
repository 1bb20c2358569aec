using System.Collections.Immutable;
using Engine.Core.Columns;

namespace Engine.Core.Arrow.Reading;

/// <summary>Columns on their way into something that takes them over; given back when it does not come to that.</summary>
internal sealed class PendingColumns : IDisposable
{
    private readonly List<Column> _columns = [];

    public int Count => _columns.Count;

    public Column this[int index] => _columns[index];

    public void Add(Column column) => _columns.Add(column);

    public ImmutableArray<Column> Take()
    {
        ImmutableArray<Column> taken = [.. _columns];
        _columns.Clear();
        return taken;
    }

    public void Dispose() => _columns.ForEach(column => column.Dispose());
}
