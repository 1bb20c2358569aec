namespace Engine.Server.Security;

/// <summary>Writes files that hold secrets: for their owner's eyes only from the first byte, and whole or not at all.</summary>
public static class PrivateFile
{
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, string text)
    {
        var pending = $"{path}.{Environment.ProcessId}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = File.Exists(path) ? File.GetUnixFileMode(path) & ~(UnixFileMode.OtherRead | UnixFileMode.OtherWrite) : UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(pending, options))
        {
            writer.Write(text);
        }

        File.Move(pending, path, overwrite: true);
    }
}
