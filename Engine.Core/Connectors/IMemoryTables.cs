using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Core.Connectors;

/// <summary>Keeps the rows of tables in memory, by number. Readers see a table as it was when they opened it.</summary>
public interface IMemoryTables
{
    /// <summary>Where rows that are to be kept are allocated.</summary>
    MemoryPool Pool { get; }

    /// <summary>A table without rows.</summary>
    /// <param name="columns">Its columns.</param>
    /// <param name="keys">What tells its rows apart.</param>
    /// <returns>Its number.</returns>
    long Create(Schema columns, params IReadOnlyList<UniqueKey> keys);

    /// <summary>The table as it is now.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="columns">Its columns by the names that they have now.</param>
    /// <param name="table">Its number.</param>
    MemoryTableSource Open(string name, Schema columns, long table);

    /// <summary>Adds rows, all at once; the store owns the batches, which are flat and allocated from <see cref="Pool"/>.</summary>
    /// <exception cref="Errors.QueryException">23505 when a row has the key of another one; nothing is added then.</exception>
    void Append(long table, IReadOnlyList<Batch> rows);

    /// <summary>Takes rows out and puts others at the end, all at once.</summary>
    /// <param name="seen">The table as it was when the rows were chosen.</param>
    /// <param name="without">The rows that go, by their ids.</param>
    /// <param name="rows">As for <see cref="Append"/>.</param>
    /// <exception cref="Errors.QueryException">40001 when another statement has changed the table since; 23505 as for <see cref="Append"/>.</exception>
    void Replace(MemoryTableSource seen, IReadOnlySet<long> without, IReadOnlyList<Batch> rows);

    /// <summary>Takes all rows out and puts others in their place, all at once.</summary>
    void Overwrite(long table, IReadOnlyList<Batch> rows);

    /// <summary>The rows as they are, to be put back by <see cref="Overwrite"/>; the caller owns the batches, which share the table's buffers.</summary>
    IReadOnlyList<Batch> Snapshot(long table);

    /// <summary>Gives a table's rows back.</summary>
    void Drop(long table);
}

/// <summary>Columns whose values no two rows have the same of; a row with a NULL among them is like no other.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Columns">Places of columns.</param>
public sealed record UniqueKey(string Name, ImmutableArray<int> Columns);
