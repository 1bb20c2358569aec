using Engine.Catalog;
using Engine.Catalog.Memory;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Planner.Logical;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding.Writes;

/// <summary>Binds UPDATE and DELETE: to plans that give the ids of the rows to go and, in the table's columns, what they were or what comes instead.</summary>
internal sealed class ChangeBinder(BindingContext context, TableEntry entry)
{
    private readonly MemoryTable _table = entry.Definition!;
    private readonly QueryBinder _queries = new(context);

    /// <summary>Row id, then the row as it will be, then a boolean for each of the table's checks.</summary>
    public LogicalNode Bind(Ast.UpdateStatement update) => _queries.CommonTables.Bind(update.With, outer: null, () => BindUpdate(update));

    /// <summary>Row id, then the row.</summary>
    public LogicalNode Bind(Ast.DeleteStatement delete) => _queries.CommonTables.Bind(delete.With, outer: null, () => BindDelete(delete));

    private LogicalNode BindUpdate(Ast.UpdateStatement update)
    {
        var from = BindFrom(update.Alias, [.. update.From]);
        var input = update.Where is null ? from.Root : Select().BindWhere(from, update.Where);
        var subqueries = new SubqueryBinder(context, _queries, from.Scope);
        var expressions = new ExpressionBinder(context, from.Scope, "UPDATE") { Subqueries = subqueries };
        var rows = new NewRows(context, _table);
        var changed = new Dictionary<string, Expression>(StringComparer.Ordinal);
        foreach (var (name, value) in update.Assignments.SelectMany(Single))
        {
            var column = rows.Column(name);
            if (!changed.TryAdd(column.Name, value is Ast.DefaultExpression ? rows.Default(column) : rows.Assign(expressions.Bind(value), column)))
            {
                throw new QueryException(ErrorCodes.SyntaxError, $"multiple assignments to same column \"{column.Name}\"", name.Span);
            }
        }

        var old = from.Scope.Columns[..(_table.Columns.Length + 1)];
        var values = _table.Columns.Select((column, i) => new Projection(
            context.NewColumn(column.Name, column.Type), changed.GetValueOrDefault(column.Name) ?? old[i].Column.Reference()));
        return rows.WithChecks(new LogicalProject(subqueries.Attach(input), [Projection.Keep(old[^1].Column), .. values]));
    }

    private LogicalProject BindDelete(Ast.DeleteStatement delete)
    {
        var from = BindFrom(delete.Alias, [.. delete.Using]);
        var input = delete.Where is null ? from.Root : Select().BindWhere(from, delete.Where);
        var old = from.Scope.Columns[..(_table.Columns.Length + 1)];
        return new LogicalProject(input, [Projection.Keep(old[^1].Column), .. old[..^1].Select(column => Projection.Keep(column.Column))]);
    }

    /// <summary>The table's rows beside those of other relations; its own columns come first, then its row id.</summary>
    private RelationPlan BindFrom(Ast.Identifier? alias, IReadOnlyList<Ast.Relation> others)
    {
        var relations = new RelationBinder(context, _queries, outer: null);
        var plan = relations.Scan(entry.Source, alias?.Value ?? entry.Name);
        return others.Aggregate(plan, (known, relation) => new JoinBinder(context, _queries, relations, outer: null).Cross(known, relation));
    }

    private SelectBinder Select() => new(context, _queries, outer: null);

    /// <summary><c>(a, b) = (1, 2)</c> is two assignments.</summary>
    private static IEnumerable<(Ast.Identifier Column, Ast.Expression Value)> Single(Ast.Assignment assignment) => (assignment.Columns, assignment.Value) switch
    {
        ({ Count: 1 }, var value) => [(assignment.Columns[0], value)],
        (var columns, Ast.RowConstructor row) when row.Items.Count == columns.Count => columns.Zip(row.Items),
        (var columns, Ast.RowConstructor row) => throw new QueryException(
            ErrorCodes.SyntaxError, $"number of columns does not match number of values: {columns.Count} and {row.Items.Count}", assignment.Span),
        _ => throw QueryException.NotSupportedYet("assigning a subquery to several columns", assignment.Value.Span),
    };
}
