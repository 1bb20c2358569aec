using System.Collections.Immutable;

namespace Engine.Server.Metadata.InformationSchema;

/// <summary>The tables of <c>information_schema</c>, as the SQL standard and PostgreSQL have them.</summary>
internal static class InformationSchemaTables
{
    public static readonly ImmutableArray<MetadataTable> All =
        [.. RelationTables.All, .. ConstraintTables.All, .. RoutineTables.All, .. PrivilegeTables.All, .. LanguageTables.All, .. EmptyTables.All];
}
