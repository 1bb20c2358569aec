using System.Collections.Immutable;
using System.Globalization;
using Engine.Core.Types;

namespace Engine.Catalog.Paths;

/// <summary>Partition columns written as <c>key=value</c> folders.</summary>
public static class HivePartitions
{
    private const string NullValue = "__HIVE_DEFAULT_PARTITION__";

    /// <summary>The columns that every path has, in the order of the folders, and their texts for each path. Types are inferred from all values.</summary>
    public static (ImmutableArray<Field> Fields, ImmutableArray<ImmutableArray<string?>> Values) Read(IReadOnlyList<string> paths)
    {
        var parsed = paths.Select(Parse).ToList();
        if (parsed.Count == 0 || parsed[0].Count == 0 || parsed.Any(pairs => !pairs.Select(pair => pair.Key).SequenceEqual(parsed[0].Select(pair => pair.Key), StringComparer.Ordinal)))
        {
            return ([], [.. paths.Select(_ => ImmutableArray<string?>.Empty)]);
        }

        var fields = parsed[0].Select((pair, i) => new Field(pair.Key, InferType(parsed.Select(pairs => pairs[i].Value))));
        return ([.. fields], [.. parsed.Select(pairs => pairs.Select(pair => pair.Value).ToImmutableArray())]);
    }

    private static List<KeyValuePair<string, string?>> Parse(string path)
    {
        var folders = path.Replace('\\', '/').Split('/');
        var pairs = new List<KeyValuePair<string, string?>>();
        foreach (var folder in folders.Take(folders.Length - 1))
        {
            var equals = folder.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                var value = Uri.UnescapeDataString(folder[(equals + 1)..]);
                pairs.Add(KeyValuePair.Create(folder[..equals], value is NullValue or "" ? null : value));
            }
        }

        return pairs;
    }

    private static DataType InferType(IEnumerable<string?> values)
    {
        var known = values.OfType<string>().ToList();
        if (known.Count == 0)
        {
            return DataType.Varchar;
        }

        if (known.All(value => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)))
        {
            return DataType.BigInt;
        }

        return known.All(value => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            ? DataType.Date
            : DataType.Varchar;
    }
}
