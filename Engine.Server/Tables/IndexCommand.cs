using System.Collections.Immutable;
using System.Globalization;
using Engine.Catalog;
using Engine.Catalog.Memory;
using Engine.Core.Errors;
using Engine.Parser.Ast;
using Engine.Planner.Binding;
using Engine.Server.Sessions;

namespace Engine.Server.Tables;

/// <summary>CREATE INDEX and DROP INDEX. A unique index is enforced as a key is; no query runs faster by any.</summary>
internal sealed class IndexCommand(Session session)
{
    public StatementResult Execute(CreateIndexStatement create, CancellationToken cancellationToken)
    {
        var (catalog, entry, table) = Find(create.Table, cancellationToken);
        var columns = create.Columns.Select(column => NameOf(column, table)).ToImmutableArray();
        var name = create.Name?.Value ?? FreeName(catalog, entry.Schema, table, columns);
        if (IsTaken(catalog, entry.Schema, name))
        {
            return create.Mode == CreateMode.IfNotExists
                ? StatementResult.Done("CREATE INDEX")
                : throw new QueryException(ErrorCodes.DuplicateTable, $"relation \"{name}\" already exists", create.Name!.Span);
        }

        session.Names.RequireWrite(catalog, entry.Schema, $"table {table.Name}", create.Table.Span);
        Change(catalog, entry, table, table with { Indexes = table.Indexes.Add(new TableIndex(name, create.Unique, columns)) }, create.Unique, cancellationToken);
        return StatementResult.Done("CREATE INDEX");
    }

    public void Drop(DropStatement drop, QualifiedName name, CancellationToken cancellationToken)
    {
        var index = name.Last.Value;
        foreach (var (catalog, schema) in session.Names.PlacesOf(TableNames.Of(name).Schema))
        {
            if (catalog is MemoryCatalog memory && TablesOf(memory, schema).FirstOrDefault(table => table.Indexes.Any(known => known.Name == index)) is { } table)
            {
                var gone = table.Indexes.First(known => known.Name == index);
                session.Names.RequireWrite(memory, schema, $"index {index}", name.Span);
                var entry = memory.Find(schema, table.Name, cancellationToken)!;
                Change(memory, entry, table, table with { Indexes = table.Indexes.Remove(gone) }, gone.IsUnique, cancellationToken);
                return;
            }
        }

        if (!drop.IfExists)
        {
            throw new QueryException(ErrorCodes.UndefinedObject, $"index \"{name}\" does not exist", name.Span);
        }
    }

    /// <summary>The store knows unique indexes, so that the table is made anew with or without one; others are words only.</summary>
    private void Change(MemoryCatalog catalog, CatalogEntry entry, MemoryTable table, MemoryTable next, bool isEnforced, CancellationToken cancellationToken)
    {
        if (isEnforced)
        {
            new TableRebuild(session).Run(catalog, entry, table, next, TableRebuild.SameValues(table), cancellationToken);
            return;
        }

        catalog.Replace(entry.Schema, table.Name, next);
        session.Transaction?.Undo(() => catalog.Replace(entry.Schema, table.Name, table));
    }

    private (MemoryCatalog Catalog, CatalogEntry Entry, MemoryTable Table) Find(QualifiedName name, CancellationToken cancellationToken) =>
        session.Names.Locate(TableNames.Of(name), cancellationToken) switch
        {
            (MemoryCatalog catalog, TableEntry { Definition: { } table } entry) => (catalog, entry, table),
            null => throw new QueryException(
                ErrorCodes.UndefinedTable, $"relation \"{name.Plain}\" does not exist", name.Span, NearNames.Hint(name.Last.Value, session.Names.List(TableNames.Of(name).Schema).Select(entry => entry.Name))),
            (_, var entry) => throw new QueryException(ErrorCodes.WrongObjectType, $"cannot create index on relation \"{entry.Name}\"", name.Span, "Only tables in memory have indexes."),
        };

    private static string NameOf(SortItem column, MemoryTable table) => column.Value is not ColumnReference { Name: { IsSimple: true, Last: var name } }
        ? throw QueryException.NotSupportedYet("CREATE INDEX on an expression", column.Span)
        : table.PlaceOf(name.Value) is var place and >= 0
            ? table.Columns[place].Name
            : throw new QueryException(
                ErrorCodes.UndefinedColumn, $"column \"{name.Value}\" does not exist", name.Span, NearNames.Hint(name.Value, table.Columns.Select(known => known.Name)));

    private static IEnumerable<MemoryTable> TablesOf(MemoryCatalog catalog, string schema) => catalog.Objects(schema).OfType<MemoryTable>();

    private static bool IsTaken(MemoryCatalog catalog, string schema, string name) =>
        catalog.Get(schema, name) is not null || TablesOf(catalog, schema).Any(table => table.Indexes.Any(index => index.Name == name));

    /// <summary>A name made of the table's and the columns', with a number where that one is taken.</summary>
    private static string FreeName(MemoryCatalog catalog, string schema, MemoryTable table, ImmutableArray<string> columns)
    {
        var made = string.Join('_', columns.Prepend(table.Name).Append("idx"));
        return Enumerable.Range(0, int.MaxValue).Select(number => number == 0 ? made : made + number.ToString(CultureInfo.InvariantCulture)).First(name => !IsTaken(catalog, schema, name));
    }
}
