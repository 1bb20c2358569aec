using System.Collections.Immutable;

namespace Engine.Server.Metadata.InformationSchema;

/// <summary>The constraints of tables. Those of one row are enforced, keys too; FOREIGN KEY is what a table says of itself.</summary>
internal static class ConstraintTables
{
    public static readonly ImmutableArray<MetadataTable> All =
    [
        Named(MetadataTable<ConstraintRow>.Of("table_constraints", scope => scope.Constraints), row => row)
            .Catalog("table_catalog", row => row.Relation.CatalogName)
            .InSchema("table_schema", row => row.Relation.SchemaName)
            .Relation("table_name", row => row.Relation.Name)
            .Text("constraint_type", row => row.Type)
            .Flag("is_deferrable", _ => false)
            .Flag("initially_deferred", _ => false)
            .Flag("enforced", row => row.Reference is null)
            .Text("nulls_distinct", row => row.Type == "UNIQUE" ? "YES" : null),
        Named(MetadataTable<ConstraintRow>.Of("check_constraints", scope => scope.Constraints.Where(row => row.Condition is not null)), row => row)
            .Text("check_clause", row => row.IsNotNull ? row.Condition : $"(({row.Condition}))"),
        Named(MetadataTable<KeyColumn>.Of("key_column_usage", KeyColumns), row => row.Constraint)
            .Catalog("table_catalog", row => row.Constraint.Relation.CatalogName)
            .InSchema("table_schema", row => row.Constraint.Relation.SchemaName)
            .Relation("table_name", row => row.Constraint.Relation.Name)
            .Text("column_name", row => row.Column)
            .Number("ordinal_position", row => row.Position)
            .Number("position_in_unique_constraint", row => row.Constraint.Reference is null ? null : row.Position),
        Named(MetadataTable<ConstraintRow>.Of("referential_constraints", scope => scope.Constraints.Where(row => row.Reference is not null)), row => row)
            .Text("unique_constraint_catalog", row => row.Relation.CatalogName)
            .Text("unique_constraint_schema", row => row.Reference!.Schema)
            .Text("unique_constraint_name", row => row.Reference!.Key.Name)
            .Text("match_option", _ => "NONE")
            .Text("update_rule", _ => "NO ACTION")
            .Text("delete_rule", _ => "NO ACTION"),
        Named(
            MetadataTable<UsedColumn>.Of("constraint_column_usage", UsedColumns)
                .Text("table_catalog", row => row.Constraint.Relation.CatalogName)
                .Text("table_schema", row => row.Schema)
                .Text("table_name", row => row.Table)
                .Text("column_name", row => row.Column),
            row => row.Constraint),
        Named(
            MetadataTable<UsedColumn>.Of("constraint_table_usage", scope => UsedColumns(scope).DistinctBy(row => row.Constraint))
                .Text("table_catalog", row => row.Constraint.Relation.CatalogName)
                .Text("table_schema", row => row.Schema)
                .Text("table_name", row => row.Table),
            row => row.Constraint),
    ];

    private static MetadataTable<T> Named<T>(MetadataTable<T> table, Func<T, ConstraintRow> constraint) => table
        .Text("constraint_catalog", row => constraint(row).Relation.CatalogName)
        .Text("constraint_schema", row => constraint(row).Relation.SchemaName)
        .Text("constraint_name", row => constraint(row).Name);

    private static IEnumerable<KeyColumn> KeyColumns(MetadataScope scope) =>
        scope.Constraints.SelectMany(constraint => constraint.Columns.Select((column, i) => new KeyColumn(constraint, column, i + 1)));

    /// <summary>The columns that a key is made of, or a CHECK names; for FOREIGN KEY those that it refers to.</summary>
    private static IEnumerable<UsedColumn> UsedColumns(MetadataScope scope) => scope.Constraints.SelectMany(constraint => constraint.Reference is { } reference
        ? reference.Key.Columns.Select(column => new UsedColumn(constraint, reference.Schema, reference.Table, column))
        : constraint.Columns.Concat(constraint.Checked).Select(column => new UsedColumn(constraint, constraint.Relation.SchemaName, constraint.Relation.Name, column)));

    private sealed record KeyColumn(ConstraintRow Constraint, string Column, int Position);

    private sealed record UsedColumn(ConstraintRow Constraint, string Schema, string Table, string Column);
}
