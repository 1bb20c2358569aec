using System.Collections.Immutable;
using Engine.Catalog;
using Engine.Catalog.Memory;
using Engine.Core.Types;
using Engine.Parser;
using Engine.Parser.Ast;
using Engine.Planner;
using Engine.Server.Sessions;

namespace Engine.Server.Tables;

/// <summary>Puts another table in a table's place: its columns are computed by SQL over the old ones, and its constraints hold for all rows.</summary>
internal sealed class TableRebuild(Session session)
{
    /// <summary>The columns as they are, in SQL.</summary>
    public static ImmutableArray<string> SameValues(MemoryTable table) => [.. table.Columns.Select(column => Field.Quote(column.Name))];

    /// <param name="catalog">Where the table is.</param>
    /// <param name="entry">The table.</param>
    /// <param name="table">What it is.</param>
    /// <param name="next">What it becomes.</param>
    /// <param name="values">SQL over the old columns, one for each new one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Core.Errors.QueryException">A row does not fit; nothing has changed then.</exception>
    public void Run(MemoryCatalog catalog, CatalogEntry entry, MemoryTable table, MemoryTable next, ImmutableArray<string> values, CancellationToken cancellationToken)
    {
        var tables = catalog.Tables;
        var query = ((QueryStatement)SqlParser.ParseStatement(
            $"SELECT {string.Join(", ", values)} FROM {Field.Quote(catalog.Name)}.{Field.Quote(entry.Schema)}.{Field.Quote(table.Name)}")).Query;
        using var rows = new WrittenRows(next, tables);
        using (var result = session.Run("ALTER TABLE", session.Plan(context => Binder.BindChecked(query, next, context), cancellationToken), cancellationToken))
        {
            rows.TakeAll(result);
        }

        next = next with { Table = tables.Create(next.Schema, next.UniqueKeys) };
        try
        {
            tables.Append(next.Table, rows.Release());
        }
        catch
        {
            tables.Drop(next.Table);
            throw;
        }

        session.Remove(catalog, entry.Schema, table.Name);
        catalog.TryAdd(entry.Schema, next);
        session.Transaction?.Undo(() => catalog.Remove(entry.Schema, next.Name));
    }
}
