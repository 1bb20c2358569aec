namespace Engine.Storage.Text;

/// <summary>Finds what a mistyped name may have meant.</summary>
internal static class NearNames
{
    private const int MaxDistance = 2;

    /// <summary>The known name that is the fewest edits away, or null when none is near.</summary>
    public static string? Find(string name, IEnumerable<string> known) =>
        known.Select(candidate => (candidate, Distance: Distance(name, candidate)))
            .Where(entry => entry.Distance <= MaxDistance && entry.Distance < entry.candidate.Length)
            .OrderBy(entry => entry.Distance)
            .ThenBy(entry => entry.candidate, StringComparer.Ordinal)
            .Select(entry => entry.candidate)
            .FirstOrDefault()
        ?? known.Order(StringComparer.Ordinal).FirstOrDefault(candidate => candidate.StartsWith(name, StringComparison.Ordinal) && name.Length >= 3);

    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 0; i < left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var k = 0; k < right.Length; k++)
            {
                var substitution = diagonal + (left[i] == right[k] ? 0 : 1);
                diagonal = row[k + 1];
                row[k + 1] = Math.Min(substitution, Math.Min(row[k], diagonal) + 1);
            }
        }

        return row[^1];
    }
}
