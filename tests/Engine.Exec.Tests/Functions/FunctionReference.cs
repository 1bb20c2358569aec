using System.Text;
using Engine.Core.Functions;
using Engine.Exec.Functions;

namespace Engine.Exec.Tests.Functions;

/// <summary>docs/reference/functions.md, made of the functions' own words.</summary>
internal static class FunctionReference
{
    private static readonly Dictionary<string, string> Titles = new(StringComparer.Ordinal)
    {
        ["conditional"] = "Conditional functions and types",
        ["operators"] = "Operators",
        ["text"] = "Text",
        ["regex"] = "Regular expressions",
        ["math"] = "Numbers",
        ["time"] = "Dates and times",
        ["json"] = "JSON",
        ["array"] = "Arrays and rows",
        ["lambda"] = "Functions that take lambdas",
        ["map"] = "Maps",
        ["hash"] = "Hashes and checksums",
        ["binary"] = "Binary values and identifiers",
        ["log"] = "Logs and network",
        ["aggregate"] = "Aggregates",
        ["window"] = "Window functions",
        ["enum"] = "Enums",
        ["session"] = "The session",
        ["catalog"] = "What catalogs hold, as PostgreSQL's tools ask",
        ["presto"] = "In sql_mode = 'presto'",
    };

    public static string Write(FunctionRegistry functions)
    {
        var text = new StringBuilder();
        text.AppendLine("# Functions").AppendLine();
        text.AppendLine("<!-- Generated: QE_WRITE_REFERENCE=1 dotnet test -c Release tests/Engine.Exec.Tests --filter FunctionReferenceTests -->");
        text.AppendLine("Letters such as T stand for any type; every T of a call is the same. `value ...` may be repeated. Examples are run by a test; those of aggregates");
        text.AppendLine("and window functions say over which rows.");
        foreach (var (category, title) in Titles)
        {
            text.AppendLine().AppendLine($"## {title}");
            foreach (var info in functions.All.Where(info => info.Category == category).OrderBy(info => info.Name, StringComparer.Ordinal))
            {
                text.AppendLine().AppendLine($"### `{info.Name}`").AppendLine();
                text.AppendLine(info.Description);
                if (!info.Aliases.IsEmpty)
                {
                    text.AppendLine($"Also {string.Join(", ", info.Aliases.Select(alias => $"`{alias}`"))}.");
                }

                text.AppendLine().AppendLine("```sql");
                foreach (var signature in SignatureText.Of(info, functions))
                {
                    text.AppendLine($"{info.Name}({signature.Arguments}) -> {signature.Result}");
                }

                text.AppendLine($"-- {info.Example}").AppendLine("```");
            }
        }

        return text.ToString();
    }

    /// <summary>Categories that no title stands for.</summary>
    public static IEnumerable<string> UnknownCategories(FunctionRegistry functions) => functions.All.Select(info => info.Category).Distinct().Except(Titles.Keys);
}
