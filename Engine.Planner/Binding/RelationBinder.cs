using System.Collections.Immutable;
using Engine.Catalog;
using Engine.Catalog.Memory;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Types;
using Engine.Parser;
using Engine.Planner.Logical;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>Binds what stands in FROM.</summary>
internal sealed class RelationBinder(BindingContext context, QueryBinder queries, Scope? outer)
{
    public RelationPlan Bind(Ast.Relation relation) => relation switch
    {
        Ast.TableReference table => BindTable(table),
        Ast.FileReference file => Scan(OpenFiles([file.Path], null, FormatOptions.None, null, file.Span), null),
        Ast.AliasedRelation aliased => BindAliased(aliased),
        Ast.SubqueryRelation subquery => BindSubquery(subquery),
        Ast.JoinRelation join => new JoinBinder(context, queries, this, outer).Bind(join),
        Ast.FunctionRelation function => new TableFunctionBinder(context, queries, this, outer).Bind(function),
        Ast.UnnestRelation unnest => new UnnestBinder(context, queries).Bind(unnest, new RelationPlan(OneRow(), new Scope([], outer))),
        Ast.SampledRelation sampled => BindSample(sampled),
        Ast.PivotRelation pivot => Name(queries.Bind(PivotBinder.Rewrite(pivot, ColumnNames(pivot.Source)), outer), null, [], pivot.Span),
        Ast.UnpivotRelation unpivot => Name(queries.Bind(PivotBinder.Rewrite(unpivot, ColumnNames(unpivot.Source)), outer), null, [], unpivot.Span),
        _ => throw new System.Diagnostics.UnreachableException(relation.GetType().Name),
    };

    /// <summary>All relations of a FROM list, joined as the commas say. Without any there is one row of no columns.</summary>
    public RelationPlan BindAll(IReadOnlyList<Ast.Relation> relations)
    {
        if (relations.Count == 0)
        {
            return new RelationPlan(OneRow(), new Scope([], outer));
        }

        var plan = Bind(relations[0]);
        foreach (var relation in relations.Skip(1))
        {
            plan = new JoinBinder(context, queries, this, outer).Cross(plan, relation);
        }

        return new RelationPlan(plan.Root, plan.Scope.WithOuter(outer));
    }

    public TableSource OpenFiles(IReadOnlyList<string> location, string? format, FormatOptions options, Schema? columns, SourceSpan span)
    {
        try
        {
            return context.Tables.OpenFiles(location, format, options, columns, context.CancellationToken);
        }
        catch (QueryException error)
        {
            throw error.At(span);
        }
    }

    public RelationPlan Scan(TableSource source, string? table, string? schema = null, MemoryTable? definition = null)
    {
        ImmutableArray<LogicalColumn> columns = [.. source.Schema.Select((field, place) => context.NewColumn(field.Name, field.Type, definition?.Columns.ElementAtOrDefault(place)?.MaxLength is { } length ? TextForm.OfLength(length) : field.Form))];
        var scan = new LogicalScan(source, columns, [.. Enumerable.Range(0, columns.Length)], [], Limit: null);
        return new RelationPlan(scan, new Scope([.. columns.Select((column, i) => new ScopeColumn(column, table, source.Schema[i].IsHidden, Schema: schema))], outer));
    }

    public static LogicalValues OneRow() => new([], [ImmutableArray<Core.Expressions.Expression>.Empty]);

    private IReadOnlyList<string> ColumnNames(Ast.Relation relation) =>
        [.. Bind(relation).Scope.Columns.Where(column => column is { IsHidden: false, NeedsTable: false }).Select(column => column.Column.Name)];

    /// <summary>Each row has the same chance, whichever method is named.</summary>
    private RelationPlan BindSample(Ast.SampledRelation sampled)
    {
        if (sampled.Method.Value is not ("bernoulli" or "system"))
        {
            throw new QueryException(ErrorCodes.UndefinedObject, $"tablesample method {sampled.Method.Value} does not exist", sampled.Method.Span, "There are BERNOULLI and SYSTEM.");
        }

        if (sampled.Seed is { } seed)
        {
            throw QueryException.NotSupportedYet("TABLESAMPLE ... REPEATABLE", seed.Span);
        }

        var expressions = new ExpressionBinder(context, Scope.Empty, "TABLESAMPLE");
        var percentage = context.Constants.Evaluate(expressions.Coercion.Explicit(expressions.Bind(sampled.Argument), DataType.Double, isTry: false, sampled.Argument.Span));
        if (percentage is not double share || !(share >= 0 && share <= 100))
        {
            throw new QueryException(ErrorCodes.InvalidTablesampleArgument, "sample percentage must be between 0 and 100", sampled.Argument.Span);
        }

        var plan = Bind(sampled.Source);
        var condition = expressions.Call("<", [expressions.Call("random", [], sampled.Span), new Core.Expressions.Literal(share / 100, DataType.Double)], sampled.Span);
        return plan with { Root = new LogicalFilter(plan.Root, condition) };
    }

    private RelationPlan BindTable(Ast.TableReference reference)
    {
        var name = reference.Name;
        if (name.IsSimple && queries.CommonTables.Find(name.Last) is { } common)
        {
            return Name(queries.CommonTables.Use(common), name.Last.Value, [], reference.Span);
        }

        var entry = Find(name) ?? context.Tables.FindSequence(TableNames.Of(name));
        if (entry is not null && context.ViewDepth == 0)
        {
            context.Relations.Add((entry.Schema, entry.Name));
        }

        return entry switch
        {
            TableEntry table => Scan(table.Source, table.Name, name.Parts.Count > 1 ? name.Parts[^2].Value : null, table.Definition),
            ViewEntry view => BindView(view, reference.Span),
            _ => throw MissingTable(name),
        };
    }

    private CatalogEntry? Find(Ast.QualifiedName name)
    {
        try
        {
            return context.Tables.Find(TableNames.Of(name), context.CancellationToken);
        }
        catch (QueryException error)
        {
            throw error.At(name.Span);
        }
    }

    private RelationPlan BindView(ViewEntry view, SourceSpan span)
    {
        if (++context.ViewDepth > BindingContext.MaxViewDepth)
        {
            throw new QueryException(ErrorCodes.InvalidTableDefinition, $"view {view.Name} refers to itself", span);
        }

        var names = context.Tables;
        context.Tables = view.Names ?? names;
        try
        {
            var query = SqlParser.ParseStatement(view.Sql) is Ast.QueryStatement statement
                ? statement.Query
                : throw new QueryException(ErrorCodes.InvalidTableDefinition, $"view {view.Name} is no query", span);
            return Name(new QueryBinder(context).Bind(query, outer: null), view.Name, [], span);
        }
        catch (QueryException error) when (error.Span is not null)
        {
            // The place is in the view's text, which is not what the user typed.
            throw new QueryException(error.Code, $"in view {view.Name}: {error.Message}", span, error.Hint, error);
        }
        finally
        {
            context.Tables = names;
            context.ViewDepth--;
        }
    }

    private RelationPlan BindAliased(Ast.AliasedRelation aliased)
    {
        var plan = Bind(aliased.Source);
        var name = aliased.Name.Value;
        if (aliased.Columns.IsEmpty)
        {
            // The one column of a function goes by the alias too, as in PostgreSQL.
            var isFunction = aliased.Source is (Ast.UnnestRelation or Ast.FunctionRelation { Function.Name.Last.Value: not "range", Columns.IsEmpty: true }) && IsOneColumn(plan);
            return new RelationPlan(plan.Root, new Scope([.. plan.Scope.Columns.Select((column, place) => column with
            {
                Table = name, Schema = null, NeedsTable = false, Column = isFunction && place == 0 ? column.Column with { Name = name } : column.Column,
            })], outer));
        }

        var visible = plan.Scope.Columns.Where(column => !column.IsHidden).ToList();
        if (aliased.Columns.Count > visible.Count)
        {
            throw new QueryException(
                ErrorCodes.InvalidColumnReference,
                $"table \"{name}\" has {visible.Count} columns available but {aliased.Columns.Count} columns specified",
                aliased.Columns[visible.Count].Span);
        }

        var renamed = plan.Scope.Columns.Select(column =>
        {
            var place = visible.IndexOf(column);
            var label = place >= 0 && place < aliased.Columns.Count ? aliased.Columns[place].Value : column.Column.Name;
            return column with { Column = column.Column with { Name = label }, Table = name, Schema = null, NeedsTable = false };
        });
        return new RelationPlan(plan.Root, new Scope([.. renamed], outer));
    }

    /// <summary>Whether a function gives one column, beside the number of the row.</summary>
    private static bool IsOneColumn(RelationPlan plan) => plan.Scope.Columns.Length - (plan.Root is LogicalUnnest { Ordinality: not null } ? 1 : 0) == 1
        && !(plan.Root is LogicalScan { Source: FileTableSource });

    private RelationPlan BindSubquery(Ast.SubqueryRelation subquery) => Name(queries.Bind(subquery.Query, outer), null, [], subquery.Span);

    private RelationPlan Name(LogicalNode query, string? table, IReadOnlyList<Ast.Identifier> columns, SourceSpan span)
    {
        if (columns.Count > query.Output.Length)
        {
            throw new QueryException(
                ErrorCodes.InvalidColumnReference, $"{columns.Count} column names given for {query.Output.Length} columns", span);
        }

        var named = query.Output.Select((column, i) => i < columns.Count ? column with { Name = columns[i].Value } : column);
        return new RelationPlan(query, Scope.Of(named, table, outer));
    }

    private QueryException MissingTable(Ast.QualifiedName name)
    {
        var schema = TableNames.Of(name).Schema;
        var known = context.Tables.List(schema).Select(entry => entry.Name).Concat(queries.CommonTables.Names);
        var looksLikeFile = name.Last.Value.Contains('.', StringComparison.Ordinal) || (schema is not null && name.Last.Value is "csv" or "json" or "parquet" or "log" or "arrow");
        var hint = NearNames.Hint(name.Last.Value, known)
            ?? (looksLikeFile ? "A file is named as a string: FROM 'path/to/file.csv'." : null);
        return new QueryException(ErrorCodes.UndefinedTable, $"relation \"{name.Plain}\" does not exist", name.Span, hint);
    }
}
