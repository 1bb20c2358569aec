namespace Engine.Architecture.Tests;

/// <summary>The files of the working tree, found from where the tests were built.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    /// <summary>Hand-written C# files of the product's projects, as paths below the root.</summary>
    public static IEnumerable<string> Sources() => Directory.EnumerateDirectories(Root, "Engine.*")
        .SelectMany(project => Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/Generated/", StringComparison.Ordinal));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "QueryEngine.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("QueryEngine.sln is not above the test's folder");
    }
}
