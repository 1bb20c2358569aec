using System.Collections.Immutable;
using Engine.Catalog;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Engine.Planner.Binding;
using Engine.Planner.Logical;
using Engine.Server.Metadata;
using Ast = Engine.Parser.Ast;

namespace Engine.Server.Sessions;

/// <summary>SHOW: most of it is a query over the tables that tell of the engine.</summary>
internal sealed class ShowCommand(Session session)
{
    public StatementResult Execute(Ast.ShowStatement show, CancellationToken cancellationToken) => show.Kind switch
    {
        Ast.ShowKind.Catalogs => Query($"SELECT catalog_name AS catalog FROM system.metadata.catalogs WHERE {Like("catalog_name", show)} ORDER BY 1", cancellationToken),
        Ast.ShowKind.Schemas => Query(
            $"SELECT DISTINCT schema_name AS schema FROM system.metadata.schemas WHERE {Within(SchemasOf(show.Target))} AND {Like("schema_name", show)} ORDER BY 1", cancellationToken),
        Ast.ShowKind.Tables => Query(Relations(show, "true"), cancellationToken),
        Ast.ShowKind.Views => Query(Relations(show, "table_type = 'view'"), cancellationToken),
        Ast.ShowKind.Columns => Columns(show, cancellationToken),
        Ast.ShowKind.Functions => Functions(show, cancellationToken),
        Ast.ShowKind.Session => Query($"SELECT name, value, description FROM system.runtime.settings WHERE {Like("name", show)}", cancellationToken),
        Ast.ShowKind.Queries => Query(
            $"SELECT query_id, user_name, elapsed_ms, input_rows, output_rows, query FROM system.runtime.queries WHERE state = 'RUNNING' AND {Like("query", show)}", cancellationToken),
        Ast.ShowKind.Partitions => Partitions(show.Target!, cancellationToken),
        Ast.ShowKind.CreateSchema => Definition(DefinitionText.OfSchema(Places(show.Target!)[0].Schema ?? show.Target!.Last.Value), cancellationToken),
        _ => Definition(show, cancellationToken),
    };

    public StatementResult Execute(Ast.ShowVariableStatement variable, CancellationToken cancellationToken)
    {
        var name = variable.Name.Last.Value;
        try
        {
            return session.Table("SHOW", [SessionSettings.LabelOf(name)], [[session.Settings[name]]], cancellationToken);
        }
        catch (QueryException error)
        {
            throw error.At(variable.Span);
        }
    }

    private StatementResult Query(string sql, CancellationToken cancellationToken) => session.Query("SHOW", sql, cancellationToken);

    private string Relations(Ast.ShowStatement show, string condition)
    {
        var places = show.Target is null ? [.. session.Names.PlacesOf(schema: null).Select(place => (place.Catalog, (string?)place.Schema))] : Places(show.Target);

        // The tables about tables pass over a catalog file that cannot be read; who asks for its schema is told.
        places.ForEach(place => _ = place.Schema is { } schema && place.Catalog.List(schema).Any());
        return $"SELECT DISTINCT schema_name AS schema, table_name AS name, table_type AS type, comment FROM system.metadata.tables "
            + $"WHERE {Within(places)} AND {condition} AND {Like("table_name", show)} ORDER BY 1, 2";
    }

    /// <summary>Functions are in every schema.</summary>
    private StatementResult Functions(Ast.ShowStatement show, CancellationToken cancellationToken)
    {
        _ = show.Target is { } target ? Places(target) : [];
        return Query(
            $"SELECT function_name AS function, arguments, result, category, description, example FROM system.metadata.functions WHERE {Like("function_name", show)}", cancellationToken);
    }

    private StatementResult Columns(Ast.ShowStatement show, CancellationToken cancellationToken)
    {
        var (catalog, entry) = Locate(show.Target!, cancellationToken);
        return Query(
            $"SELECT column_name AS column, data_type AS type, is_nullable AS nullable, column_default AS default, comment FROM system.metadata.columns "
            + $"WHERE catalog_name = {Text(catalog)} AND schema_name = {Text(entry.Schema)} AND table_name = {Text(entry.Name)} AND {Like("column_name", show)} ORDER BY ordinal_position",
            cancellationToken);
    }

    private StatementResult Definition(Ast.ShowStatement show, CancellationToken cancellationToken)
    {
        var (catalog, entry) = Locate(show.Target!, cancellationToken);
        var isView = show.Kind == Ast.ShowKind.CreateView;
        if (entry is ViewEntry != isView)
        {
            throw new QueryException(
                ErrorCodes.WrongObjectType, $"\"{entry.Name}\" is {(isView ? "no view" : "a view")}", show.Target!.Span, $"Use SHOW CREATE {(isView ? "TABLE" : "VIEW")}.");
        }

        return Definition(DefinitionText.Of(catalog, entry), cancellationToken);
    }

    private StatementResult Definition(string statement, CancellationToken cancellationToken) => session.Table("SHOW", ["statement"], [[statement]], cancellationToken);

    /// <summary>The values of the partition columns, with how many files and bytes have them.</summary>
    private StatementResult Partitions(Ast.QualifiedName name, CancellationToken cancellationToken)
    {
        if (Locate(name, cancellationToken).Entry is not TableEntry { Source: FileTableSource { PartitionSchema.Count: > 0 } table })
        {
            throw new QueryException(ErrorCodes.WrongObjectType, $"\"{name.Last.Value}\" has no partitions", name.Span, "Partition columns come from the paths of files: location: orders/{day:date}.csv");
        }

        var partitions = table.Files
            .GroupBy(file => string.Join('\0', file.PartitionValues.Select(value => value is null ? "null" : $"={value}")))
            .Select(files => (files.First().PartitionValues, Files: files.LongCount(), Bytes: files.Sum(file => file.File.Size)));
        return session.Run("SHOW", session.Plan(Rows, cancellationToken), cancellationToken);

        LogicalNode Rows(BindingContext context)
        {
            ImmutableArray<LogicalColumn> columns =
            [
                .. table.PartitionSchema.Select(field => context.NewColumn(field.Name, field.Type)),
                context.NewColumn("files", DataType.BigInt),
                context.NewColumn("bytes", DataType.BigInt),
            ];
            return new LogicalValues(columns, [.. partitions.Select(partition => (ImmutableArray<Expression>)
            [
                .. table.PartitionSchema.Select((field, i) => (Expression)new Cast(new Literal(partition.PartitionValues[i], DataType.Varchar), field.Type, IsTry: true)),
                new Literal(partition.Files, DataType.BigInt),
                new Literal(partition.Bytes, DataType.BigInt),
            ])]);
        }
    }

    private (string Catalog, CatalogEntry Entry) Locate(Ast.QualifiedName name, CancellationToken cancellationToken)
    {
        var parts = TableNames.Of(name);
        return session.Names.Locate(parts, cancellationToken) is { } found
            ? (parts.Schema == SessionNames.InformationSchema ? parts.Catalog ?? session.Names.CurrentCatalog : found.Catalog.Name, found.Entry)
            : throw new QueryException(
                ErrorCodes.UndefinedTable, $"relation \"{name.Plain}\" does not exist", name.Span, NearNames.Hint(name.Last.Value, session.Names.List(parts.Schema).Select(entry => entry.Name)));
    }

    /// <summary>The schemas that are reached without naming a catalog, or those of one.</summary>
    private IEnumerable<(ICatalog Catalog, string? Schema)> SchemasOf(Ast.QualifiedName? catalog) => catalog is null
        ? session.Names.ReachableCatalogs.Select(known => (known, (string?)null))
        : [(CatalogOf(catalog.Last), null)];

    private ICatalog CatalogOf(Ast.Identifier name) => session.Names.FindCatalog(name.Value) ?? throw new QueryException(
        ErrorCodes.UndefinedDatabase, $"catalog \"{name.Value}\" does not exist", name.Span, NearNames.Hint(name.Value, session.Names.Catalogs.Select(catalog => catalog.Name)));

    /// <summary>The schemas of that name: in all catalogs that are reached, where none is named. What is no schema may be a catalog.</summary>
    private List<(ICatalog Catalog, string? Schema)> Places(Ast.QualifiedName name)
    {
        var schema = name.Last.Value;
        var catalogs = (name.IsSimple ? session.Names.ReachableCatalogs.Prepend(session.Names.Temporary) : [CatalogOf(name.Parts[0])]).ToList();
        var found = catalogs
            .Where(catalog => catalog.HasSchema(schema) || SessionNames.IsSystemSchema(schema))
            .SelectMany(catalog => session.Names.SchemasOf(catalog).Concat(SessionNames.SystemSchemas).Where(known => known.Equals(schema, StringComparison.OrdinalIgnoreCase)).Select(known => (catalog, (string?)known)))
            .ToList();
        return found.Count > 0 ? found
            : name.IsSimple && session.Names.FindCatalog(schema) is { } whole ? [(whole, null)]
            : throw new QueryException(ErrorCodes.UndefinedSchema, $"schema \"{schema}\" does not exist", name.Span, NearNames.Hint(schema, catalogs.SelectMany(session.Names.SchemasOf)));
    }

    private static string Within(IEnumerable<(ICatalog Catalog, string? Schema)> places) =>
        $"({string.Join(" OR ", places.Select(place => $"catalog_name = {Text(place.Catalog.Name)}{(place.Schema is { } schema ? $" AND schema_name = {Text(schema)}" : string.Empty)}"))})";

    private static string Like(string column, Ast.ShowStatement show) => show.Like is { } pattern ? $"{column} ILIKE {Text(pattern)}" : "true";

    private static string Text(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
