using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner.Logical;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>Binds whole queries: common tables, bodies, set operations, order and limits.</summary>
internal sealed class QueryBinder(BindingContext context)
{
    public CommonTables CommonTables => field ??= new CommonTables(context, this);

    /// <summary>A plan whose output is exactly the query's columns.</summary>
    /// <param name="query">The query.</param>
    /// <param name="outer">The columns of the query around it, or null when there is none.</param>
    /// <param name="keepsUntyped">Whether untyped literals stay so, as what takes the rows decides about them.</param>
    public LogicalNode Bind(Ast.Query query, Scope? outer, bool keepsUntyped = false) => CommonTables.Bind(query.With, outer, () =>
    {
        var plan = query.Body is Ast.SelectBody select
            ? new SelectBinder(context, this, outer) { KeepsUntyped = keepsUntyped }.Bind(select, [.. query.OrderBy])
            : Order(BindBody(query.Body, outer), [.. query.OrderBy]);
        return query.Limit is null && query.Offset is null ? plan : new LimitBinder(context, this, outer).Bind(plan, query);
    });

    /// <summary>What a query's body gives; untyped literals stay so where the caller decides about them.</summary>
    public LogicalNode BindBody(Ast.QueryBody body, Scope? outer, bool keepsUntyped = false) => body switch
    {
        Ast.SelectBody select => new SelectBinder(context, this, outer) { KeepsUntyped = keepsUntyped }.Bind(select, []),
        Ast.SubqueryBody subquery => Bind(subquery.Query, outer),
        Ast.ValuesBody values => BindValues(values, outer),
        Ast.TableBody table => BindTable(table, outer),
        Ast.SetOperationBody operation => BindSetOperation(operation, outer),
        _ => throw new System.Diagnostics.UnreachableException(body.GetType().Name),
    };

    private LogicalProject BindTable(Ast.TableBody table, Scope? outer)
    {
        var plan = new RelationBinder(context, this, outer).Bind(new Ast.TableReference(table.Name, table.Span));
        return new LogicalProject(plan.Root, [.. plan.Scope.Columns.Where(column => !column.IsHidden).Select(column => Projection.Keep(column.Column))]);
    }

    private LogicalNode BindValues(Ast.ValuesBody values, Scope? outer)
    {
        var binder = new ExpressionBinder(context, new Scope([], outer), "VALUES");
        var subqueries = values.Rows.Select(_ => new SubqueryBinder(context, this, new Scope([], outer))).ToList();
        var rows = values.Rows.Select((row, k) => row.Items.Select(new ExpressionBinder(context, binder.Scope, "VALUES") { Subqueries = subqueries[k] }.Bind).ToArray()).ToList();
        if (values.Rows.FirstOrDefault(row => row.Items.Count != rows[0].Length) is { } ragged)
        {
            throw new QueryException(
                ErrorCodes.SyntaxError, $"VALUES lists must all be the same length: {ragged.Items.Count} and {rows[0].Length}", ragged.Span);
        }

        var columns = ImmutableArray.CreateBuilder<LogicalColumn>();
        for (var i = 0; i < rows[0].Length; i++)
        {
            var unified = binder.Coercion.Unify([.. rows.Select(row => row[i])], "VALUES");
            for (var k = 0; k < rows.Count; k++)
            {
                rows[k][i] = unified[k];
            }

            columns.Add(context.NewColumn($"column{i + 1}", unified[0].Type));
        }

        if (!subqueries.Exists(row => row.Columns.Any()))
        {
            return new LogicalValues(columns.ToImmutable(), [.. rows.Select(row => row.ToImmutableArray())]);
        }

        // With subqueries each row is a query of its own.
        return rows
            .Select((row, k) => (LogicalNode)new LogicalProject(
                subqueries[k].Attach(RelationBinder.OneRow()), [.. row.Select((value, i) => new Projection(context.NewColumn(columns[i].Name, columns[i].Type), value))]))
            .Aggregate((above, below) => new LogicalSetOperation(
                SetOperator.Union, IsAll: true, above, below, [.. columns.Select(column => context.NewColumn(column.Name, column.Type))]));
    }

    private LogicalSetOperation BindSetOperation(Ast.SetOperationBody operation, Scope? outer)
    {
        var left = BindBody(operation.Left, outer, keepsUntyped: !operation.ByName);
        var right = BindBody(operation.Right, outer, keepsUntyped: !operation.ByName);
        if (operation.ByName)
        {
            (left, right) = (WithColumnsOf(left, right), WithColumnsOf(right, left));
            right = new LogicalProject(right, [.. left.Output.Select(column => Projection.Keep(right.Output.First(other => SameName(column, other))))]);
        }

        var name = operation.Kind.ToString().ToUpperInvariant();
        if (left.Output.Length != right.Output.Length)
        {
            throw new QueryException(
                ErrorCodes.SyntaxError,
                $"each {name} query must have the same number of columns: {left.Output.Length} and {right.Output.Length}",
                operation.Right.Span);
        }

        var types = left.Output.Zip(right.Output).Select(pair => Settled(CastRules.CommonType(pair.First.Type, pair.Second.Type))
            ?? throw new QueryException(
                ErrorCodes.DatatypeMismatch,
                $"{name} types {pair.First.Type} and {pair.Second.Type} cannot be matched in column \"{pair.First.Name}\"",
                operation.Right.Span)).ToImmutableArray();
        var columns = left.Output.Zip(types).Select(pair => context.NewColumn(pair.First.Name, pair.Second)).ToImmutableArray();
        var kind = operation.Kind switch
        {
            Ast.SetOperationKind.Union => SetOperator.Union,
            Ast.SetOperationKind.Intersect => SetOperator.Intersect,
            _ => SetOperator.Except,
        };
        return new LogicalSetOperation(kind, operation.All, CastAll(left, types), CastAll(right, types), columns);
    }

    private static bool SameName(LogicalColumn left, LogicalColumn right) => string.Equals(left.Name, right.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The plan with a NULL for each column that only the other one has.</summary>
    private LogicalNode WithColumnsOf(LogicalNode plan, LogicalNode other)
    {
        var missing = other.Output.Where(column => !plan.Output.Any(known => SameName(column, known))).ToList();
        return missing.Count == 0
            ? plan
            : new LogicalProject(plan, [.. plan.Output.Select(Projection.Keep), .. missing.Select(column => new Projection(context.NewColumn(column.Name, column.Type), Literal.Null(column.Type)))]);
    }

    /// <summary>The plan's columns as these types, each by a conversion that happens by itself.</summary>
    public LogicalNode CastAll(LogicalNode plan, ImmutableArray<DataType> types)
    {
        if (plan.Output.Select(column => column.Type).SequenceEqual(types))
        {
            return plan;
        }

        // An untyped literal is converted where it stands, by its value and not by a cast of its column.
        var coercion = new Coercion(context.Constants);
        if (plan is LogicalProject project)
        {
            project = new LogicalProject(project.Input, [.. project.Projections.Select((projection, i) => Coercion.IsOpen(projection.Column.Type)
                ? new Projection(context.NewColumn(projection.Column.Name, types[i]), coercion.To(projection.Value, types[i]))
                : projection)]);
            plan = project;
        }

        return new LogicalProject(plan, [.. plan.Output.Select((column, i) => new Projection(
            context.NewColumn(column.Name, types[i]), coercion.To(column.Reference(), types[i])))]);
    }

    private static DataType? Settled(DataType? type) => type is null ? null : Coercion.Settled(type);

    /// <summary>ORDER BY of a body that is no SELECT: over the result's columns.</summary>
    private LogicalNode Order(LogicalNode plan, IReadOnlyList<Ast.SortItem> items)
    {
        if (items.Count == 0)
        {
            return plan;
        }

        var expressions = new ExpressionBinder(context, Scope.Of(plan.Output, table: null), "ORDER BY");
        var outputs = plan.Output.Select(column => (column.Name, Value: (Expression)column.Reference())).ToList();
        var keys = items.SelectMany(item => item.Value switch
        {
            Ast.StarExpression { Qualifier: null } => outputs.Select(output => SortBinder.BindKey(item, output.Value, context.Mode)),
            Ast.NumberLiteral { Kind: Ast.NumberKind.Integer } ordinal => [SortBinder.BindKey(item, GroupingBinder.Ordinal(ordinal, outputs, "ORDER BY"), context.Mode)],
            _ => [SortBinder.BindKey(item, expressions.Coercion.Settle(expressions.Bind(item.Value)), context.Mode)],
        });
        return new LogicalSort(plan, [.. keys]);
    }
}
