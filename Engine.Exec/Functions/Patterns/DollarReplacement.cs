using System.Text;
using Engine.Core.Errors;
using Engine.Core.Text;
using Engine.Core.Text.Regex;

namespace Engine.Exec.Functions.Patterns;

/// <summary>Replacements in Java's form, which Presto has: <c>$1</c>, <c>${name}</c>, and a backslash before what stands for itself.</summary>
internal static class DollarReplacement
{
    public static void Add(ByteWriter writer, ReadOnlySpan<byte> text, ReadOnlySpan<byte> replacement, ByteRegexMatcher matcher, IReadOnlyList<string?> groupNames)
    {
        for (var i = 0; i < replacement.Length; i++)
        {
            if (replacement[i] == '\\' && i + 1 < replacement.Length)
            {
                writer.Add(replacement[++i]);
            }
            else if (replacement[i] == '$')
            {
                var group = ReadGroup(replacement, ref i, groupNames);
                if (matcher.GroupStart(group) >= 0)
                {
                    writer.Add(text[matcher.GroupStart(group)..matcher.GroupEnd(group)]);
                }
            }
            else
            {
                writer.Add(replacement[i]);
            }
        }
    }

    /// <summary>The group behind a dollar; leaves the place at its last character. A number goes on as long as there is such a group.</summary>
    private static int ReadGroup(ReadOnlySpan<byte> replacement, ref int i, IReadOnlyList<string?> groupNames)
    {
        var rest = replacement[(i + 1)..];
        if (rest is [(byte)'{', ..] && rest.IndexOf((byte)'}') is var end and > 0)
        {
            var name = Encoding.UTF8.GetString(rest[1..end]);
            for (var group = 0; group < groupNames.Count; group++)
            {
                if (groupNames[group] == name)
                {
                    i += end + 1;
                    return group;
                }
            }

            throw new QueryException(ErrorCodes.InvalidParameterValue, $"pattern has no group named \"{name}\"");
        }

        if (rest.IsEmpty || !AsciiText.IsDigit(rest[0]))
        {
            throw new QueryException(ErrorCodes.InvalidParameterValue, $"illegal group reference in replacement: \"{Encoding.UTF8.GetString(replacement)}\"");
        }

        var number = rest[0] - '0';
        if (number >= groupNames.Count)
        {
            throw new QueryException(ErrorCodes.InvalidParameterValue, $"pattern has {groupNames.Count - 1} groups; cannot access group {number}");
        }

        i++;
        for (var next = 1; next < rest.Length && AsciiText.IsDigit(rest[next]) && (number * 10) + rest[next] - '0' < groupNames.Count; next++)
        {
            number = (number * 10) + rest[next] - '0';
            i++;
        }

        return number;
    }
}
