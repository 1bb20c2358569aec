using System.Collections.Immutable;
using System.Globalization;
using Engine.Catalog;
using Engine.Catalog.Memory;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Parser;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding.Writes;

/// <summary>Binds the constraints of a table, one after another: each sees those before it.</summary>
/// <param name="context">Of the statement.</param>
/// <param name="schema">The schema that the table is in.</param>
internal sealed class ConstraintBinder(BindingContext context, string schema)
{
    /// <summary>The table with the constraints that stand behind a column of it.</summary>
    public MemoryTable AddAll(MemoryTable table, Ast.ColumnDefinition column) => column.Constraints.Aggregate(table, (before, constraint) => constraint switch
    {
        Ast.ColumnKeyConstraint key => Add(before, new Ast.TableKeyConstraint(null, key.Primary, [column.Name], key.Span)),
        Ast.ColumnCheckConstraint check => AddCheck(before, NameOf(before, null, [column.Name.Value], "check"), check.Condition),
        Ast.ColumnReferenceConstraint reference => Add(before, new Ast.ForeignKeyConstraint(null, [column.Name], reference.Table, reference.Columns, reference.Span)),
        _ => before,
    });

    /// <summary>The table with one more constraint.</summary>
    public MemoryTable Add(MemoryTable table, Ast.TableConstraint constraint) => constraint switch
    {
        Ast.TableKeyConstraint key => AddKey(table, key),
        Ast.TableCheckConstraint check => AddCheck(table, NameOf(table, check.Name, [], "check"), check.Condition),
        Ast.ForeignKeyConstraint reference => AddReference(table, reference),
        _ => throw new System.Diagnostics.UnreachableException(constraint.GetType().Name),
    };

    private static MemoryTable AddKey(MemoryTable table, Ast.TableKeyConstraint key)
    {
        var columns = Columns(table, key.Columns, key.Primary ? "primary key" : "unique");
        if (key.Primary && table.Keys.Any(known => known.IsPrimary))
        {
            throw new QueryException(ErrorCodes.InvalidTableDefinition, $"multiple primary keys for table \"{table.Name}\" are not allowed", key.Span);
        }

        var name = key.Primary ? NameOf(table, key.Name, [], "pkey") : NameOf(table, key.Name, columns, "key");
        return table with
        {
            Keys = table.Keys.Add(new TableKey(name, key.Primary, columns)),
            Columns = key.Primary ? [.. table.Columns.Select(column => columns.Contains(column.Name) ? column with { IsNullable = false } : column)] : table.Columns,
        };
    }

    private MemoryTable AddCheck(MemoryTable table, string name, Ast.Expression condition)
    {
        var columns = table.Columns.Select(column => context.NewColumn(column.Name, column.Type)).ToList();
        var bound = new ExpressionBinder(context, Scope.Of(columns, table.Name), "CHECK").BindCondition(condition, "CHECK");
        var used = bound.ReferencedColumns().ToHashSet();
        return table with
        {
            Checks = table.Checks.Add(new TableCheck(name, SqlUnparser.Unparse(condition), [.. columns.Where(column => used.Contains(column.Id)).Select(column => column.Name)])),
        };
    }

    private MemoryTable AddReference(MemoryTable table, Ast.ForeignKeyConstraint constraint)
    {
        var columns = Columns(table, constraint.Columns, "foreign key");
        var (otherSchema, other) = Referenced(table, constraint.Table);
        var key = constraint.ReferencedColumns.IsEmpty
            ? other.Keys.FirstOrDefault(known => known.IsPrimary) ?? throw new QueryException(
                ErrorCodes.InvalidForeignKey, $"there is no primary key for referenced table \"{other.Name}\"", constraint.Table.Span)
            : KeyOf(other, Columns(other, constraint.ReferencedColumns, "foreign key")) ?? throw new QueryException(
                ErrorCodes.InvalidForeignKey, $"there is no unique constraint matching given keys for referenced table \"{other.Name}\"", constraint.Table.Span);
        if (key.Columns.Length != columns.Length)
        {
            throw new QueryException(ErrorCodes.InvalidForeignKey, "number of referencing and referenced columns for foreign key disagree", constraint.Span);
        }

        return table with { ForeignKeys = table.ForeignKeys.Add(new ForeignKey(NameOf(table, constraint.Name, columns, "fkey"), columns, otherSchema, other.Name, key)) };
    }

    /// <summary>The table that is referred to, which may be the one that is being made.</summary>
    private (string Schema, MemoryTable Table) Referenced(MemoryTable table, Ast.QualifiedName name)
    {
        if (name.Last.Value == table.Name && (TableNames.Of(name).Schema ?? schema) == schema)
        {
            return (schema, table);
        }

        return context.Tables.Find(TableNames.Of(name), context.CancellationToken) switch
        {
            TableEntry { Definition: { } definition } entry => (entry.Schema, definition),
            null => throw new QueryException(
                ErrorCodes.UndefinedTable, $"relation \"{name.Plain}\" does not exist", name.Span, NearNames.Hint(name.Last.Value, context.Tables.List(TableNames.Of(name).Schema).Select(entry => entry.Name))),
            var entry => throw new QueryException(ErrorCodes.WrongObjectType, $"referenced relation \"{entry.Name}\" is not a table with keys", name.Span),
        };
    }

    /// <summary>The key of just these columns, in whatever order.</summary>
    private static TableKey? KeyOf(MemoryTable table, ImmutableArray<string> columns) =>
        table.Keys.FirstOrDefault(key => key.Columns.Length == columns.Length && key.Columns.All(column => columns.Contains(column))) is { } found ? found with { Columns = columns } : null;

    private static ImmutableArray<string> Columns(MemoryTable table, IReadOnlyList<Ast.Identifier> names, string constraint)
    {
        var columns = names.Select(name => table.Columns.FirstOrDefault(column => Scope.Matches(name, column.Name))?.Name ?? throw new QueryException(
            ErrorCodes.UndefinedColumn,
            constraint == "foreign key" ? $"column \"{name.Value}\" referenced in foreign key constraint does not exist" : $"column \"{name.Value}\" named in key does not exist",
            name.Span,
            NearNames.Hint(name.Value, table.Columns.Select(column => column.Name)))).ToImmutableArray();
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns.IndexOf(columns[i]) < i)
            {
                throw new QueryException(ErrorCodes.DuplicateColumn, $"column \"{columns[i]}\" appears twice in {constraint} constraint", names[i].Span);
            }
        }

        return columns;
    }

    /// <summary>The constraint's own name, or one made of the table's, the columns' and what it is, with a number where that one is taken.</summary>
    private static string NameOf(MemoryTable table, Ast.Identifier? given, IEnumerable<string> columns, string kind)
    {
        var taken = table.Keys.Select(key => key.Name).Concat(table.Checks.Select(check => check.Name)).Concat(table.ForeignKeys.Select(key => key.Name)).ToHashSet(StringComparer.Ordinal);
        if (given is not null)
        {
            return taken.Contains(given.Value)
                ? throw new QueryException(ErrorCodes.DuplicateObject, $"constraint \"{given.Value}\" for relation \"{table.Name}\" already exists", given.Span)
                : given.Value;
        }

        var made = string.Join('_', columns.Prepend(table.Name).Append(kind));
        return Enumerable.Range(0, int.MaxValue).Select(number => number == 0 ? made : made + number.ToString(CultureInfo.InvariantCulture)).First(name => !taken.Contains(name));
    }
}
