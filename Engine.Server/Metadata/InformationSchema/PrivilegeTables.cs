using System.Collections.Immutable;

namespace Engine.Server.Metadata.InformationSchema;

/// <summary>Roles and what they may do. There is one role, the user's, which may do all that can be done.</summary>
internal static class PrivilegeTables
{
    private static readonly ImmutableArray<string> Reading = ["SELECT"];
    private static readonly ImmutableArray<string> Writing = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"];
    private static readonly ImmutableArray<string> WritingColumns = ["SELECT", "INSERT", "UPDATE"];

    public static readonly ImmutableArray<MetadataTable> All =
    [
        MetadataTable<string>.Of("enabled_roles", scope => [scope.User]).Text("role_name", role => role),
        MetadataTable<string>.Of("applicable_roles", scope => [scope.User])
            .Text("grantee", role => role)
            .Text("role_name", role => role)
            .Flag("is_grantable", _ => true),
        MetadataTable<string>.Of("administrable_role_authorizations", scope => [scope.User])
            .Text("grantee", role => role)
            .Text("role_name", role => role)
            .Flag("is_grantable", _ => true),
        OfTables("table_privileges"),
        OfTables("role_table_grants"),
        OfColumns("column_privileges"),
        OfColumns("role_column_grants"),
    ];

    private static MetadataTable<Grant<RelationRow>> OfTables(string name) => MetadataTable<Grant<RelationRow>>.Of(
            name, scope => scope.Relations.SelectMany(table => (table is { IsWritable: true, IsView: false } ? Writing : Reading).Select(privilege => new Grant<RelationRow>(scope.User, table, privilege))))
        .Text("grantor", row => row.Role)
        .Text("grantee", row => row.Role)
        .Catalog("table_catalog", row => row.Of.CatalogName)
        .InSchema("table_schema", row => row.Of.SchemaName)
        .Relation("table_name", row => row.Of.Name)
        .Text("privilege_type", row => row.Privilege)
        .Flag("is_grantable", _ => true)
        .Flag("with_hierarchy", row => row.Privilege == "SELECT");

    private static MetadataTable<Grant<ColumnRow>> OfColumns(string name) => MetadataTable<Grant<ColumnRow>>.Of(
            name, scope => scope.Columns.SelectMany(column => (column.IsUpdatable ? WritingColumns : Reading).Select(privilege => new Grant<ColumnRow>(scope.User, column, privilege))))
        .Text("grantor", row => row.Role)
        .Text("grantee", row => row.Role)
        .Catalog("table_catalog", row => row.Of.Relation.CatalogName)
        .InSchema("table_schema", row => row.Of.Relation.SchemaName)
        .Relation("table_name", row => row.Of.Relation.Name)
        .Text("column_name", row => row.Of.Column.Name)
        .Text("privilege_type", row => row.Privilege)
        .Flag("is_grantable", _ => true);

    private sealed record Grant<T>(string Role, T Of, string Privilege);
}
