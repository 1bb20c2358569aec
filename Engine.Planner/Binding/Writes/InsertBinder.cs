using System.Collections.Immutable;
using Engine.Catalog.Memory;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Planner.Logical;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding.Writes;

/// <summary>Binds INSERT: to a plan that gives the table's columns in order, then a boolean for each of its checks.</summary>
internal sealed class InsertBinder(BindingContext context, MemoryTable table)
{
    private readonly NewRows _rows = new(context, table);

    public LogicalNode Bind(Ast.InsertStatement insert)
    {
        var queries = new QueryBinder(context);
        return _rows.WithChecks(queries.CommonTables.Bind(insert.With, outer: null, () => insert.Query switch
        {
            null => OneRow([.. table.Columns.Select(_rows.Default)]),
            { With: null, OrderBy.IsEmpty: true, Limit: null, Offset: null, Body: Ast.ValuesBody values } => BindValues(insert, values, queries),
            _ => BindQuery(insert, queries.Bind(insert.Query, outer: null, keepsUntyped: true)),
        }));
    }

    private LogicalValues OneRow(ImmutableArray<Expression> values) => new([.. table.Columns.Select(column => context.NewColumn(column.Name, column.Type))], [values]);

    /// <summary>Rows that are written out: each value is brought to its column's type on its own, and DEFAULT may stand for it.</summary>
    private LogicalNode BindValues(Ast.InsertStatement insert, Ast.ValuesBody values, QueryBinder queries)
    {
        var targets = Targets(insert, values.Rows[0].Items.Count, values.Rows[0].Span);
        var scope = new Scope([]);
        var subqueries = new SubqueryBinder(context, queries, scope);
        var expressions = new ExpressionBinder(context, scope, "VALUES") { Subqueries = subqueries };
        var rows = new List<ImmutableArray<Expression>>();
        foreach (var row in values.Rows)
        {
            if (row.Items.Count != values.Rows[0].Items.Count)
            {
                throw new QueryException(
                    ErrorCodes.SyntaxError, $"VALUES lists must all be the same length: {row.Items.Count} and {values.Rows[0].Items.Count}", row.Span);
            }

            var given = row.Items.Zip(targets, (item, column) => (column, Value: item is Ast.DefaultExpression ? _rows.Default(column) : _rows.Assign(expressions.Bind(item), column)))
                .ToDictionary(pair => pair.column.Name, pair => pair.Value, StringComparer.Ordinal);
            rows.Add([.. table.Columns.Select(column => given.GetValueOrDefault(column.Name) ?? _rows.Default(column))]);
        }

        var plan = OneRow(rows[0]) with { Rows = [.. rows] };
        if (!subqueries.Columns.Any())
        {
            return plan;
        }

        // A subquery among the values is evaluated once, beside one row that the values are then computed over.
        var input = subqueries.Attach(RelationBinder.OneRow());
        return rows
            .Select(row => (LogicalNode)new LogicalProject(input, [.. row.Zip(plan.Columns, (value, column) => new Projection(context.NewColumn(column.Name, column.Type), value))]))
            .Aggregate((left, right) => new LogicalSetOperation(
                SetOperator.Union, IsAll: true, left, right, [.. plan.Columns.Select(column => context.NewColumn(column.Name, column.Type))]));
    }

    private LogicalProject BindQuery(Ast.InsertStatement insert, LogicalNode query)
    {
        var targets = insert.ByName ? ByName(insert, query) : Targets(insert, query.Output.Length, insert.Query!.Span);
        var places = targets.Select((column, place) => (column.Name, place)).ToDictionary(pair => pair.Name, pair => pair.place, StringComparer.Ordinal);

        // An untyped literal is assigned by its value, where it stands.
        var values = query.Output.Select(column => (Expression)column.Reference(insert.Query!.Span)).ToList();
        var input = query;
        if (query is LogicalProject project)
        {
            var untyped = project.Projections.Select((projection, i) => (projection, i)).Where(pair => pair.projection.Value is Literal literal && Coercion.IsOpen(literal.Type)).ToList();
            untyped.ForEach(pair => values[pair.i] = pair.projection.Value);
            input = untyped.Count == 0 ? query : new LogicalProject(project.Input, [.. project.Projections.Where(projection => !untyped.Exists(pair => pair.projection == projection))]);
        }

        return new LogicalProject(input, [.. table.Columns.Select(column => new Projection(
            context.NewColumn(column.Name, column.Type),
            places.TryGetValue(column.Name, out var place) ? _rows.Assign(values[place], column) : _rows.Default(column)))]);
    }

    /// <summary>The columns that the values are for, in the values' order.</summary>
    private IReadOnlyList<TableColumn> Targets(Ast.InsertStatement insert, int valueCount, SourceSpan span)
    {
        var targets = insert.Columns.IsEmpty ? table.Columns : [.. insert.Columns.Select(_rows.Column)];
        if (insert.Columns.GroupBy(column => column.Value, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new QueryException(ErrorCodes.DuplicateColumn, $"column \"{twice.Key}\" specified more than once", twice.Last().Span);
        }

        if (valueCount > targets.Length)
        {
            throw new QueryException(
                ErrorCodes.SyntaxError, $"INSERT has more expressions than target columns: {valueCount} for {targets.Length}", span);
        }

        return valueCount < targets.Length && !insert.Columns.IsEmpty
            ? throw new QueryException(ErrorCodes.SyntaxError, $"INSERT has more target columns than expressions: {targets.Length} for {valueCount}", insert.Columns[valueCount].Span)
            : targets[..valueCount];
    }

    private List<TableColumn> ByName(Ast.InsertStatement insert, LogicalNode query) =>
        [.. query.Output.Select(column => _rows.Column(new Ast.Identifier(column.Name, Quoted: false, insert.Query!.Span)))];
}
