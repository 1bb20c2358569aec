namespace Engine.TestKit;

/// <summary>The foreign test files that lie beside the repository on the developers' machines; a user's clone does not have them.</summary>
public static class SharedData
{
    /// <summary>The folder, or null where it is absent.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>The path of a file or folder below it; only after <see cref="Folder"/> was seen to be there.</summary>
    public static string PathOf(string relative) => Path.Combine(Folder ?? throw new InvalidOperationException("shared data is absent"), relative);

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "QueryEngine.sln")))
            {
                var data = Path.Combine(folder.FullName, "..", "shared", "data");
                return Directory.Exists(data) ? Path.GetFullPath(data) : null;
            }
        }

        return null;
    }
}
