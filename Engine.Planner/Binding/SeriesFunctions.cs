using System.Collections.Frozen;

namespace Engine.Planner.Binding;

/// <summary>Functions that give several rows, by the functions that give the same values as an array.</summary>
internal static class SeriesFunctions
{
    private static readonly FrozenDictionary<string, string> Arrays = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["generate_series"] = "sequence",
        ["regexp_split_to_table"] = "regexp_split",
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

    public static IEnumerable<string> Names => Arrays.Keys;

    /// <summary>What the column is called in FROM.</summary>
    public static string ColumnOf(string name) => name.Contains("array_elements", StringComparison.Ordinal) ? "value" : name;

    public static string? ArrayFunctionOf(string name) => Arrays.GetValueOrDefault(name);
}
