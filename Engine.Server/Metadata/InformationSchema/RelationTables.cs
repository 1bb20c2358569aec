using System.Collections.Immutable;
using Engine.Core.Types;

namespace Engine.Server.Metadata.InformationSchema;

/// <summary>Catalogs, schemas, tables, columns, views and sequences.</summary>
internal static class RelationTables
{
    public static readonly ImmutableArray<MetadataTable> All =
    [
        MetadataTable<string>.Of("information_schema_catalog_name", scope => [scope.Names.CurrentCatalog])
            .Text("catalog_name", catalog => catalog),
        MetadataTable<(SchemaRow Schema, string Owner)>.Of("schemata", scope => scope.Schemas.Select(schema => (schema, scope.User)))
            .Catalog("catalog_name", row => row.Schema.Catalog.Name)
            .InSchema("schema_name", row => row.Schema.Name)
            .Text("schema_owner", row => row.Owner)
            .Nothing("default_character_set_catalog default_character_set_schema default_character_set_name sql_path")
            .Text("schema_comment", row => row.Schema.Holder.CommentOn(row.Schema.Name, name: null)),
        MetadataTable<RelationRow>.Of("tables", scope => scope.Relations)
            .Catalog("table_catalog", table => table.CatalogName)
            .InSchema("table_schema", table => table.SchemaName)
            .Relation("table_name", table => table.Name)
            .Text("table_type", table => table.IsView ? "VIEW" : table.IsTemporary ? "LOCAL TEMPORARY" : "BASE TABLE")
            .Nothing("self_referencing_column_name reference_generation user_defined_type_catalog user_defined_type_schema user_defined_type_name")
            .Flag("is_insertable_into", table => table is { IsView: false, IsWritable: true })
            .Flag("is_typed", _ => false)
            .Text("commit_action", table => table is { IsTemporary: true, IsView: false } ? "PRESERVE" : null)
            .Text("table_comment", table => table.Comment),
        Columns(MetadataTable<ColumnRow>.Of("columns", scope => scope.Columns)),
        MetadataTable<(RelationRow Relation, string? Definition)>.Of("views", scope => scope.Views.Select(view => (view, scope.DefinitionOf(view))))
            .Catalog("table_catalog", view => view.Relation.CatalogName)
            .InSchema("table_schema", view => view.Relation.SchemaName)
            .Relation("table_name", view => view.Relation.Name)
            .Text("view_definition", view => view.Definition)
            .Text("check_option", _ => "NONE")
            .Flag("is_updatable", _ => false)
            .Flag("is_insertable_into", _ => false)
            .Flag("is_trigger_updatable", _ => false)
            .Flag("is_trigger_deletable", _ => false)
            .Flag("is_trigger_insertable_into", _ => false),
        Elements(MetadataTable<(ColumnRow Column, PostgresType Element)>.Of(
            "element_types", scope => scope.Columns.Where(column => column.Column.Type is ArrayType).Select(column => (column, new PostgresType(((ArrayType)column.Column.Type).Element, MaxLength: null))))),
        MetadataTable<SequenceRow>.Of("sequences", scope => scope.Sequences)
            .Catalog("sequence_catalog", row => row.Schema.Catalog.Name)
            .InSchema("sequence_schema", row => row.Schema.Name)
            .Relation("sequence_name", row => row.Sequence.Name)
            .Text("data_type", row => row.Type.Name)
            .Number("numeric_precision", row => row.Type.Precision)
            .Number("numeric_precision_radix", row => row.Type.PrecisionRadix)
            .Number("numeric_scale", row => row.Type.Scale)
            .Text("start_value", row => Digits(row.Sequence.Range.Start))
            .Text("minimum_value", row => Digits(row.Sequence.Range.Minimum))
            .Text("maximum_value", row => Digits(row.Sequence.Range.Maximum))
            .Text("increment", row => Digits(row.Sequence.Range.Increment))
            .Flag("cycle_option", row => row.Sequence.Range.Cycles),
    ];

    /// <summary>What the items of arrays are; of that the view tells no more than the type (PostgreSQL 15, information_schema.sql).</summary>
    private static MetadataTable<(ColumnRow Column, PostgresType Element)> Elements(MetadataTable<(ColumnRow Column, PostgresType Element)> table) => table
        .Catalog("object_catalog", row => row.Column.Relation.CatalogName)
        .InSchema("object_schema", row => row.Column.Relation.SchemaName)
        .Relation("object_name", row => row.Column.Relation.Name)
        .Fixed("object_type=TABLE")
        .Text("collection_type_identifier", row => Digits(row.Column.Position))
        .Text("data_type", row => row.Element.Name)
        .Nothing("character_maximum_length:integer character_octet_length:integer character_set_catalog character_set_schema character_set_name collation_catalog collation_schema")
        .Nothing("collation_name numeric_precision:integer numeric_precision_radix:integer numeric_scale:integer datetime_precision:integer interval_type interval_precision:integer domain_default")
        .Text("udt_catalog", row => row.Column.Relation.CatalogName)
        .Fixed("udt_schema=pg_catalog")
        .Text("udt_name", row => row.Element.InternalName)
        .Nothing("scope_catalog scope_schema scope_name maximum_cardinality:integer")
        .Text("dtd_identifier", row => "a" + Digits(row.Column.Position));

    private static string Digits(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);


    private static MetadataTable<ColumnRow> Columns(MetadataTable<ColumnRow> table) => table
        .Catalog("table_catalog", row => row.Relation.CatalogName)
        .InSchema("table_schema", row => row.Relation.SchemaName)
        .Relation("table_name", row => row.Relation.Name)
        .Text("column_name", row => row.Column.Name)
        .Number("ordinal_position", row => row.Position)
        .Text("column_default", row => row.Column.Default)
        .Flag("is_nullable", row => row.Column.IsNullable)
        .Text("data_type", row => row.Type.Name)
        .Number("character_maximum_length", row => row.Type.CharacterLength)
        .Number("character_octet_length", row => row.Type.OctetLength)
        .Number("numeric_precision", row => row.Type.Precision)
        .Number("numeric_precision_radix", row => row.Type.PrecisionRadix)
        .Number("numeric_scale", row => row.Type.Scale)
        .Number("datetime_precision", row => row.Type.TimePrecision)
        .Nothing("interval_type interval_precision:integer character_set_catalog character_set_schema character_set_name")
        .Nothing("collation_catalog collation_schema collation_name domain_catalog domain_schema domain_name")
        .Text("udt_catalog", row => row.Relation.CatalogName)
        .Text("udt_schema", row => row.TypeSchema)
        .Text("udt_name", row => row.Type.InternalName)
        .Nothing("scope_catalog scope_schema scope_name maximum_cardinality:integer")
        .Text("dtd_identifier", row => row.Position.ToString(System.Globalization.CultureInfo.InvariantCulture))
        .Flag("is_self_referencing", _ => false)
        .Flag("is_identity", _ => false)
        .Nothing("identity_generation identity_start identity_increment identity_maximum identity_minimum")
        .Flag("identity_cycle", _ => false)
        .Text("is_generated", _ => "NEVER")
        .Nothing("generation_expression")
        .Flag("is_updatable", row => row.IsUpdatable)
        .Text("column_comment", row => row.Column.Comment);
}
