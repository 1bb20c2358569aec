namespace Engine.Differential.Tests.Files;

/// <summary>
/// The list of files that the engines do not read alike without help, known-differences.tsv: lines of what the difference is, the file, and the
/// name of the reason; before them the reasons, as lines of "reason", name and text.
/// </summary>
public sealed class KnownDifferences
{
    private readonly Dictionary<string, string> _differences = new(StringComparer.Ordinal);

    /// <param name="fileName">The list, beside the tests.</param>
    public KnownDifferences(string fileName = "known-differences.tsv")
    {
        var reasons = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, fileName)).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var parts = line.Split('\t');
            parts.Length.ShouldBe(3, line);
            if (parts[0] == "reason")
            {
                reasons.Add(parts[1]);
            }
            else
            {
                reasons.ShouldContain(parts[2], line);
                _differences.Add(parts[1], parts[0]);
            }
        }
    }

    public bool Lists(string file) => _differences.ContainsKey(file);

    /// <summary>What is wrong with a result, or null when it is what the list says.</summary>
    public string? Judge(string file, string result)
    {
        var listed = _differences.GetValueOrDefault(file);
        return listed == result ? null
            : listed is null ? $"{file} is no longer read alike: {result}"
            : $"{file} is listed as \"{listed}\" and is now \"{result}\": mend the list";
    }
}
