using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Engine.Bench;

/// <summary>One line of the report: a query at a number of threads; without times where a contender failed, and why.</summary>
internal sealed record ReportLine(string Name, int Threads, Measurement? Ours, Measurement? DuckDb, string? Failure)
{
    /// <summary>The share of DuckDB's time that we want to take.</summary>
    public const double Goal = 0.70;

    public double? Ratio => Ours?.MedianMilliseconds / DuckDb?.MedianMilliseconds;

    public bool IsGoalMet => Ratio <= Goal;
}

/// <summary>The table of results, on the console line by line and as Markdown at the end.</summary>
internal sealed class Report(string title, int rounds)
{
    private static readonly string[] Headings = ["shape", "threads", "ours ms", "DuckDB ms", "ratio", $"goal {ReportLine.Goal:0.00}", "ours min", "DuckDB min"];
    private static readonly int[] Widths = [-28, 7, 10, 10, 6, 9, 10, 10];
    private readonly List<ReportLine> _lines = [];

    public void PrintHeadings() => Console.WriteLine(Padded(Headings));

    public void Add(ReportLine line)
    {
        _lines.Add(line);
        Console.WriteLine(Padded(Cells(line)));
    }

    public void PrintSummary()
    {
        foreach (var threads in _lines.Select(line => line.Threads).Distinct())
        {
            Console.WriteLine(Summary(threads));
        }
    }

    public void WriteMarkdown(string path)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {title}\n\n{DateTime.UtcNow:yyyy-MM-dd}, {Machine()}. Medians and minima of {rounds} rounds, warm, in turns.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", Headings)} |\n|---|{string.Concat(Headings.Skip(1).Select(_ => "--:|"))}\n");
        foreach (var line in _lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", Cells(line))} |\n");
        }

        foreach (var threads in _lines.Select(line => line.Threads).Distinct())
        {
            text.Append('\n').Append(Summary(threads)).Append('\n');
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, text.ToString());
    }

    private static string[] Cells(ReportLine line) => line.Failure is { } failure
        ? [line.Name, Number(line.Threads), "failed", string.Empty, string.Empty, "no", string.Empty, failure.ReplaceLineEndings(" ")]
        :
        [
            line.Name, Number(line.Threads), Time(line.Ours!.MedianMilliseconds), Time(line.DuckDb!.MedianMilliseconds),
            line.Ratio!.Value.ToString("0.00", CultureInfo.InvariantCulture), line.IsGoalMet ? "met" : "no",
            Time(line.Ours.MinimumMilliseconds), Time(line.DuckDb.MinimumMilliseconds),
        ];

    private static string Padded(string[] cells) => string.Join(' ', cells.Select((cell, i) => Widths[i] < 0 ? cell.PadRight(-Widths[i]) : cell.PadLeft(Widths[i])));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(double milliseconds) => milliseconds.ToString(milliseconds < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    private static string Machine()
    {
        var model = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[^1].Trim()
            : null;
        return $"{model ?? RuntimeInformation.ProcessArchitecture.ToString()} with {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, DuckDB {DuckDb.DuckDbContender.Version}";
    }

    /// <summary>Ratios are averaged as geometric means: twice as fast and half as fast is even.</summary>
    private string Summary(int threads)
    {
        var lines = _lines.Where(line => line.Threads == threads).ToList();
        var ratios = lines.Select(line => line.Ratio).OfType<double>().ToList();
        var mean = ratios.Count > 0 ? Math.Exp(ratios.Average(Math.Log)) : double.NaN;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{threads} thread{(threads == 1 ? string.Empty : "s")}: goal met by {lines.Count(line => line.IsGoalMet)} of {lines.Count}, geometric mean of the ratios {mean:0.00}");
    }
}
