using System.Collections.Immutable;
using System.Text;
using Engine.Core.Errors;
using Engine.Core.Text.Regex;
using Engine.Core.Types;

namespace Engine.Storage.TextLog;

/// <summary>A pattern for lines with the columns that its groups give.</summary>
/// <param name="Regex">Matches a whole line.</param>
/// <param name="Columns">In the order of their groups.</param>
/// <param name="Groups">The number of each column's group.</param>
public sealed record GrokPattern(ByteRegex Regex, Schema Columns, ImmutableArray<int> Groups)
{
    private const int MaxDepth = 32;
    private const int MaxLength = 1 << 20;

    /// <summary>
    /// Compiles an expression of <c>%{NAME}</c>, <c>%{NAME:column}</c> and <c>%{NAME:column:type}</c> between regular expressions with or
    /// without named groups. Columns without type are texts.
    /// </summary>
    /// <param name="expression">What a line looks like.</param>
    /// <param name="own">Patterns of the user, which hide those of the library.</param>
    /// <exception cref="QueryException">2201B for unknown names and bad expressions.</exception>
    public static GrokPattern Parse(string expression, IReadOnlyDictionary<string, string> own)
    {
        var types = new Dictionary<string, DataType>(StringComparer.Ordinal);
        var regex = ByteRegex.Parse(Expand(expression, own, types, 0));
        var groups = Enumerable.Range(0, regex.GroupCount).Where(group => regex.GroupNames[group] is not null).ToImmutableArray();
        if (groups.IsEmpty)
        {
            throw new QueryException(
                ErrorCodes.InvalidRegularExpression,
                $"log pattern has no columns: \"{expression}\"",
                hint: "Name the parts of a line, as in %{IP:client_ip} or (?<client_ip>\\S+).");
        }

        var fields = groups.Select(group => new Field(regex.GroupNames[group]!, types.GetValueOrDefault(regex.GroupNames[group]!, DataType.Varchar)));
        return new GrokPattern(regex, new Schema([.. fields]), groups);
    }

    private static string Expand(string expression, IReadOnlyDictionary<string, string> own, Dictionary<string, DataType> types, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new QueryException(ErrorCodes.InvalidRegularExpression, $"log pattern names itself: \"{expression}\"");
        }

        var expanded = new StringBuilder();
        var position = 0;
        while (true)
        {
            var start = expression.IndexOf("%{", position, StringComparison.Ordinal);
            var end = start < 0 ? -1 : expression.IndexOf('}', start);
            if (end < 0)
            {
                return expanded.Append(expression, position, expression.Length - position).ToString();
            }

            expanded.Append(expression, position, start - position);
            AppendReference(expression[(start + 2)..end], own, types, depth, expanded);
            position = end + 1;
            if (expanded.Length > MaxLength)
            {
                throw new QueryException(ErrorCodes.InvalidRegularExpression, "log pattern is too large");
            }
        }
    }

    private static void AppendReference(
        string reference, IReadOnlyDictionary<string, string> own, Dictionary<string, DataType> types, int depth, StringBuilder expanded)
    {
        var parts = reference.Split(':', 3);
        if (!own.TryGetValue(parts[0], out var pattern) && !GrokLibrary.Patterns.TryGetValue(parts[0], out pattern))
        {
            throw new QueryException(
                ErrorCodes.InvalidRegularExpression, $"unknown log pattern %{{{parts[0]}}}", hint: NearNames.Hint(parts[0], own.Keys.Concat(GrokLibrary.Patterns.Keys)));
        }

        var body = Expand(pattern, own, types, depth + 1);
        if (parts.Length == 1 || parts[1].Length == 0)
        {
            expanded.Append("(?:").Append(body).Append(')');
            return;
        }

        if (parts.Length == 3)
        {
            types[parts[1]] = TypeName.Parse(parts[2]);
        }

        expanded.Append("(?<").Append(parts[1]).Append('>').Append(body).Append(')');
    }
}
