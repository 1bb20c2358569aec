using System.Collections.Immutable;

namespace Engine.Server.Metadata.InformationSchema;

/// <summary>Character sets and collations: text is UTF-8 and compares by its bytes.</summary>
internal static class LanguageTables
{
    public static readonly ImmutableArray<MetadataTable> All =
    [
        MetadataTable<string>.Of("character_sets", scope => [scope.Names.CurrentCatalog])
            .Nothing("character_set_catalog character_set_schema")
            .Text("character_set_name", _ => "UTF8")
            .Text("character_repertoire", _ => "UCS")
            .Text("form_of_use", _ => "UTF8")
            .Text("default_collate_catalog", catalog => catalog)
            .Text("default_collate_schema", _ => "pg_catalog")
            .Text("default_collate_name", _ => "C"),
        MetadataTable<string>.Of("collations", scope => [scope.Names.CurrentCatalog])
            .Text("collation_catalog", catalog => catalog)
            .Text("collation_schema", _ => "pg_catalog")
            .Text("collation_name", _ => "C")
            .Text("pad_attribute", _ => "NO PAD"),
        MetadataTable<string>.Of("collation_character_set_applicability", scope => [scope.Names.CurrentCatalog])
            .Text("collation_catalog", catalog => catalog)
            .Text("collation_schema", _ => "pg_catalog")
            .Text("collation_name", _ => "C")
            .Nothing("character_set_catalog character_set_schema")
            .Text("character_set_name", _ => "UTF8"),
    ];
}
