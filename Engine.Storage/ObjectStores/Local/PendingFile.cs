using Engine.Core.Errors;

namespace Engine.Storage.ObjectStores.Local;

/// <summary>
/// A file that is written under a temporary name beside its own, and takes that one's place when it is whole: whoever opens the name finds the
/// old file or the new one, and a crash or an error leaves the old one. Without <see cref="Commit"/>, disposing removes what was written.
/// A name that stands for no regular file (a pipe, a device) is written to at once.
/// </summary>
public sealed class PendingFile : IDisposable
{
    private const int BufferBytes = 1 << 20;

    private readonly string _path;
    private readonly string? _temporary;
    private readonly FileStream _file;
    private bool _isDone;

    /// <exception cref="QueryException">58030 where the file cannot be made.</exception>
    public PendingFile(string path)
    {
        try
        {
            // A link stays a link: what it leads to is replaced.
            _path = new FileInfo(path).LinkTarget is null ? Path.GetFullPath(path) : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
            if (Directory.Exists(_path))
            {
                throw new IOException("it is a folder");
            }

            var stream = OpenSpecial(_path);
            if (stream is null)
            {
                _temporary = Path.Combine(Path.GetDirectoryName(_path)!, $".{Path.GetFileName(_path)}.{Path.GetRandomFileName()}.tmp");
                stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            }

            _file = stream;
            Stream = new BufferedStream(stream, BufferBytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new QueryException(ErrorCodes.IoError, $"cannot write {path}: {error.Message}", cause: error);
        }
    }

    public Stream Stream { get; }

    /// <summary>Ends the file and gives it its name; its bytes are on the disk then.</summary>
    /// <exception cref="QueryException">58030 where the disk is full or the name cannot be taken.</exception>
    public void Commit()
    {
        try
        {
            Stream.Flush();
            if (_temporary is not null)
            {
                _file.Flush(flushToDisk: true);
            }

            Stream.Dispose();
            if (_temporary is not null)
            {
                File.Move(_temporary, _path, overwrite: true);
            }

            _isDone = true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new QueryException(ErrorCodes.IoError, $"cannot write {_path}: {error.Message}", cause: error);
        }
    }

    public void Dispose()
    {
        if (_isDone)
        {
            return;
        }

        _isDone = true;
        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // The error that brought us here has been told; this one is about bytes that are thrown away.
        }

        if (_temporary is not null)
        {
            File.Delete(_temporary);
        }
    }

    /// <summary>The stream of a name that stands for a pipe or device; null for a file, whether it is there or not.</summary>
    private static FileStream? OpenSpecial(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        if (!stream.CanSeek || path.StartsWith("/dev/", StringComparison.Ordinal))
        {
            return stream;
        }

        stream.Dispose();
        return null;
    }
}
