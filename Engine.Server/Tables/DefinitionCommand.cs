using System.Collections.Immutable;
using Engine.Catalog;
using Engine.Catalog.Memory;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Parser;
using Engine.Parser.Ast;
using Engine.Planner;
using Engine.Planner.Binding;
using Engine.Server.Sessions;
using Literal = Engine.Core.Expressions.Literal;

namespace Engine.Server.Tables;

/// <summary>CREATE TABLE, CREATE TABLE AS, CREATE VIEW and CREATE SCHEMA. What has no location is kept in memory.</summary>
internal sealed class DefinitionCommand(Session session, ImmutableArray<Literal> parameters)
{
    private SessionNames Names => session.Names;

    public StatementResult Execute(CreateTableStatement create, CancellationToken cancellationToken)
    {
        RefuseStorage(create.Storage, "CREATE TABLE");
        var place = NamePlace.OfNew(create.Name, create.Temporary, Names);
        if (!Claim(create.Name, place, create.Mode, isView: false, cancellationToken))
        {
            return StatementResult.Done("CREATE TABLE");
        }

        var table = Binder.BindTable(create, place.Schema, session.NewBindingContext(cancellationToken));
        Add(place, table with { Table = place.Catalog.Tables.Create(table.Schema, table.UniqueKeys), Comment = CommentOf(create.Storage) }, create.Name);
        return StatementResult.Done("CREATE TABLE");
    }

    public StatementResult Execute(CreateTableAsStatement create, CancellationToken cancellationToken)
    {
        RefuseStorage(create.Storage, "CREATE TABLE AS");
        var place = NamePlace.OfNew(create.Name, create.Temporary, Names);
        var plan = session.Plan(context => Binder.Bind(create.Query, context), cancellationToken, parameters);
        var columns = Binder.BindColumns(plan.Output, create.Columns, create.Query.Span);
        if (!Claim(create.Name, place, create.Mode, isView: false, cancellationToken))
        {
            return StatementResult.Done("CREATE TABLE AS");
        }

        var tables = place.Catalog.Tables;
        var table = new MemoryTable(create.Name.Last.Value, columns, [], Table: 0);
        using var rows = new WrittenRows(table, tables);
        if (create.WithData)
        {
            using var result = session.Run("SELECT", plan, cancellationToken);
            rows.TakeAll(result);
        }

        table = table with { Table = tables.Create(table.Schema), Comment = CommentOf(create.Storage) };
        tables.Append(table.Table, rows.Release());
        Add(place, table, create.Name);
        return create.WithData ? StatementResult.Wrote("SELECT", rows.Count, rowErrors: null) : StatementResult.Done("CREATE TABLE AS");
    }

    public StatementResult Execute(CreateViewStatement create, CancellationToken cancellationToken)
    {
        if (create.Materialized)
        {
            throw QueryException.NotSupportedYet("CREATE MATERIALIZED VIEW", create.Span);
        }

        RefuseStorage(create.Storage, "CREATE VIEW");
        var place = NamePlace.OfNew(create.Name, create.Temporary, Names);
        var query = create.Columns.IsEmpty ? create.Query : Renamed(create);
        var columns = Binder.Bind(query, session.NewBindingContext(cancellationToken)).Output;
        Binder.BindColumns(new Schema([.. columns.Select(column => new Field(column.Name, column.Type))]), [], create.Query.Span);
        if (Claim(create.Name, place, create.Mode, isView: true, cancellationToken))
        {
            Add(place, new MemoryView(create.Name.Last.Value, SqlUnparser.Unparse(query), Names) { Comment = CommentOf(create.Storage) }, create.Name);
        }

        return StatementResult.Done("CREATE VIEW");
    }

    public StatementResult Execute(CreateSchemaStatement create)
    {
        if (!create.Options.IsEmpty)
        {
            throw QueryException.NotSupportedYet("CREATE SCHEMA with options", create.Span);
        }

        var schema = create.Name.Last.Value;
        if (schema == SessionNames.InformationSchema && !create.Name.IsSimple)
        {
            throw new QueryException(ErrorCodes.DuplicateSchema, $"schema \"{schema}\" already exists", create.Name.Span);
        }

        var catalog = create.Name.IsSimple ? Names.Memory : NamePlace.WritableCatalog(create.Name.Parts[0], Names);
        Names.RequireWrite(catalog, schema, $"schema {schema}", create.Name.Span);
        var exists = create.Name.IsSimple ? Names.Schemas.Contains(schema, StringComparer.Ordinal) : catalog.Schemas.Contains(schema, StringComparer.Ordinal);
        if (exists && create.Mode == CreateMode.Create)
        {
            throw new QueryException(ErrorCodes.DuplicateSchema, $"schema \"{schema}\" already exists", create.Name.Span);
        }

        if (exists)
        {
            session.Notify($"schema \"{schema}\" already exists, skipping", ErrorCodes.DuplicateSchema);
        }
        else if (catalog.TryAddSchema(schema))
        {
            session.Transaction?.Undo(() => catalog.RemoveSchema(schema));
        }

        return StatementResult.Done("CREATE SCHEMA");
    }

    /// <summary><c>CREATE VIEW v (a, b) AS query</c> is <c>SELECT * FROM (query) v (a, b)</c>.</summary>
    private static Query Renamed(CreateViewStatement create)
    {
        var source = new AliasedRelation(new SubqueryRelation(create.Query, Lateral: false, create.Query.Span), create.Name.Last, create.Columns, create.Query.Span);
        var everything = new SelectItem(new StarExpression(null, [], [], [], create.Span), Alias: null, create.Span);
        var body = new SelectBody(Distinct: null, [everything], [source], Where: null, GroupBy: null, Having: null, [], Qualify: null, create.Span);
        return new Query(With: null, body, [], Limit: null, Offset: null, create.Span);
    }

    /// <summary>A table in memory can be given a comment, and no place or format.</summary>
    private static void RefuseStorage(TableStorage storage, string statement)
    {
        if (storage with { Options = [], Span = default } != TableStorage.None || storage.Options.Any(option => option.Name != "comment"))
        {
            throw QueryException.NotSupportedYet($"{statement} with a location, format or options", storage.Span);
        }
    }

    private static string? CommentOf(TableStorage storage) => (storage.Options.LastOrDefault()?.Value as StringLiteral)?.Value;

    /// <summary>Whether the name is free now; what it stood for goes when it is to be replaced.</summary>
    private bool Claim(QualifiedName name, NamePlace place, CreateMode mode, bool isView, CancellationToken cancellationToken)
    {
        var reachable = place.Catalog == Names.Memory ? Names.ReachableCatalogs : [place.Catalog];
        var known = reachable.Select(catalog => catalog.Find(place.Schema, name.Last.Value, cancellationToken)).FirstOrDefault(entry => entry is not null && entry.Name == name.Last.Value);
        if (known is null)
        {
            return true;
        }

        switch (mode)
        {
            case CreateMode.IfNotExists:
                session.Notify($"relation \"{name.Last.Value}\" already exists, skipping", ErrorCodes.DuplicateTable);
                return false;
            case CreateMode.OrReplace when known is ViewEntry != isView:
                throw new QueryException(ErrorCodes.WrongObjectType, $"\"{known.Name}\" is {(isView ? "no view" : "a view")}", name.Span);
            case CreateMode.OrReplace when place.Catalog.Find(place.Schema, known.Name, cancellationToken) is not null:
                session.Remove(place.Catalog, place.Schema, known.Name);
                return true;
            default:
                throw new QueryException(ErrorCodes.DuplicateTable, $"relation \"{name.Last.Value}\" already exists", name.Span);
        }
    }

    private void Add(NamePlace place, MemoryObject entry, QualifiedName name)
    {
        if (!place.Catalog.TryAdd(place.Schema, entry))
        {
            if (entry is MemoryTable table)
            {
                place.Catalog.Tables.Drop(table.Table);
            }

            throw new QueryException(ErrorCodes.DuplicateTable, $"relation \"{entry.Name}\" already exists", name.Span);
        }

        session.Transaction?.Undo(() => place.Catalog.Remove(place.Schema, entry.Name));
    }
}
