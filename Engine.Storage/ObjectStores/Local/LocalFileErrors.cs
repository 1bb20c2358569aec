using Engine.Core.Errors;

namespace Engine.Storage.ObjectStores.Local;

/// <summary>Turns what the operating system says about a file into errors that name it.</summary>
internal static class LocalFileErrors
{
    public static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Missing(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    public static QueryException Missing(string path) => new(ErrorCodes.UndefinedFile, $"no such file: \"{path}\"");

    public static QueryException Unreadable(string path, Exception cause)
    {
        var reason = cause is UnauthorizedAccessException ? "permission denied" : cause.Message.ReplaceLineEndings(" ").TrimEnd('.');
        return new QueryException(ErrorCodes.IoError, $"cannot read file \"{path}\": {reason}", cause: cause);
    }
}
