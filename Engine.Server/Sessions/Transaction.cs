using Engine.Catalog.Memory;
using Engine.Core.Columns;
using Engine.Core.Connectors;

namespace Engine.Server.Sessions;

/// <summary>What a session has changed in memory since BEGIN, so that ROLLBACK can take it back. Other sessions see each statement's changes at once.</summary>
internal sealed class Transaction(IMemoryTables tables) : IDisposable
{
    private readonly Stack<Action> _undo = [];
    private readonly List<Action> _atCommit = [];
    private readonly Dictionary<long, IReadOnlyList<Batch>> _before = [];

    /// <summary>Keeps a table's rows as they are before the first change.</summary>
    public void Remember(MemoryTable table)
    {
        if (!_before.ContainsKey(table.Table))
        {
            _before[table.Table] = tables.Snapshot(table.Table);
            _undo.Push(() =>
            {
                if (_before.Remove(table.Table, out var rows))
                {
                    tables.Overwrite(table.Table, rows);
                }
            });
        }
    }

    /// <summary>What takes back the change just made.</summary>
    public void Undo(Action action) => _undo.Push(action);

    /// <summary>What can be done only when the changes stay.</summary>
    public void AtCommit(Action action) => _atCommit.Add(action);

    public void Commit() => _atCommit.ForEach(action => action());

    public void Rollback()
    {
        while (_undo.TryPop(out var action))
        {
            action();
        }
    }

    public void Dispose()
    {
        foreach (var batch in _before.Values.SelectMany(rows => rows))
        {
            batch.Dispose();
        }

        _before.Clear();
    }
}
