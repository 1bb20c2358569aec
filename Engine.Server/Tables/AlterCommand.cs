using System.Collections.Immutable;
using Engine.Catalog;
using Engine.Catalog.Memory;
using Engine.Core.Errors;
using Engine.Parser;
using Engine.Parser.Ast;
using Engine.Planner;
using Engine.Planner.Binding;
using Engine.Server.Sessions;

namespace Engine.Server.Tables;

/// <summary>ALTER TABLE of a table in memory. Changes of its columns make a new table of a query over the old one.</summary>
internal sealed class AlterCommand(Session session)
{
    private readonly TableRebuild _rebuild = new(session);

    public StatementResult Execute(AlterStatement alter, CancellationToken cancellationToken)
    {
        if (alter.Kind is not (ObjectKind.Table or ObjectKind.View))
        {
            throw QueryException.NotSupportedYet($"ALTER {alter.Kind.ToString().ToUpperInvariant()}", alter.Span);
        }

        foreach (var action in alter.Actions)
        {
            if (session.Names.Locate(TableNames.Of(alter.Name), cancellationToken) is not { } found)
            {
                return alter.IfExists ? StatementResult.Done("ALTER TABLE") : throw new QueryException(
                    ErrorCodes.UndefinedTable, $"relation \"{alter.Name.Plain}\" does not exist", alter.Name.Span);
            }

            if (found.Catalog is not MemoryCatalog memory)
            {
                throw new QueryException(ErrorCodes.WrongObjectType, $"\"{found.Entry.Name}\" is declared in the catalog {found.Catalog.Name} and cannot be altered", alter.Name.Span);
            }

            session.Names.RequireWrite(memory, found.Entry.Schema, $"table {found.Entry.Name}", alter.Name.Span);
            Apply(action, memory, found.Entry, cancellationToken);
        }

        return StatementResult.Done(alter.Kind == ObjectKind.View ? "ALTER VIEW" : "ALTER TABLE");
    }

    private void Apply(AlterAction action, MemoryCatalog catalog, CatalogEntry entry, CancellationToken cancellationToken)
    {
        if (action is RenameAction rename)
        {
            Rename(catalog, entry, rename.NewName);
            return;
        }

        if (entry is not TableEntry { Definition: { } table })
        {
            throw new QueryException(ErrorCodes.WrongObjectType, $"\"{entry.Name}\" is not a table", action.Span);
        }

        switch (action)
        {
            case AddColumnAction add:
                if (table.Columns.Any(column => column.Name == add.Column.Name.Value))
                {
                    if (!add.IfNotExists)
                    {
                        throw Twice(add.Column.Name, table);
                    }

                    return;
                }

                var added = Binder.BindColumn(add.Column, session.NewBindingContext(cancellationToken));
                var value = added.Default is { } sql ? $"CAST({sql} AS {added.Type})" : $"CAST(NULL AS {added.Type})";
                var wider = Binder.BindConstraints(table with { Columns = table.Columns.Add(added) }, entry.Schema, add.Column, session.NewBindingContext(cancellationToken));
                _rebuild.Run(catalog, entry, table, wider, [.. TableRebuild.SameValues(table), value], cancellationToken);
                break;
            case AddConstraintAction add:
                var stricter = Binder.BindConstraint(table, entry.Schema, add.Constraint, session.NewBindingContext(cancellationToken));
                _rebuild.Run(catalog, entry, table, stricter, TableRebuild.SameValues(table), cancellationToken);
                break;
            case DropConstraintAction drop:
                DropConstraint(catalog, entry, table, drop, cancellationToken);
                break;
            case DropColumnAction drop:
                var place = drop.IfExists && !table.Columns.Any(column => Matches(drop.Column, column)) ? -1 : PlaceOf(drop.Column, table);
                if (place >= 0)
                {
                    // A constraint goes with any of its columns.
                    var gone = table.Columns[place].Name;
                    var kept = table with
                    {
                        Columns = table.Columns.RemoveAt(place),
                        Keys = [.. table.Keys.Where(key => !key.Columns.Contains(gone))],
                        Checks = [.. table.Checks.Where(check => !check.Columns.Contains(gone))],
                        ForeignKeys = [.. table.ForeignKeys.Where(key => !key.Columns.Contains(gone))],
                        Indexes = [.. table.Indexes.Where(index => !index.Columns.Contains(gone))],
                    };
                    _rebuild.Run(catalog, entry, table, kept, TableRebuild.SameValues(kept), cancellationToken);
                }

                break;
            case RenameColumnAction renameColumn:
                var renamed = PlaceOf(renameColumn.Column, table);
                if (table.Columns.Any(column => column.Name == renameColumn.NewName.Value))
                {
                    throw Twice(renameColumn.NewName, table);
                }

                if (table.Checks.FirstOrDefault(check => check.Columns.Contains(table.Columns[renamed].Name)) is { } checkedBy)
                {
                    throw QueryException.NotSupportedYet($"RENAME COLUMN of a column that CHECK constraint \"{checkedBy.Name}\" names", renameColumn.Span);
                }

                Rename(catalog, entry, table, renamed, renameColumn.NewName.Value, cancellationToken);
                break;
            case AlterColumnTypeAction retype:
                var changed = PlaceOf(retype.Column, table);
                var type = SqlUnparser.Unparse(retype.Type);
                var source = retype.Using is null ? Quoted(table.Columns[changed]) : SqlUnparser.Unparse(retype.Using);
                var definition = Binder.BindColumn(new ColumnDefinition(retype.Column, retype.Type, [], retype.Span), session.NewBindingContext(cancellationToken));
                _rebuild.Run(
                    catalog,
                    entry,
                    table,
                    table with { Columns = table.Columns.SetItem(changed, table.Columns[changed] with { Type = definition.Type, MaxLength = definition.MaxLength, Precision = definition.Precision }) },
                    [.. table.Columns.Select((column, i) => i == changed ? $"CAST({source} AS {type})" : Quoted(column))],
                    cancellationToken);
                break;
            case AlterColumnDefaultAction setDefault:
                var defaulted = PlaceOf(setDefault.Column, table);
                Change(catalog, entry, table, table.Columns.SetItem(defaulted, table.Columns[defaulted] with { Default = setDefault.Default is null ? null : SqlUnparser.Unparse(setDefault.Default) }));
                break;
            case AlterColumnNullabilityAction nullability:
                var nullable = PlaceOf(nullability.Column, table);
                var columns = table.Columns.SetItem(nullable, table.Columns[nullable] with { IsNullable = nullability.Nullable });
                if (nullability.Nullable && table.Keys.Any(key => key.IsPrimary && key.Columns.Contains(columns[nullable].Name)))
                {
                    throw new QueryException(ErrorCodes.InvalidTableDefinition, $"column \"{columns[nullable].Name}\" is in a primary key", nullability.Span);
                }

                _rebuild.Run(catalog, entry, table, table with { Columns = columns }, TableRebuild.SameValues(table), cancellationToken);
                break;
            default:
                throw QueryException.NotSupportedYet("this action of ALTER TABLE", action.Span);
        }
    }

    private void Rename(MemoryCatalog catalog, CatalogEntry entry, Identifier newName)
    {
        if (catalog.List(entry.Schema).Any(known => known.Name == newName.Value))
        {
            throw new QueryException(ErrorCodes.DuplicateTable, $"relation \"{newName.Value}\" already exists", newName.Span);
        }

        var before = catalog.Detach(entry.Schema, entry.Name)!;
        catalog.TryAdd(entry.Schema, before with { Name = newName.Value });
        session.Transaction?.Undo(() =>
        {
            catalog.Detach(entry.Schema, newName.Value);
            catalog.TryAdd(entry.Schema, before);
        });
    }

    /// <summary>Other words about the columns of a table whose rows stay.</summary>
    private void Change(MemoryCatalog catalog, CatalogEntry entry, MemoryTable table, ImmutableArray<TableColumn> columns)
    {
        catalog.Replace(entry.Schema, table.Name, table with { Columns = columns });
        session.Transaction?.Undo(() => catalog.Replace(entry.Schema, table.Name, table));
    }

    /// <summary>Another name for a column. The store is told, for it names the columns of keys in its messages.</summary>
    private void Rename(MemoryCatalog catalog, CatalogEntry entry, MemoryTable table, int place, string name, CancellationToken cancellationToken)
    {
        var before = table.Columns[place].Name;
        var columns = table.Columns.SetItem(place, table.Columns[place] with { Name = name });
        if (!table.Keys.Any(key => key.Columns.Contains(before)) && !table.Indexes.Any(index => index.Columns.Contains(before)) && !table.ForeignKeys.Any(key => key.Columns.Contains(before)))
        {
            Change(catalog, entry, table, columns);
            return;
        }

        var renamed = table with
        {
            Columns = columns,
            Keys = [.. table.Keys.Select(key => key with { Columns = Named(key.Columns) })],
            ForeignKeys = [.. table.ForeignKeys.Select(key => key with { Columns = Named(key.Columns) })],
            Indexes = [.. table.Indexes.Select(index => index with { Columns = Named(index.Columns) })],
        };
        _rebuild.Run(catalog, entry, table, renamed, TableRebuild.SameValues(table), cancellationToken);

        ImmutableArray<string> Named(ImmutableArray<string> names) => [.. names.Select(known => known == before ? name : known)];
    }

    private void DropConstraint(MemoryCatalog catalog, CatalogEntry entry, MemoryTable table, DropConstraintAction drop, CancellationToken cancellationToken)
    {
        var name = drop.Name.Value;
        var looser = table with
        {
            Keys = [.. table.Keys.Where(key => key.Name != name)],
            Checks = [.. table.Checks.Where(check => check.Name != name)],
            ForeignKeys = [.. table.ForeignKeys.Where(key => key.Name != name)],
        };
        if (looser.Keys.Length + looser.Checks.Length + looser.ForeignKeys.Length < table.Keys.Length + table.Checks.Length + table.ForeignKeys.Length)
        {
            _rebuild.Run(catalog, entry, table, looser, TableRebuild.SameValues(table), cancellationToken);
        }
        else if (!drop.IfExists)
        {
            throw new QueryException(
                ErrorCodes.UndefinedObject,
                $"constraint \"{name}\" of relation \"{table.Name}\" does not exist",
                drop.Name.Span,
                NearNames.Hint(name, table.Keys.Select(key => key.Name).Concat(table.Checks.Select(check => check.Name))));
        }
    }

    private static string Quoted(TableColumn column) => Core.Types.Field.Quote(column.Name);

    private static bool Matches(Identifier name, TableColumn column) =>
        string.Equals(name.Value, column.Name, name.Quoted ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    private static int PlaceOf(Identifier name, MemoryTable table)
    {
        var place = table.Columns.ToList().FindIndex(column => Matches(name, column));
        return place >= 0 ? place : throw new QueryException(
            ErrorCodes.UndefinedColumn,
            $"column \"{name.Value}\" of relation \"{table.Name}\" does not exist",
            name.Span,
            NearNames.Hint(name.Value, table.Columns.Select(column => column.Name)));
    }

    private static QueryException Twice(Identifier name, MemoryTable table) =>
        new(ErrorCodes.DuplicateColumn, $"column \"{name.Value}\" of relation \"{table.Name}\" already exists", name.Span);
}
