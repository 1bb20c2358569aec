using Engine.Storage.ObjectStores.Local;

namespace Engine.Cli.Output;

/// <summary>Where results go: stdout, or a file that takes its name only when all that belongs in it is there.</summary>
internal sealed class ResultOutput : IDisposable
{
    private readonly PendingFile? _file;

    private ResultOutput(PendingFile? file, Stream stream)
    {
        _file = file;
        Stream = stream;
    }

    public Stream Stream { get; }

    /// <param name="path">Null for stdout.</param>
    /// <exception cref="Core.Errors.QueryException">The file cannot be made.</exception>
    public static ResultOutput Open(string? path)
    {
        if (path is null)
        {
            return new ResultOutput(null, new BufferedStream(Console.OpenStandardOutput(), 1 << 16));
        }

        var file = new PendingFile(path);
        return new ResultOutput(file, file.Stream);
    }

    /// <summary>All results are written.</summary>
    public void Complete()
    {
        Stream.Flush();
        _file?.Commit();
    }

    public void Dispose()
    {
        if (_file is not null)
        {
            _file.Dispose();
        }
        else
        {
            Stream.Dispose();
        }
    }
}
