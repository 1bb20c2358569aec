using System.Collections.Immutable;
using Engine.Catalog.Memory;
using Engine.Core.Connectors;
using Engine.Core.Types;
using Engine.Planner.Binding;
using Engine.Planner.Logical;
using Engine.Server.Tables;

namespace Engine.Server.Sessions;

/// <summary>Rows that were read and are kept in memory, for cursors.</summary>
internal sealed class StoredRows : IDisposable
{
    private readonly IMemoryTables _tables;
    private readonly long _table;

    private StoredRows(Schema columns, WrittenRows rows, IMemoryTables tables)
    {
        (Columns, Count, _tables) = (columns, rows.Count, tables);
        _table = tables.Create(columns);
        tables.Append(_table, rows.Release());
    }

    public Schema Columns { get; }

    public long Count { get; }

    /// <param name="columns">Of the rows.</param>
    /// <param name="tables">Where they are kept.</param>
    /// <param name="write">Hands over the rows.</param>
    public static StoredRows Take(Schema columns, IMemoryTables tables, Action<WrittenRows> write)
    {
        ImmutableArray<TableColumn> taken = [.. columns.Select((field, i) => new TableColumn($"column{i + 1}", field.Type))];
        using var rows = new WrittenRows(new MemoryTable("cursor", taken, [], Table: 0), tables);
        write(rows);
        return new StoredRows(columns, rows, tables);
    }

    /// <summary>So many rows from a place on, in their order or the other way round.</summary>
    public LogicalNode Read(long first, long count, bool isBackward, BindingContext context)
    {
        // Opened as a table it has the place of each row behind its own columns.
        var source = _tables.Open("cursor", Columns, _table);
        ImmutableArray<LogicalColumn> columns = [.. source.Schema.Select(field => context.NewColumn(field.Name, field.Type))];
        LogicalNode rows = new LogicalLimit(new LogicalScan(source, columns, [.. Enumerable.Range(0, columns.Length)], [], Limit: null), first, count);
        if (isBackward)
        {
            rows = new LogicalSort(rows, [new SortKey(columns[^1].Reference(), IsDescending: true, NullsFirst: false)]);
        }

        return new LogicalProject(rows, [.. columns[..^1].Select(Projection.Keep)]);
    }

    public void Dispose() => _tables.Drop(_table);
}
