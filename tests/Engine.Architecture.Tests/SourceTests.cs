namespace Engine.Architecture.Tests;

/// <summary>What keeps files readable, as far as a machine can tell.</summary>
public sealed class SourceTests
{
    private const int MaxLines = 500;

    [Fact]
    public void No_file_is_longer_than_a_reader_can_hold()
    {
        var tooLong = RepositoryFiles.Sources().Where(path => File.ReadLines(Path.Combine(RepositoryFiles.Root, path)).Count() > MaxLines);
        tooLong.ShouldBeEmpty();
    }

    [Fact]
    public void No_name_hides_a_concept()
    {
        string[] empty = ["Util", "Utils", "Helper", "Helpers", "Manager", "Common", "Misc"];
        var hidden = RepositoryFiles.Sources().Where(path => empty.Any(word => Path.GetFileNameWithoutExtension(path).EndsWith(word, StringComparison.Ordinal)));
        hidden.ShouldBeEmpty();
    }

    [Fact]
    public void Every_file_declares_the_namespace_of_its_folder()
    {
        // The generated parser names its base class in its own namespace.
        var astray = RepositoryFiles.Sources()
            .Where(path => Path.GetFileName(path) is not ("Program.cs" or "DepthGuardedParser.cs"))
            .Where(path => !DeclaresFolder(path));
        astray.ShouldBeEmpty();
    }

    private static bool DeclaresFolder(string path)
    {
        var wanted = Path.GetDirectoryName(path)!.Replace('/', '.').Replace('\\', '.');
        var line = File.ReadLines(Path.Combine(RepositoryFiles.Root, path)).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal));
        return line == $"namespace {wanted};";
    }
}
