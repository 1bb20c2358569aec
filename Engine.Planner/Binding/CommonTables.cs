using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner.Logical;
using Engine.Planner.Statistics;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>
/// The common tables in reach of a query. One that is used more than once is computed once and read from there, unless that would cost more than it
/// saves: a mere reading of a table is better done twice, each time with the conditions of its use.
/// </summary>
internal sealed class CommonTables(BindingContext context, QueryBinder queries)
{
    private ImmutableDictionary<string, CommonTable> _known = ImmutableDictionary<string, CommonTable>.Empty;

    public IEnumerable<string> Names => _known.Keys;

    public CommonTable? Find(Ast.Identifier name) => _known.TryGetValue(name.Value, out var table) ? table : _known.FirstOrDefault(pair => Scope.Matches(name, pair.Key)).Value;

    /// <summary>Binds something within reach of common tables, and adds to its plan those that it shares.</summary>
    /// <param name="with">Declares them; null for none.</param>
    /// <param name="outer">The columns of the query around.</param>
    /// <param name="bind">Binds it.</param>
    public LogicalNode Bind(Ast.WithClause? with, Scope? outer, Func<LogicalNode> bind)
    {
        var before = _known;
        var declared = new List<CommonTable>();
        try
        {
            foreach (var table in with?.Tables ?? [])
            {
                if (declared.Exists(other => other.Declaration.Name.Value == table.Name.Value))
                {
                    throw new QueryException(ErrorCodes.DuplicateAlias, $"WITH query name \"{table.Name.Value}\" specified more than once", table.Name.Span);
                }

                var added = new CommonTable(table, _known, outer, with!.Recursive && table.Query.Body is Ast.SetOperationBody { Kind: Ast.SetOperationKind.Union });
                declared.Add(added);
                _known = _known.SetItem(table.Name.Value, added);
            }

            return Share(bind(), declared);
        }
        finally
        {
            _known = before;
        }
    }

    /// <summary>The rows of a common table where it is named.</summary>
    public LogicalNode Use(CommonTable table)
    {
        if (table.Step is { } step)
        {
            return step.NewScan(context);
        }

        if (table.Shared is { } shared)
        {
            return shared.NewScan(context);
        }

        var plan = BindAt(table);
        if (!IsWorthSharing(table.Declaration, plan))
        {
            return plan;
        }

        table.Shared = new SharedRows(context.NewSharedPlan(), table.Declaration.Name.Value, plan.Output, RowEstimate.Of(plan)) { Plan = plan };
        return table.Shared.NewScan(context);
    }

    /// <summary>Puts what is read once where it is read, and what is read more often before the plan.</summary>
    private static LogicalNode Share(LogicalNode plan, IEnumerable<CommonTable> declared)
    {
        // The last declared first: it may be what reads the others.
        foreach (var table in declared.Reverse().Where(table => table.Shared is not null))
        {
            var shared = table.Shared!;
            var uses = plan.SelfAndDescendants().OfType<LogicalSharedScan>().Count(scan => scan.Id == shared.Id);
            if (uses > 1 || (uses == 1 && table.Declaration.Materialized == true))
            {
                plan = new LogicalWith([new SharedPlan(shared.Id, shared.Name, shared.Plan!)], plan);
            }
            else if (uses == 1)
            {
                plan = plan.RewriteUp(node => node is LogicalSharedScan scan && scan.Id == shared.Id ? Inline(scan, shared.Plan!) : node);
            }
        }

        return plan;
    }

    private static LogicalProject Inline(LogicalSharedScan scan, LogicalNode plan) =>
        new(plan, [.. scan.Columns.Zip(scan.Places, (column, place) => new Projection(column, plan.Output[place].Reference()))]);

    /// <summary>A plan that refers to a query around it is another one for each of its rows.</summary>
    private static bool IsWorthSharing(Ast.CommonTable table, LogicalNode plan)
    {
        if (table.Materialized == false || plan.FreeColumns().Count > 0)
        {
            return false;
        }

        return table.Materialized == true || plan.SelfAndDescendants().Any(node =>
            node is not (LogicalScan or LogicalFilter or LogicalProject or LogicalSharedScan or LogicalValues) || node.Expressions.Any(expression => expression.IsVolatile()));
    }

    /// <summary>The query of a common table, bound with the names that were in reach where it was declared.</summary>
    private LogicalNode BindAt(CommonTable table)
    {
        var before = _known;
        _known = table.Visible;
        try
        {
            return Rename(table.Declaration, table.IsRecursive ? BindRecursive(table) : queries.Bind(table.Declaration.Query, table.Outer));
        }
        finally
        {
            _known = before;
        }
    }

    /// <summary>A union whose right side may name the table: then it means the rows that were new the last time.</summary>
    private LogicalNode BindRecursive(CommonTable table)
    {
        var query = table.Declaration.Query;
        var union = (Ast.SetOperationBody)query.Body;
        return queries.CommonTables.Bind(query.With, table.Outer, () =>
        {
            var first = queries.BindBody(union.Left, table.Outer, keepsUntyped: true);
            ImmutableArray<DataType> types = [.. first.Output.Select(column => Coercion.Settled(column.Type))];
            first = queries.CastAll(first, types);
            var names = table.Declaration.Columns;
            var visible = first.Output.Select((column, i) => column with { Name = i < names.Count ? names[i].Value : column.Name }).ToImmutableArray();
            var step = new SharedRows(context.NewSharedPlan(), table.Declaration.Name.Value, visible, RowEstimate.Of(first));
            var self = new CommonTable(table.Declaration, _known, table.Outer, isRecursive: false) { Step = step };
            _known = _known.SetItem(table.Declaration.Name.Value, self);
            var next = queries.BindBody(union.Right, table.Outer, keepsUntyped: true);
            if (!next.SelfAndDescendants().OfType<LogicalSharedScan>().Any(scan => scan.Id == step.Id))
            {
                // It does not name itself after all.
                return queries.Bind(query, table.Outer);
            }

            return new LogicalRecursion(
                step.Id, step.Name, union.All, first, Fit(next, first, table.Declaration, union.Right.Span), [.. visible.Select(column => context.NewColumn(column.Name, column.Type))]);
        }) is var plan && query.OrderBy.IsEmpty && query.Limit is null && query.Offset is null
            ? plan
            : plan is LogicalRecursion ? throw QueryException.NotSupportedYet("ORDER BY, LIMIT and OFFSET of a recursive query", query.Span) : plan;
    }

    /// <summary>The step's columns as the types that the first rows have.</summary>
    private LogicalNode Fit(LogicalNode next, LogicalNode first, Ast.CommonTable table, SourceSpan span)
    {
        if (next.Output.Length != first.Output.Length)
        {
            throw new QueryException(ErrorCodes.SyntaxError, $"each UNION query must have the same number of columns: {first.Output.Length} and {next.Output.Length}", span);
        }

        for (var i = 0; i < first.Output.Length; i++)
        {
            var (wanted, found) = (first.Output[i].Type, next.Output[i].Type);
            if (!CastRules.IsImplicit(found, wanted))
            {
                throw new QueryException(
                    ErrorCodes.DatatypeMismatch,
                    $"recursive query \"{table.Name.Value}\" column {i + 1} has type {wanted} in non-recursive term but type {found} overall",
                    span,
                    "Cast the output of the non-recursive term to the correct type.");
            }
        }

        return queries.CastAll(next, [.. first.Output.Select(column => column.Type)]);
    }

    private static LogicalNode Rename(Ast.CommonTable table, LogicalNode plan)
    {
        var names = table.Columns;
        if (names.Count > plan.Output.Length)
        {
            throw new QueryException(
                ErrorCodes.InvalidColumnReference,
                $"WITH query \"{table.Name.Value}\" has {plan.Output.Length} columns available but {names.Count} columns specified",
                table.Name.Span);
        }

        return names.IsEmpty
            ? plan
            : new LogicalProject(plan, [.. plan.Output.Select((column, i) => new Projection(i < names.Count ? column with { Name = names[i].Value } : column, column.Reference()))]);
    }
}

/// <summary>A common table that is in reach.</summary>
/// <param name="declaration">Its name and query.</param>
/// <param name="visible">The common tables that its query sees.</param>
/// <param name="outer">The columns of the query around the one that declares it.</param>
/// <param name="isRecursive">Whether its query may name it.</param>
internal sealed class CommonTable(Ast.CommonTable declaration, ImmutableDictionary<string, CommonTable> visible, Scope? outer, bool isRecursive)
{
    public Ast.CommonTable Declaration => declaration;

    public ImmutableDictionary<string, CommonTable> Visible => visible;

    public Scope? Outer => outer;

    public bool IsRecursive => isRecursive;

    /// <summary>Its rows, when they are computed once for all uses; null until it was used.</summary>
    public SharedRows? Shared { get; set; }

    /// <summary>Inside of its own query: the rows that were new the last time.</summary>
    public SharedRows? Step { get; init; }
}

/// <summary>Rows that several scans read.</summary>
internal sealed record SharedRows(int Id, string Name, ImmutableArray<LogicalColumn> Columns, double EstimatedRows)
{
    /// <summary>What computes them; null for those of a recursion.</summary>
    public LogicalNode? Plan { get; init; }

    /// <summary>One more reading of them, with columns of its own.</summary>
    public LogicalSharedScan NewScan(BindingContext context) =>
        new(Id, Name, [.. Columns.Select(column => context.NewColumn(column.Name, column.Type, column.Form))], [.. Enumerable.Range(0, Columns.Length)], EstimatedRows);
}
