using System.Collections.Immutable;
using Engine.Catalog.Memory;
using Engine.Core.Errors;
using Engine.Core.Types;
using Engine.Parser;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding.Writes;

/// <summary>Binds the columns and constraints of CREATE TABLE.</summary>
internal sealed class TableDefinitionBinder(BindingContext context)
{
    /// <summary>The definition of a table whose rows have no place yet.</summary>
    public MemoryTable Bind(Ast.CreateTableStatement create)
    {
        var keys = create.Constraints.OfType<Ast.TableKeyConstraint>().Where(key => key.Primary).SelectMany(key => key.Columns).ToList();
        var columns = create.Columns.Select(column => Column(column, keys.Exists(key => Scope.Matches(key, column.Name.Value)))).ToImmutableArray();
        RefuseTwice(create.Columns.Select(column => column.Name));
        var checks = create.Columns.SelectMany(column => column.Constraints.OfType<Ast.ColumnCheckConstraint>().Select(check => (Name: $"{create.Name.Last.Value}_{column.Name.Value}_check", check.Condition)))
            .Concat(create.Constraints.OfType<Ast.TableCheckConstraint>().Select(check => (Name: check.Name?.Value ?? $"{create.Name.Last.Value}_check", check.Condition)))
            .ToList();
        var scope = Scope.Of(columns.Select(column => context.NewColumn(column.Name, column.Type)), create.Name.Last.Value);
        foreach (var (_, condition) in checks)
        {
            new ExpressionBinder(context, scope, "CHECK").BindCondition(condition, "CHECK");
        }

        return new MemoryTable(create.Name.Last.Value, columns, [.. checks.Select(check => new TableCheck(check.Name, SqlUnparser.Unparse(check.Condition)))], Table: 0);
    }

    /// <summary>A column as it is declared.</summary>
    public TableColumn Column(Ast.ColumnDefinition column, bool isKey = false)
    {
        var type = TypeNameBinder.Bind(column.Type);
        var isNotNull = isKey || column.Constraints.Any(constraint => constraint is Ast.NullabilityConstraint { Nullable: false } or Ast.ColumnKeyConstraint { Primary: true });
        var value = column.Constraints.OfType<Ast.DefaultConstraint>().LastOrDefault()?.Value;
        if (value is not null)
        {
            var bound = new ExpressionBinder(context, Scope.Empty, "DEFAULT").Bind(value);
            new Coercion(context.Constants).Assign(bound, type, column.Name.Value);
        }

        return new TableColumn(column.Name.Value, type, TypeNameBinder.LengthOf(column.Type), !isNotNull, value is null ? null : SqlUnparser.Unparse(value));
    }

    /// <summary>The columns of a table that holds a query's rows.</summary>
    public static ImmutableArray<TableColumn> ColumnsOf(Schema schema, IReadOnlyList<Ast.Identifier> names, SourceSpan span)
    {
        if (names.Count > schema.Count)
        {
            throw new QueryException(ErrorCodes.SyntaxError, $"too many column names were specified: {names.Count} for {schema.Count} columns", names[schema.Count].Span);
        }

        var columns = schema.Select((field, i) => new TableColumn(i < names.Count ? names[i].Value : field.Name, field.Type)).ToImmutableArray();
        RefuseTwice(columns.Select(column => new Ast.Identifier(column.Name, Quoted: true, span)));
        return columns;
    }

    private static void RefuseTwice(IEnumerable<Ast.Identifier> names)
    {
        if (names.GroupBy(name => name.Value, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new QueryException(ErrorCodes.DuplicateColumn, $"column \"{twice.Key}\" specified more than once", twice.Last().Span);
        }
    }
}
