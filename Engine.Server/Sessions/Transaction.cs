using Engine.Catalog.Memory;
using Engine.Core.Columns;
using Engine.Core.Connectors;

namespace Engine.Server.Sessions;

/// <summary>
/// What a session has changed in memory since BEGIN, so that ROLLBACK can take it back, all of it or down to a savepoint. Other sessions see each
/// statement's changes at once.
/// </summary>
internal sealed class Transaction(IMemoryTables tables) : IDisposable
{
    private readonly List<Level> _levels = [new Level(Savepoint: null)];
    private readonly List<Rows> _kept = [];

    /// <summary>Whether a statement has failed: only ROLLBACK is left then.</summary>
    public bool HasFailed { get; set; }

    private Level Last => _levels[^1];

    /// <summary>Keeps a table's rows as they are before the first change.</summary>
    public void Remember(MemoryTable table)
    {
        if (Last.Remembered.Add(table.Table))
        {
            var rows = new Rows(tables.Snapshot(table.Table));
            _kept.Add(rows);
            Last.Undo.Push(() => tables.Overwrite(table.Table, rows.Take()));
        }
    }

    /// <summary>What takes back the change just made.</summary>
    public void Undo(Action action) => Last.Undo.Push(action);

    /// <summary>What can be done only when the changes stay.</summary>
    public void AtCommit(Action action) => Last.AtCommit.Add(action);

    public void Commit()
    {
        foreach (var action in _levels.SelectMany(level => level.AtCommit).ToList())
        {
            action();
        }
    }

    public void Rollback()
    {
        for (var level = _levels.Count - 1; level >= 0; level--)
        {
            Take(_levels[level]);
        }
    }

    public void Save(string savepoint) => _levels.Add(new Level(savepoint));

    /// <summary>Takes back what was changed since the savepoint, which stays; false when there is none of that name.</summary>
    public bool RollbackTo(string savepoint)
    {
        var place = PlaceOf(savepoint);
        if (place < 0)
        {
            return false;
        }

        for (var level = _levels.Count - 1; level >= place; level--)
        {
            Take(_levels[level]);
        }

        _levels.RemoveRange(place, _levels.Count - place);
        Save(savepoint);
        HasFailed = false;
        return true;
    }

    /// <summary>Forgets a savepoint and those behind it, not the changes; false when there is none of that name.</summary>
    public bool Release(string savepoint)
    {
        var place = PlaceOf(savepoint);
        if (place < 0)
        {
            return false;
        }

        foreach (var level in _levels.Skip(place).ToList())
        {
            foreach (var action in level.Undo.Reverse())
            {
                _levels[place - 1].Undo.Push(action);
            }

            _levels[place - 1].AtCommit.AddRange(level.AtCommit);
        }

        _levels.RemoveRange(place, _levels.Count - place);
        return true;
    }

    public void Dispose() => _kept.ForEach(rows => rows.Dispose());

    private static void Take(Level level)
    {
        while (level.Undo.TryPop(out var action))
        {
            action();
        }
    }

    private int PlaceOf(string savepoint) => _levels.FindLastIndex(level => level.Savepoint == savepoint);

    /// <summary>The changes since a savepoint, or since BEGIN.</summary>
    private sealed record Level(string? Savepoint)
    {
        public Stack<Action> Undo { get; } = [];

        public List<Action> AtCommit { get; } = [];

        public HashSet<long> Remembered { get; } = [];
    }

    /// <summary>A table's rows, which may be put back once.</summary>
    private sealed class Rows(IReadOnlyList<Batch> batches) : IDisposable
    {
        private IReadOnlyList<Batch> _batches = batches;

        public IReadOnlyList<Batch> Take()
        {
            var taken = _batches;
            _batches = [];
            return taken;
        }

        public void Dispose()
        {
            foreach (var batch in Take())
            {
                batch.Dispose();
            }
        }
    }
}
