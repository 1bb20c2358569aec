using System.Collections.Immutable;
using Engine.Catalog;
using Engine.Catalog.Memory;
using Engine.Core.Functions;

namespace Engine.Server.Metadata.SystemTables;

/// <summary>The schema <c>system.metadata</c>: what there is, in all catalogs and in the engine's own words.</summary>
internal static class MetadataTables
{
    public static readonly ImmutableArray<MetadataTable> All =
    [
        MetadataTable<ICatalog>.Of("catalogs", scope => scope.Catalogs)
            .Catalog("catalog_name", catalog => catalog.Name)
            .Text("kind", catalog => catalog switch
            {
                CatalogFolder => "files",
                MemoryCatalog { Name: MemoryCatalog.TemporaryName } => "temporary",
                MemoryCatalog => "memory",
                Catalog.Tpch.TpchCatalog => "generated",
                _ => "system",
            }),
        MetadataTable<SchemaRow>.Of("schemas", scope => scope.Schemas)
            .Catalog("catalog_name", schema => schema.Catalog.Name)
            .InSchema("schema_name", schema => schema.Name)
            .Text("comment", schema => schema.Holder.CommentOn(schema.Name, name: null)),
        MetadataTable<RelationRow>.Of("tables", scope => scope.Relations)
            .Catalog("catalog_name", table => table.CatalogName)
            .InSchema("schema_name", table => table.SchemaName)
            .Relation("table_name", table => table.Name)
            .Text("table_type", table => table.IsView ? "view" : "table")
            .Text("comment", table => table.Comment),
        MetadataTable<ColumnRow>.Of("columns", scope => scope.Columns)
            .Catalog("catalog_name", row => row.Relation.CatalogName)
            .InSchema("schema_name", row => row.Relation.SchemaName)
            .Relation("table_name", row => row.Relation.Name)
            .Text("column_name", row => row.Column.Name)
            .Number("ordinal_position", row => row.Position)
            .Text("data_type", row => row.Column.MaxLength is { } length ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{row.Column.Type}({length})") : row.Column.Type.ToString())
            .Boolean("is_nullable", row => row.Column.IsNullable)
            .Text("column_default", row => row.Column.Default)
            .Text("comment", row => row.Column.Comment),
        MetadataTable<RoutineRow>.Of("functions", scope => RoutineRow.All(scope.Session.Engine.Functions))
            .Text("function_name", row => row.Function.Name)
            .Text("arguments", row => row.Signature.Arguments)
            .Text("result", row => row.Signature.Result)
            .Text("function_type", row => row.Kind)
            .Text("category", row => row.Function.Category)
            .Boolean("deterministic", row => row.Function.Volatility == Volatility.Immutable)
            .Text("aliases", row => row.Function.Aliases.IsEmpty ? null : string.Join(", ", row.Function.Aliases))
            .Text("description", row => row.Function.Description)
            .Text("example", row => row.Function.Example),
    ];
}
