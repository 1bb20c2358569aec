using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Engine.Core.Errors;
using Engine.Core.Types;

namespace Engine.Catalog.Paths;

/// <summary>A partition column that a path template names.</summary>
/// <param name="Field">Its name and type.</param>
/// <param name="Pattern">How the path spells dates and times (.NET custom format), or null for the ISO form.</param>
public sealed record PathColumn(Field Field, string? Pattern);

/// <summary>
/// A location with partition columns in it: <c>dumps/orders/{day:date}.csv</c>, <c>logs/{ts:timestamp:yyyyMMdd-HH}/*.log</c>. Globs may stand
/// beside them.
/// </summary>
public sealed partial class PathTemplate
{
    private readonly string _pattern;

    private PathTemplate(string glob, string pattern, ImmutableArray<PathColumn> columns)
    {
        Glob = glob;
        _pattern = pattern;
        Columns = columns;
    }

    /// <summary>The template with a star for every column: what to list.</summary>
    public string Glob { get; }

    public ImmutableArray<PathColumn> Columns { get; }

    /// <summary>Made on demand: it takes a millisecond, and most locations have no columns.</summary>
    private Regex Matcher => field ??= new Regex(_pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <exception cref="QueryException">A column's type does not exist or cannot stand in a path.</exception>
    public static PathTemplate Parse(string location)
    {
        var glob = new StringBuilder();
        var pattern = new StringBuilder("^");
        var columns = ImmutableArray.CreateBuilder<PathColumn>();
        var end = 0;
        foreach (Match match in ColumnSyntax().Matches(location))
        {
            AppendLiteral(location[end..match.Index], glob, pattern);
            end = match.Index + match.Length;
            var type = match.Groups["type"].Success ? TypeName.Parse(match.Groups["type"].Value) : DataType.Varchar;
            if (type.IsNested)
            {
                throw new QueryException(ErrorCodes.InvalidTableDefinition, $"a path cannot hold a column of type {type}: {match.Value}");
            }

            var format = match.Groups["format"].Success ? match.Groups["format"].Value : null;
            columns.Add(new PathColumn(new Field(match.Groups["name"].Value, type), format));
            glob.Append('*');
            pattern.Append("([^/]+?)");
        }

        AppendLiteral(location[end..], glob, pattern);
        return new PathTemplate(glob.ToString(), pattern.Append('$').ToString(), columns.ToImmutable());
    }

    /// <summary>The text of each column in a path that the glob found, in the form that a cast to its type reads; null where it is no such value.</summary>
    public ImmutableArray<string?> Match(string path)
    {
        var match = Matcher.Match(path.Replace('\\', '/'));
        return [.. Columns.Select((column, i) => match.Success ? ToText(column, match.Groups[i + 1].Value) : null)];
    }

    private static string? ToText(PathColumn column, string text)
    {
        if (column.Pattern is null)
        {
            return text;
        }

        if (!DateTime.TryParseExact(text, column.Pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return null;
        }

        return time.ToString(column.Field.Type.Kind == TypeKind.Date ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture);
    }

    private static void AppendLiteral(string text, StringBuilder glob, StringBuilder pattern)
    {
        glob.Append(text);
        for (var i = 0; i < text.Length; i++)
        {
            var isDouble = text[i] == '*' && i + 1 < text.Length && text[i + 1] == '*';
            pattern.Append(text[i] switch
            {
                '*' when isDouble => ".*",
                '*' => "[^/]*",
                '?' => "[^/]",
                var other => Regex.Escape(other.ToString()),
            });
            i += isDouble ? 1 : 0;
        }
    }

    /// <summary>{name}, {name:type} or {name:type:format}. A list with commas is a glob's.</summary>
    [GeneratedRegex(@"\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(:(?<type>[A-Za-z0-9_ (),]+?)(:(?<format>[^}]+))?)?\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ColumnSyntax();
}
