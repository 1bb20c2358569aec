using Engine.Core.Connectors;
using Engine.Core.Errors;

namespace Engine.Storage.ObjectStores.Local;

/// <summary>Files of this machine: plain paths, <c>file://</c> URLs and globs; <c>~</c> is the user's home.</summary>
public sealed class LocalObjectStore : IObjectStore
{
    private const string FileScheme = "file://";

    public bool Owns(string location) => location.StartsWith(FileScheme, StringComparison.Ordinal) || !location.Contains("://", StringComparison.Ordinal);

    public IReadOnlyList<DataFile> List(string location, CancellationToken cancellationToken)
    {
        var path = ToPath(location);
        if (path.Length == 0)
        {
            throw new QueryException(ErrorCodes.UndefinedFile, "no such file: \"\"");
        }

        // A file whose name has glob characters is reached by its plain name too.
        if (!GlobPattern.IsGlob(path) || File.Exists(path))
        {
            return [Describe(path)];
        }

        return GlobWalker.List(path, cancellationToken);
    }

    public IRangeReader Open(DataFile file)
    {
        var path = ToPath(file.Path);
        return LocalFileErrors.Guard(file.Path, () => new LocalRangeReader(file, File.OpenHandle(path)));
    }

    internal static DataFile Describe(string path) => LocalFileErrors.Guard(path, () =>
    {
        if (Directory.Exists(path))
        {
            throw new QueryException(
                ErrorCodes.IoError,
                $"\"{path}\" is a folder, not a file",
                hint: $"Name the files in it with a glob, such as '{path.TrimEnd('/')}/*.csv'.");
        }

        var file = new FileInfo(path);
        return file.Exists ? new DataFile(path, file.Length, file.LastWriteTimeUtc) : throw LocalFileErrors.Missing(path);
    });

    private static string ToPath(string location)
    {
        if (location.StartsWith(FileScheme, StringComparison.Ordinal))
        {
            return Uri.UnescapeDataString(location[FileScheme.Length..]);
        }

        return location.StartsWith("~/", StringComparison.Ordinal)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), location[2..])
            : location;
    }
}
