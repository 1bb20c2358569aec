namespace Engine.Bench;

/// <summary>Where the parts of the benchmark lie.</summary>
internal static class BenchFolders
{
    public static string Repository { get; } = FindRepository();

    public static string Bench { get; } = Path.Combine(Repository, "bench");

    /// <summary>The generated files: <c>QE_BENCH_DATA</c>, or else <c>bench/data</c>, which git ignores.</summary>
    public static string Data { get; } = Environment.GetEnvironmentVariable("QE_BENCH_DATA") is { Length: > 0 } folder
        ? Path.GetFullPath(folder)
        : Path.Combine(Bench, "data");

    /// <summary>DuckDB's library, as its npm package has it.</summary>
    public static string DuckDbLibrary =>
        Directory.EnumerateFiles(Path.Combine(Bench, "duckdb"), "libduckdb.*", new EnumerationOptions { RecurseSubdirectories = true }).FirstOrDefault()
        ?? throw new BenchException($"DuckDB is not in {Path.Combine(Bench, "duckdb")}: bench/run fetches it, or npm install in that folder");

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "QueryEngine.sln")))
            {
                return folder.FullName;
            }
        }

        throw new BenchException("QueryEngine.sln is not above the program's folder");
    }
}
