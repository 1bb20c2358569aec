using Engine.Core.Errors;

namespace Engine.Exec.Spill;

/// <summary>Where breakers put what does not fit into memory. Its files vanish when they are closed, and so with the process, however it ends.</summary>
public sealed class SpillFolder(string path)
{
    public string Path => path;

    /// <summary>A new file to write and then read.</summary>
    /// <exception cref="QueryException">58030 when the folder cannot be written.</exception>
    internal FileStream Create(int bufferBytes)
    {
        try
        {
            Directory.CreateDirectory(path);
            return new FileStream(
                System.IO.Path.Combine(path, $"qe-{Environment.ProcessId}-{Guid.NewGuid():N}.spill"),
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    Share = FileShare.ReadWrite | FileShare.Delete,
                    Options = FileOptions.DeleteOnClose,
                    BufferSize = bufferBytes,
                });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(error);
        }
    }

    internal QueryException NotWritable(Exception error) => new(
        ErrorCodes.IoError,
        $"cannot spill to \"{path}\": {error.Message}",
        hint: "Choose another folder with --spill-dir, or raise the limit with --memory.",
        cause: error);
}
