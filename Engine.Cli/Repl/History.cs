namespace Engine.Cli.Repl;

/// <summary>The statements typed before, kept in a file of the user's home.</summary>
internal sealed class History
{
    private const int MaxEntries = 2000;

    private readonly string? _path;
    private readonly List<string> _entries = [];
    private int _place;
    private string _unfinished = string.Empty;

    /// <param name="path">The file, or null to keep nothing.</param>
    public History(string? path)
    {
        _path = path;
        try
        {
            if (path is not null && File.Exists(path))
            {
                _entries.AddRange(File.ReadLines(path).TakeLast(MaxEntries).Select(line => line.Replace("\\n", "\n", StringComparison.Ordinal)));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Without the file the session works all the same, and says so once.
            Console.Error.WriteLine($"history is not available: {error.Message}");
            _path = null;
        }

        _place = _entries.Count;
    }

    public static string DefaultPath => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".qe_history");

    public void Rewind() => _place = _entries.Count;

    public void Add(string statement)
    {
        if (_entries.Count > 0 && _entries[^1] == statement)
        {
            return;
        }

        _entries.Add(statement);
        try
        {
            if (_path is not null)
            {
                File.AppendAllText(_path, statement.ReplaceLineEndings("\\n") + "\n");
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"history is not saved: {error.Message}");
        }
    }

    /// <summary>The entry before; null at the oldest.</summary>
    public string? Older(string current)
    {
        if (_place == 0)
        {
            return null;
        }

        if (_place == _entries.Count)
        {
            _unfinished = current;
        }

        return _entries[--_place].ReplaceLineEndings(" ");
    }

    /// <summary>The entry after, at last what was being typed; null beyond.</summary>
    public string? Newer()
    {
        if (_place >= _entries.Count)
        {
            return null;
        }

        _place++;
        return _place == _entries.Count ? _unfinished : _entries[_place].ReplaceLineEndings(" ");
    }
}
