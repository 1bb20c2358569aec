namespace Engine.Parser.Tokens;

/// <summary>
/// The functions that take a lambda. <c>f(x -&gt; 'a')</c> is a lambda for these and a JSON field access for all others: nothing else in the
/// text tells the two apart.
/// </summary>
internal static class LambdaFunctions
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "all_match", "any_match", "apply", "array_apply", "array_filter", "array_reduce", "array_sort", "array_transform", "columns", "filter",
        "find_first", "list_apply", "list_filter", "list_reduce", "list_transform", "map_filter", "map_zip_with", "none_match", "reduce",
        "reduce_agg", "transform", "transform_keys", "transform_values", "zip_with",
    };

    public static bool Contains(string name) => Names.Contains(name);
}
