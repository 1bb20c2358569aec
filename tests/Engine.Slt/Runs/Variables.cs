using System.Collections.Immutable;

namespace Engine.Slt.Runs;

/// <summary>What stands for names in braces.</summary>
internal sealed class Variables(string folder, string dataFolder)
{
    private static readonly Dictionary<string, string[]> Collections = MakeCollections();

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal) { ["TEST_DIR"] = folder, ["TEMP_DIR"] = folder, ["DATA_DIR"] = dataFolder };

    public string? this[string name] => _values.GetValueOrDefault(name);

    public void Set(string name, string value) => _values[name] = value;

    public string Replace(string text) => text.Contains('{', StringComparison.Ordinal)
        ? _values.Aggregate(text, (known, pair) => known.Replace($"${{{pair.Key}}}", pair.Value, StringComparison.Ordinal).Replace($"{{{pair.Key}}}", pair.Value, StringComparison.Ordinal))
        : text;

    public string ReplaceInSql(string sql)
    {
        var text = Replace(sql).Replace("__TEST_DIR__", folder, StringComparison.Ordinal);
        return dataFolder == "data" ? text : text.Replace("'data/", $"'{dataFolder}/", StringComparison.Ordinal);
    }

    /// <summary>The values of a loop: named collections are their members, <c>!x</c> takes x out.</summary>
    public IEnumerable<string> Values(ImmutableArray<string> tokens)
    {
        var values = new List<string>();
        foreach (var token in tokens.Select(Replace))
        {
            if (token.StartsWith('!') && values.Remove(token[1..]))
            {
                continue;
            }

            values.AddRange(Collections.GetValueOrDefault(token.ToLowerInvariant()) ?? [token]);
        }

        return values;
    }

    private static Dictionary<string, string[]> MakeCollections()
    {
        string[] signed = ["tinyint", "smallint", "integer", "bigint", "hugeint"];
        string[] unsigned = ["utinyint", "usmallint", "uinteger", "ubigint", "uhugeint"];
        return new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["<signed>"] = signed,
            ["<unsigned>"] = unsigned,
            ["<integral>"] = [.. signed, .. unsigned],
            ["<numeric>"] = [.. signed, .. unsigned, "float", "double"],
            ["<alltypes>"] = [.. signed, .. unsigned, "float", "double", "bool", "interval", "varchar"],
            ["<compression>"] = ["none", "uncompressed", "rle", "bitpacking", "dictionary", "fsst", "dict_fsst", "alp", "alprd"],
        };
    }
}
