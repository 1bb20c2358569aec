using Engine.Core.Functions;
using Engine.Exec.Functions;
using Xunit.Abstractions;

namespace Engine.Exec.Tests.Functions;

/// <summary>The reference in docs/ is what the functions say, and there are as many as promised.</summary>
public sealed class FunctionReferenceTests(ITestOutputHelper output)
{
    [Fact]
    public void The_reference_is_up_to_date()
    {
        var path = Path.Combine(Root(), "docs", "reference", "functions.md");
        var text = FunctionReference.Write(FunctionRegistry.Default);
        if (Environment.GetEnvironmentVariable("QE_WRITE_REFERENCE") is not null)
        {
            File.WriteAllText(path, text);
        }

        (File.Exists(path) ? File.ReadAllText(path) : string.Empty).ShouldBe(text, "run with QE_WRITE_REFERENCE=1 to write it anew");
    }

    [Fact]
    public void Every_function_is_documented()
    {
        FunctionReference.UnknownCategories(FunctionRegistry.Default).ShouldBeEmpty();
        FunctionRegistry.Default.All.Where(info => !info.Signature.EndsWith(')') || info.Description.Length == 0 || info.Example.Length == 0)
            .Select(info => info.Signature).ShouldBeEmpty();
    }

    [Fact]
    public void Names_are_counted()
    {
        var all = FunctionRegistry.Default.All.ToList();
        var named = all.Where(info => char.IsAsciiLetter(info.Name[0]) && info.Category != "presto").ToList();
        var overloads = all.Sum(info => SignatureText.Of(info, FunctionRegistry.Default).Count);
        output.WriteLine($"{named.Count} names, {all.Sum(info => info.Aliases.Length)} aliases, {all.Count - named.Count} operators and names of Presto's mode, {overloads} overloads");
        named.Count.ShouldBeGreaterThanOrEqualTo(350);
        all.SelectMany(info => info.Aliases.Add(info.Name)).GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty();
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "QueryEngine.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
