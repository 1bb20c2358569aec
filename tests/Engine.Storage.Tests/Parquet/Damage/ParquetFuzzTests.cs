using System.Globalization;
using Engine.TestKit;
using Xunit.Abstractions;

namespace Engine.Storage.Tests.Parquet.Damage;

/// <summary>Damaged files: each is rows or a clean error, soon and in bounded memory, and nothing is left over.</summary>
public sealed class ParquetFuzzTests(ITestOutputHelper output)
{
    private const int QuickCount = 4000;
    private const double MaxMilliseconds = 5000;

    /// <summary>Large files spend the time on decompressing what is whole.</summary>
    private const int MaxFileLength = 120_000;

    /// <summary>Cases that long runs found: the length of a column chunk near the largest number.</summary>
    private static readonly int[] FormerFailures = [951_141];

    /// <summary>How many are wanted; tests/fuzz-parquet.sh sets it.</summary>
    private static int WantedCount =>
        int.TryParse(Environment.GetEnvironmentVariable("QE_FUZZ_PARQUET"), CultureInfo.InvariantCulture, out var count) ? count : QuickCount;

    /// <summary>The number of the first case, so that a run can go on where another ended.</summary>
    private static int FirstCase =>
        int.TryParse(Environment.GetEnvironmentVariable("QE_FUZZ_FIRST"), CultureInfo.InvariantCulture, out var first) ? first : 0;

    [SharedDataFact]
    public void Files_changed_at_random_give_rows_or_a_clean_error()
    {
        var run = new FuzzRun(Corpus());
        run.Run(FirstCase, WantedCount);
        Array.ForEach(FormerFailures, number => run.Run(number, 1));
        output.WriteLine(run.Report());
        run.Failures.Take(5).ShouldBeEmpty();
        run.SlowestMilliseconds.ShouldBeLessThan(MaxMilliseconds);

        // Both happen often, or the changes test nothing.
        run.Count("ok").ShouldBeGreaterThan(run.Total / 20);
        run.Count("XX001").ShouldBeGreaterThan(run.Total / 20);
    }

    /// <summary>Of every kind that there is, the broken ones as well.</summary>
    private static List<byte[]> Corpus() =>
        [.. new[] { "parquet", "fuzz/parquet" }.SelectMany(folder => Directory.EnumerateFiles(SharedData.PathOf(folder), "*", SearchOption.AllDirectories))
            .Where(path => Path.GetExtension(path) is not (".csv" or ".bin") && new FileInfo(path).Length is > 12 and < MaxFileLength)
            .Where(path => !path.Contains("large_string_map", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes)];
}
