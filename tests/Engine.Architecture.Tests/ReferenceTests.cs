using System.Xml.Linq;

namespace Engine.Architecture.Tests;

/// <summary>References between projects point one way: Core, then Parser, Catalog and Storage, then Planner, Exec, Server, Cli.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Engine.Core"] = [],
        ["Engine.Parser"] = ["Engine.Core"],
        ["Engine.Catalog"] = ["Engine.Core"],
        ["Engine.Storage"] = ["Engine.Core"],
        ["Engine.Planner"] = ["Engine.Parser", "Engine.Catalog"],
        ["Engine.Exec"] = ["Engine.Planner", "Engine.Storage"],
        ["Engine.Server"] = ["Engine.Exec"],
        ["Engine.Cli"] = ["Engine.Server"],
    };

    public static TheoryData<string> Projects() => [.. Directory.EnumerateDirectories(RepositoryFiles.Root, "Engine.*").Select(folder => Path.GetFileName(folder)!)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_references_only_what_the_design_allows(string project)
    {
        var file = Path.Combine(RepositoryFiles.Root, project, project + ".csproj");
        var references = XDocument.Load(file).Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
        references.Except(Allowed[project], StringComparer.Ordinal).ShouldBeEmpty();
    }

    /// <summary>Executors read physical plans; what the planner does before is none of their business.</summary>
    [Fact]
    public void Executor_reads_only_the_physical_side_of_the_planner()
    {
        string[] allowed = ["Engine.Planner.Physical", "Engine.Planner.Logical"];
        var usings = RepositoryFiles.Sources()
            .Where(path => path.StartsWith("Engine.Exec/", StringComparison.Ordinal))
            .SelectMany(path => File.ReadLines(Path.Combine(RepositoryFiles.Root, path)))
            .Where(line => line.StartsWith("using Engine.Planner", StringComparison.Ordinal))
            .Select(line => line["using ".Length..].TrimEnd(';'))
            .Distinct(StringComparer.Ordinal);
        usings.Except(allowed, StringComparer.Ordinal).ShouldBeEmpty();
    }

    /// <summary>The formats are our own: no package stands in for what the product exists for.</summary>
    [Fact]
    public void Core_has_no_packages()
    {
        var core = XDocument.Load(Path.Combine(RepositoryFiles.Root, "Engine.Core", "Engine.Core.csproj"));
        core.Descendants("PackageReference").ShouldBeEmpty();
    }
}
