using System.Collections.Immutable;
using Engine.Catalog;
using Engine.Catalog.Memory;
using Engine.Core.Connectors;
using Engine.Core.Types;
using Engine.Parser;
using Engine.Planner.Binding;
using Engine.Planner.Binding.Writes;
using Engine.Planner.Logical;
using Engine.Planner.Unnesting;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner;

/// <summary>From syntax to algebra: the entry to binding.</summary>
public static class Binder
{
    /// <summary>The logical plan of a query; its output columns are the result's.</summary>
    public static LogicalNode Bind(Ast.Query query, BindingContext context) => Unnester.Unnest(new QueryBinder(context).Bind(query, outer: null), context);

    /// <summary>The tables and views that a view names.</summary>
    public static IEnumerable<(string Schema, string Name)> RelationsIn(ViewEntry view, BindingContext context)
    {
        context.Tables = view.Names ?? context.Tables;
        if (SqlParser.ParseStatement(view.Sql) is Ast.QueryStatement statement)
        {
            new QueryBinder(context).Bind(statement.Query, outer: null);
        }

        return context.Relations;
    }

    /// <summary>The rows that an INSERT adds: the table's columns in order, then a boolean for each of its checks.</summary>
    public static LogicalNode BindInsert(Ast.InsertStatement insert, MemoryTable table, BindingContext context) =>
        Unnester.Unnest(new InsertBinder(context, table).Bind(insert), context);

    /// <summary>The rows that an UPDATE changes: their ids, the table's columns as they will be, then a boolean for each of its checks.</summary>
    public static LogicalNode BindUpdate(Ast.UpdateStatement update, TableEntry table, BindingContext context) =>
        Unnester.Unnest(new ChangeBinder(context, table).Bind(update), context);

    /// <summary>The rows that a DELETE takes out: their ids, then the table's columns.</summary>
    public static LogicalNode BindDelete(Ast.DeleteStatement delete, TableEntry table, BindingContext context) =>
        Unnester.Unnest(new ChangeBinder(context, table).Bind(delete), context);

    /// <summary>What a write returns of the rows that it wrote.</summary>
    /// <param name="items">The list behind RETURNING.</param>
    /// <param name="written">The rows.</param>
    /// <param name="name">The table's name or alias.</param>
    /// <param name="context">Of the statement.</param>
    public static LogicalNode BindReturning(IReadOnlyList<Ast.SelectItem> items, TableSource written, string name, BindingContext context)
    {
        var queries = new QueryBinder(context);
        var rows = new RelationBinder(context, queries, outer: null).Scan(written, name);
        var subqueries = new SubqueryBinder(context, queries, rows.Scope);
        var outputs = new SelectBinder(context, queries, outer: null).BindItems(items, new ExpressionBinder(context, rows.Scope, "RETURNING") { Subqueries = subqueries });
        var projections = outputs.Select(output => new Projection(context.NewColumn(output.Name, output.Value.Type), output.Value));
        return Unnester.Unnest(new LogicalProject(subqueries.Attach(rows.Root), [.. projections]), context);
    }

    /// <summary>The rows of a query that gives a table's columns, then a boolean for each of its checks.</summary>
    public static LogicalNode BindChecked(Ast.Query query, MemoryTable table, BindingContext context) =>
        Unnester.Unnest(new NewRows(context, table).WithChecks(new QueryBinder(context).Bind(query, outer: null)), context);

    /// <summary>The table that CREATE TABLE describes; its rows have no place yet.</summary>
    /// <param name="create">The statement.</param>
    /// <param name="schema">Where the table will be.</param>
    /// <param name="context">Of the statement.</param>
    public static MemoryTable BindTable(Ast.CreateTableStatement create, string schema, BindingContext context) => new TableDefinitionBinder(context).Bind(create, schema);

    /// <summary>The table with one more constraint.</summary>
    /// <param name="table">As it is.</param>
    /// <param name="schema">Where it is.</param>
    /// <param name="constraint">What ALTER TABLE adds.</param>
    /// <param name="context">Of the statement.</param>
    public static MemoryTable BindConstraint(MemoryTable table, string schema, Ast.TableConstraint constraint, BindingContext context) =>
        new ConstraintBinder(context, schema).Add(table, constraint);

    /// <summary>The table with the constraints that stand behind a column of it.</summary>
    /// <param name="table">As it is, the column included.</param>
    /// <param name="schema">Where it is.</param>
    /// <param name="column">What ALTER TABLE adds.</param>
    /// <param name="context">Of the statement.</param>
    public static MemoryTable BindConstraints(MemoryTable table, string schema, Ast.ColumnDefinition column, BindingContext context) =>
        new ConstraintBinder(context, schema).AddAll(table, column);

    /// <summary>The numbers of the sequence that CREATE SEQUENCE describes.</summary>
    public static SequenceRange BindSequence(Ast.CreateSequenceStatement create, ITableResolver tables) => SequenceBinder.Bind(create, tables);

    /// <summary>The type of that name.</summary>
    public static DataType BindType(Ast.TypeName type, ITableResolver tables) => TypeNameBinder.Bind(type, tables);

    /// <summary>A column of ALTER TABLE ADD COLUMN.</summary>
    public static TableColumn BindColumn(Ast.ColumnDefinition column, BindingContext context) => new TableDefinitionBinder(context).Column(column);

    /// <summary>The columns of a table made of a query's rows.</summary>
    public static ImmutableArray<TableColumn> BindColumns(Schema query, IReadOnlyList<Ast.Identifier> names, Core.Errors.SourceSpan span) =>
        TableDefinitionBinder.ColumnsOf(query, names, span);
}
