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
    public MemoryTable Bind(Ast.CreateTableStatement create, string schema)
    {
        var columns = create.Columns.Select(Column).ToImmutableArray();
        RefuseTwice(create.Columns.Select(column => column.Name));
        var table = new MemoryTable(create.Name.Last.Value, columns, [], Table: 0);
        var constraints = new ConstraintBinder(context, schema);
        return create.Constraints.Aggregate(create.Columns.Aggregate(table, constraints.AddAll), constraints.Add);
    }

    /// <summary>A column as it is declared.</summary>
    public TableColumn Column(Ast.ColumnDefinition column)
    {
        var type = TypeNameBinder.Bind(column.Type, context.Tables);
        var isNotNull = column.Constraints.Any(constraint => constraint is Ast.NullabilityConstraint { Nullable: false } or Ast.ColumnKeyConstraint { Primary: true });
        var value = column.Constraints.OfType<Ast.DefaultConstraint>().LastOrDefault()?.Value;
        if (value is not null)
        {
            var bound = new ExpressionBinder(context, Scope.Empty, "DEFAULT").Bind(value);
            new Coercion(context.Constants).Assign(bound, type, column.Name.Value);
        }

        return new TableColumn(column.Name.Value, type, TypeNameBinder.LengthOf(column.Type), !isNotNull, value is null ? null : SqlUnparser.Unparse(value))
        {
            Precision = TypeNameBinder.PrecisionOf(column.Type, type),
            Comment = column.Constraints.OfType<Ast.ColumnCommentConstraint>().LastOrDefault()?.Text,
        };
    }

    /// <summary>The columns of a table that holds a query's rows.</summary>
    public static ImmutableArray<TableColumn> ColumnsOf(Schema schema, IReadOnlyList<Ast.Identifier> names, SourceSpan span)
    {
        if (names.Count > schema.Count)
        {
            throw new QueryException(ErrorCodes.SyntaxError, $"too many column names were specified: {names.Count} for {schema.Count} columns", names[schema.Count].Span);
        }

        var columns = schema.Select((field, i) => new TableColumn(i < names.Count ? names[i].Value : field.Name, field.Type, field.Form.MaxLength)).ToImmutableArray();
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
