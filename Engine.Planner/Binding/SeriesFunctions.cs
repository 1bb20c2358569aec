using System.Collections.Frozen;

namespace Engine.Planner.Binding;

/// <summary>Functions that give several rows, by the functions that give the same values as an array.</summary>
internal static class SeriesFunctions
{
    /// <summary>Functions that give what a relation of pg_catalog holds.</summary>
    private static readonly FrozenDictionary<string, string> Relations = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["pg_show_all_settings"] = "pg_settings",
        ["pg_timezone_names"] = "pg_timezone_names",
        ["pg_get_keywords"] = "pg_get_keywords",
        ["pg_cursor"] = "pg_cursors",
        ["pg_prepared_statement"] = "pg_prepared_statements",
        ["pg_lock_status"] = "pg_locks",
        ["pg_available_extensions"] = "pg_available_extensions",
        ["pg_available_extension_versions"] = "pg_available_extension_versions",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Arrays = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["generate_series"] = "sequence",
        ["generate_subscripts"] = "sequence",
        ["_pg_expandarray"] = "zip",
        ["aclexplode"] = "acl_items",
        ["pg_options_to_table"] = "option_items",
        ["pg_partition_ancestors"] = "partition_ancestors",
        ["regexp_split_to_table"] = "regexp_split",
        ["regexp_matches"] = "regexp_match_lists",
        ["string_to_table"] = "string_to_array",
        ["json_object_keys"] = "json_keys",
        ["jsonb_object_keys"] = "json_keys",
        ["json_each"] = "json_entries",
        ["jsonb_each"] = "json_entries",
        ["json_each_text"] = "json_text_entries",
        ["jsonb_each_text"] = "json_text_entries",
        ["json_array_elements"] = "json_items",
        ["jsonb_array_elements"] = "json_items",
        ["json_array_elements_text"] = "json_texts",
        ["jsonb_array_elements_text"] = "json_texts",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Names => Arrays.Keys.Concat(Relations.Keys);

    /// <summary>What the column is called in FROM.</summary>
    public static string ColumnOf(string name) => name.Contains("array_elements", StringComparison.Ordinal) ? "value" : name;

    /// <summary>The relation of pg_catalog that a function without arguments gives.</summary>
    public static string? RelationOf(string name) => Relations.GetValueOrDefault(name);

    public static string? ArrayFunctionOf(string name) => Arrays.GetValueOrDefault(name);
}
