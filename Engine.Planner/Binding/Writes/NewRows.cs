using System.Collections.Immutable;
using Engine.Catalog.Memory;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Parser;
using Engine.Planner.Logical;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding.Writes;

/// <summary>Rows on their way into a table: values brought to the columns' types, defaults, and the conditions that rows must fulfil.</summary>
internal sealed class NewRows(BindingContext context, MemoryTable table)
{
    private readonly Coercion _coercion = new(context.Constants);

    /// <summary>The value as one of the column's.</summary>
    public Expression Assign(Expression value, TableColumn column)
    {
        var assigned = _coercion.Assign(value, column.Type, column.Name);
        return column.Precision is { } digits ? TypeModifiers.Round(assigned, digits, new ExpressionBinder(context, Scope.Empty, "a column"), value.Span) : assigned;
    }

    /// <summary>What the column holds where nothing is said.</summary>
    public Expression Default(TableColumn column)
    {
        if (column.Default is not { } sql)
        {
            return Literal.Null(column.Type);
        }

        return Assign(new ExpressionBinder(context, Scope.Empty, "DEFAULT").Bind(SqlParser.ParseExpression(sql)), column);
    }

    /// <summary>The column of that name.</summary>
    public TableColumn Column(Ast.Identifier name)
    {
        var near = table.Columns.Where(column => Scope.Matches(name, column.Name)).ToList();
        return near.FirstOrDefault(column => column.Name == name.Value) ?? near.FirstOrDefault() ?? throw new QueryException(
            ErrorCodes.UndefinedColumn,
            $"column \"{name.Value}\" of relation \"{table.Name}\" does not exist",
            name.Span,
            NearNames.Hint(name.Value, table.Columns.Select(column => column.Name)));
    }

    /// <summary>The plan with a boolean for each CHECK of the table at the end: false for a row that must not get in.</summary>
    /// <param name="plan">Gives the table's columns last, in order.</param>
    public LogicalNode WithChecks(LogicalNode plan)
    {
        if (table.Checks.IsEmpty)
        {
            return plan;
        }

        var row = plan.Output[^table.Columns.Length..].Zip(table.Columns, (column, definition) => column with { Name = definition.Name });
        var expressions = new ExpressionBinder(context, Scope.Of(row, table.Name), "CHECK");
        var checks = table.Checks.Select(check => new Projection(
            context.NewColumn(check.Name, DataType.Boolean),
            new Coalesce([expressions.BindCondition(SqlParser.ParseExpression(check.Condition), "CHECK"), Literal.True], DataType.Boolean)));
        return new LogicalProject(plan, [.. plan.Output.Select(Projection.Keep), .. checks]);
    }
}
