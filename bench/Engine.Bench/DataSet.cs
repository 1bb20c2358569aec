using System.Diagnostics;
using System.Globalization;
using Engine.Bench.DuckDb;

namespace Engine.Bench;

/// <summary>The files that the queries read, made by DuckDB once: Snappy Parquet with its default row groups.</summary>
internal static class DataSet
{
    /// <summary>Makes the files that a text of queries names and that are not there.</summary>
    /// <param name="sql">The queries.</param>
    /// <param name="hitsRowCount">Rows of <c>hits.parquet</c>, should it have to be made.</param>
    public static void Prepare(string sql, int hitsRowCount)
    {
        Directory.CreateDirectory(BenchFolders.Data);
        Make("lineitem.parquet", sql, part => File.ReadAllText(Path.Combine(BenchFolders.Bench, "generate", "lineitem.sql")).Replace("@OUT@", part, StringComparison.Ordinal));
        Make("hits.parquet", sql, part => HitsStatement(hitsRowCount, part));
    }

    private static void Make(string name, string sql, Func<string, string> statement)
    {
        var path = Path.Combine(BenchFolders.Data, name);
        if (File.Exists(path) || !sql.Contains(name, StringComparison.Ordinal))
        {
            return;
        }

        Console.Error.WriteLine($"making {path} ...");
        var part = path + ".part";
        using var duckDb = new DuckDbContender(Environment.ProcessorCount);
        duckDb.Run(statement(part));
        File.Move(part, path);
    }

    /// <summary>The statement that writes a table of ClickBench's shape; its generator lies beside the repository and is not part of it.</summary>
    private static string HitsStatement(int rowCount, string path)
    {
        var script = Path.GetFullPath(Path.Combine(BenchFolders.Repository, "..", "shared", "bench", "gen_hits.py"));
        if (!File.Exists(script))
        {
            throw new BenchException(
                $"{path} is to be made by {script}, which is not there; put any hits.parquet of ClickBench's shape into {BenchFolders.Data}, or leave its queries out with --filter");
        }

        var start = new ProcessStartInfo("python3", [script, rowCount.ToString(CultureInfo.InvariantCulture), path]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start) ?? throw new BenchException("python3 does not start");
        var statement = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? statement : throw new BenchException($"{script} ended with exit code {process.ExitCode}");
    }
}
