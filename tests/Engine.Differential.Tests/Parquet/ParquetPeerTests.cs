using Engine.Core.Errors;
using Engine.Differential.Tests.Files;
using Engine.TestKit;
using Xunit.Abstractions;

namespace Engine.Differential.Tests.Parquet;

/// <summary>
/// Every file of the shared data's <c>parquet</c> folder must read to the same values as in two other readers. Where one of them says otherwise, or
/// a file is refused, known-differences.tsv in this folder has the reason; nothing is left out.
/// </summary>
public sealed class ParquetPeerTests(ITestOutputHelper output)
{
    private const string Alike = "alike";

    /// <summary>Larger files are for full runs (QE_DIFFERENTIAL=full).</summary>
    private const int MaxQuickBytes = 60_000;

    [ParquetPeerFact]
    public void Files_have_the_values_that_two_other_readers_find()
    {
        var root = SharedData.PathOf("parquet");
        var paths = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is ".parquet" or ".test" or ".encrypted" && !path.Contains("apache_bad", StringComparison.Ordinal))
            .Where(path => FileCorpus.IsFull || new FileInfo(path).Length < MaxQuickBytes)
            .Order(StringComparer.Ordinal)
            .ToList();
        var known = new KnownDifferences("known-parquet-differences.tsv");
        using var peers = new ParquetPeers([.. paths.Select(path => new PeerFile(path, []))]);
        var complaints = new List<string>();
        var results = new List<string>();
        foreach (var path in paths)
        {
            var (result, detail) = Judge(peers, path);
            results.Add(result);
            var name = Path.GetRelativePath(root, path);
            if (result != Alike)
            {
                output.WriteLine($"{result}\t{name}\t{detail}");
            }

            if ((result != Alike || known.Lists(name)) && known.Judge(name, result) is { } complaint)
            {
                complaints.Add($"{complaint}: {detail}");
            }
        }

        output.WriteLine($"{results.Count} files, {results.Count(result => result == Alike)} equal to both readers");
        foreach (var group in results.GroupBy(result => result).OrderByDescending(group => group.Count()))
        {
            output.WriteLine($"  {group.Count(),5}  {group.Key}");
        }

        complaints.ShouldBeEmpty();
        results.Count.ShouldBeGreaterThan(FileCorpus.IsFull ? 300 : 200);
    }

    private static (string Result, string Detail) Judge(ParquetPeers peers, string path)
    {
        if (Path.GetFileName(path) == "large_string_map.brotli.parquet")
        {
            return ("not compared", "its two strings of 1 GiB are more than text can hold here");
        }

        ParquetTable ours;
        try
        {
            ours = ParquetTable.Read(path);
        }
        catch (QueryException problem)
        {
            return ("refused", $"{problem.Code.SqlState} {problem.Message}");
        }

        var (duckDb, other) = (peers.DifferenceFromDuckDb(path, ours), peers.DifferenceFromOther(path, ours));
        var kinds = new[] { Kind("DuckDB", duckDb), Kind("other", other) }.OfType<string>().ToList();
        return kinds.Count == 0 ? (Alike, "") : (string.Join(", ", kinds), $"DuckDB {duckDb} | other {other}".ReplaceLineEndings(" "));
    }

    private static string? Kind(string reader, string? difference) =>
        difference is null ? null : difference.StartsWith("fails", StringComparison.Ordinal) ? $"{reader} fails" : $"{reader} differs";
}
