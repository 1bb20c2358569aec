using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Text.Regex;
using Engine.Core.Types;
using Engine.Exec.Functions.Text;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Patterns;

/// <summary>
/// Regular expressions. Bad constant patterns fail when the kernel is made, so that no text can make a row fail; that keeps matching over
/// dictionaries a test of each entry.
/// </summary>
internal static class RegexFunctions
{
    private static readonly DataType Texts = DataType.Array(DataType.Varchar);
    private static readonly ImmutableArray<ParameterType> WithGroup = [DataType.Varchar, DataType.Varchar, DataType.BigInt];
    private static readonly ImmutableArray<ParameterType> WithFlags = [DataType.Varchar, DataType.Varchar, DataType.Varchar, DataType.Varchar];

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(Info("regexp_like(text, pattern, flags)", "Whether the text has a match of a pattern.", "regexp_like('abc', 'b.') = true"), [Test(TextInfo.Two, string.Empty), Test(TextInfo.Three, null)]),
        new(Info("regexp_like_insensitive(text, pattern)", "As regexp_like, whatever the case of letters.", "regexp_like_insensitive('ABC', 'b.') = true"), [Test(TextInfo.Two, "i")]),
        new(
            Info("similar_to(text, pattern, escape)", "Whether the whole text matches a pattern of SQL.", "('abc' SIMILAR TO '(a|x)_c') = true"),
            [Similar(TextInfo.Two), Similar(TextInfo.Three)]),
        new(
            Info("regexp_extract(text, pattern, group)", "The first match of a pattern, or a group of it; NULL when there is none.", "regexp_extract('id=42', 'id=(\\d+)', 1) = '42'"),
            [Extract(TextInfo.Two, canFail: false), Extract(WithGroup, canFail: true)]),
        new(
            Info("regexp_extract_all(text, pattern, group)", "All matches of a pattern, or a group of each.", "regexp_extract_all('a1b22', '\\d+') = ARRAY['1', '22']"),
            [ExtractAll(TextInfo.Two, canFail: false), ExtractAll(WithGroup, canFail: true)]),
        new(
            Info("regexp_match(text, pattern, flags)", "The groups of the first match, or the match itself when there are none; NULL without a match.", "regexp_match('a1', '([a-z])(\\d)') = ARRAY['a', '1']"),
            [Match(TextInfo.Two, -1), Match(TextInfo.Three, 2)]),
        new(
            Info("regexp_match_lists(text, pattern, flags)", "What regexp_matches gives as rows: the groups of the first match, or with flag g those of every match.", "regexp_match_lists('a1b2', '([a-z])(\\d)', 'g')[2] = ARRAY['b', '2']"),
            [MatchLists(TextInfo.Two, -1), MatchLists(TextInfo.Three, 2)]),
        new(
            Info("regexp_replace(text, pattern, replacement, flags)", "The text with the first match replaced, or with flag g all; \\1 is a group, \\& the match. Instead of flags a start, the number of the match to replace (0 for all) and flags may be given.", "regexp_replace('abcabc', 'b', 'x', 'g') = 'axcaxc'"),
            [
                Replace(TextInfo.Two, -1, _ => true),
                Replace(TextInfo.Three, -1, _ => false),
                Replace(WithFlags, 3, flags => flags.Contains('g', StringComparison.Ordinal)),
                .. PlaceFunctions.Replacements,
            ]),
        new(Info("regexp_replace_all(text, pattern, replacement)", "The text with every match replaced.", "regexp_replace_all('abcabc', 'b', 'x') = 'axcaxc'"), [Replace(TextInfo.Three, -1, _ => true)]),
        new(Info("regexp_split(text, pattern, flags)", "The parts between matches.", "regexp_split('a1b22c', '\\d+') = ARRAY['a', 'b', 'c']", "regexp_split_to_array"), [Split(TextInfo.Two, -1), Split(TextInfo.Three, 2)]),
        new(
            Info("regexp_count(text, pattern, start, flags)", "How many matches there are, from the start or a place on.", "regexp_count('a1b22', '\\d') = 3"),
            [.. PlaceFunctions.Counts]),
        .. PlaceFunctions.All,
    ];

    /// <summary>substring(text FROM pattern): the first match, or its first group where the pattern has one; NULL without a match.</summary>
    public static readonly ScalarOverload Substring = RowKernel.Prepared<TextBuilder>(
        TextInfo.Two,
        DataType.Varchar,
        binding =>
        {
            var source = new PatternSource(binding);
            return (a, row, result) =>
            {
                var matcher = source.Matcher(a, row);
                if (matcher.TryFind(a.Text(0, row)))
                {
                    AppendGroup(matcher, a.Text(0, row), source.GroupCount(a, row) > 1 ? 1 : 0, result);
                }
                else
                {
                    result.AppendNull();
                }
            };
        },
        canFail: false);

    private static FunctionInfo Info(string name, string description, string example, params ImmutableArray<string> aliases) =>
        new(name, "regex", description, example) { Aliases = aliases };

    /// <summary>Finds the next match and moves behind it; past a character where it was empty.</summary>
    public static bool TryNext(ByteRegexMatcher matcher, ReadOnlySpan<byte> text, ref int position)
    {
        if (position > text.Length || !matcher.TryFind(text, position))
        {
            return false;
        }

        var end = matcher.GroupEnd(0);
        position = end > matcher.GroupStart(0) ? end : end < text.Length ? end + Utf8Text.LengthAt(text, end) : end + 1;
        return true;
    }

    /// <param name="parameters">Text, pattern and maybe flags.</param>
    /// <param name="flags">Fixed flags, or null when an argument gives them.</param>
    private static ScalarOverload Test(ImmutableArray<ParameterType> parameters, string? flags) => RowKernel.Prepared<BooleanBuilder>(
        parameters,
        DataType.Boolean,
        binding =>
        {
            var source = flags is null ? new PatternSource(binding, 2) : new PatternSource(binding, -1, (pattern, _) => PatternSource.Parse(pattern, flags));
            return (a, row, result) => result.Append(source.Matcher(a, row).TryFind(a.Text(0, row)));
        },
        canFail: false);

    private static ScalarOverload Similar(ImmutableArray<ParameterType> parameters) => RowKernel.Prepared<BooleanBuilder>(
        parameters,
        DataType.Boolean,
        binding =>
        {
            var source = parameters.Length > 2
                ? new PatternSource(binding, 2, SimilarPattern.Parse)
                : new PatternSource(binding, -1, (pattern, _) => SimilarPattern.Parse(pattern, "\\"));
            return (a, row, result) => result.Append(source.Matcher(a, row).TryMatchWhole(a.Text(0, row)));
        },
        canFail: false);

    private static int GroupOf(PatternSource source, RowArguments a, int row)
    {
        var group = a.Count > 2 ? a.Long(2, row) : 0;
        var count = source.GroupCount(a, row);
        return group >= 0 && group < count
            ? (int)group
            : throw new QueryException(ErrorCodes.InvalidParameterValue, $"pattern has {count - 1} groups; cannot access group {group}");
    }

    private static void AppendGroup(ByteRegexMatcher matcher, ReadOnlySpan<byte> text, int group, TextBuilder result)
    {
        if (matcher.GroupStart(group) < 0)
        {
            result.AppendNull();
        }
        else
        {
            result.Append(text[matcher.GroupStart(group)..matcher.GroupEnd(group)]);
        }
    }

    private static ScalarOverload Extract(ImmutableArray<ParameterType> parameters, bool canFail) => RowKernel.Prepared<TextBuilder>(
        parameters,
        DataType.Varchar,
        binding =>
        {
            var source = new PatternSource(binding);
            return (a, row, result) =>
            {
                var group = GroupOf(source, a, row);
                var matcher = source.Matcher(a, row);
                if (matcher.TryFind(a.Text(0, row)))
                {
                    AppendGroup(matcher, a.Text(0, row), group, result);
                }
                else
                {
                    result.AppendNull();
                }
            };
        },
        canFail);

    private static ScalarOverload ExtractAll(ImmutableArray<ParameterType> parameters, bool canFail) => RowKernel.Prepared<ListBuilder>(
        parameters,
        Texts,
        binding =>
        {
            var source = new PatternSource(binding);
            return (a, row, result) =>
            {
                var group = GroupOf(source, a, row);
                var matcher = source.Matcher(a, row);
                for (var position = 0; TryNext(matcher, a.Text(0, row), ref position);)
                {
                    AppendGroup(matcher, a.Text(0, row), group, (TextBuilder)result.Items);
                }

                result.EndRow();
            };
        },
        canFail);

    private static ScalarOverload Match(ImmutableArray<ParameterType> parameters, int flagsPlace) => RowKernel.Prepared<ListBuilder>(
        parameters,
        Texts,
        binding =>
        {
            var source = new PatternSource(binding, flagsPlace);
            return (a, row, result) =>
            {
                var matcher = source.Matcher(a, row);
                if (!matcher.TryFind(a.Text(0, row)))
                {
                    result.AppendNull();
                    return;
                }

                AppendGroups(matcher, a.Text(0, row), source.GroupCount(a, row), result);
            };
        },
        canFail: false);

    private static ScalarOverload MatchLists(ImmutableArray<ParameterType> parameters, int flagsPlace) => RowKernel.Prepared<ListBuilder>(
        parameters,
        DataType.Array(Texts),
        binding =>
        {
            var source = new PatternSource(binding, flagsPlace);
            return (a, row, result) =>
            {
                var isAll = flagsPlace >= 0 && a.String(flagsPlace, row).Contains('g', StringComparison.Ordinal);
                var matcher = source.Matcher(a, row);
                for (var position = 0; TryNext(matcher, a.Text(0, row), ref position);)
                {
                    AppendGroups(matcher, a.Text(0, row), source.GroupCount(a, row), (ListBuilder)result.Items);
                    if (!isAll)
                    {
                        break;
                    }
                }

                result.EndRow();
            };
        },
        canFail: false);

    /// <summary>A list of the groups of a match, or of the match itself when there are none.</summary>
    private static void AppendGroups(ByteRegexMatcher matcher, ReadOnlySpan<byte> text, int count, ListBuilder result)
    {
        for (var group = count > 1 ? 1 : 0; group < count; group++)
        {
            AppendGroup(matcher, text, group, (TextBuilder)result.Items);
        }

        result.EndRow();
    }

    /// <summary>regexp_replace as Presto has it: every match, groups as $1 and ${name}.</summary>
    public static ScalarOverload ReplaceWithDollars(ImmutableArray<ParameterType> parameters) => Replace(parameters, -1, _ => true, hasDollars: true);

    private static ScalarOverload Replace(ImmutableArray<ParameterType> parameters, int flagsPlace, Func<string, bool> isGlobal, bool hasDollars = false) => RowKernel.Prepared<TextBuilder>(
        parameters,
        DataType.Varchar,
        binding =>
        {
            var source = new PatternSource(binding, flagsPlace);
            return (a, row, result) =>
            {
                var text = a.Text(0, row);
                var isAll = isGlobal(flagsPlace < 0 ? string.Empty : a.String(flagsPlace, row));
                var replacement = a.Count > 2 ? a.Text(2, row) : default;
                var matcher = source.Matcher(a, row);
                ByteWriter? writer = null;
                var copied = 0;
                for (var position = 0; TryNext(matcher, text, ref position);)
                {
                    writer ??= new ByteWriter(text.Length + replacement.Length);
                    writer.Add(text[copied..matcher.GroupStart(0)]);
                    if (hasDollars)
                    {
                        DollarReplacement.Add(writer, text, replacement, matcher, source.GroupNames(a, row));
                    }
                    else
                    {
                        AddReplacement(writer, text, replacement, matcher, source.GroupCount(a, row));
                    }

                    copied = matcher.GroupEnd(0);
                    if (!isAll)
                    {
                        break;
                    }
                }

                writer?.Add(text[copied..]);
                result.Append(writer is null ? text : writer.Written);
            };
        },
        canFail: hasDollars);

    public static void AddReplacement(ByteWriter writer, ReadOnlySpan<byte> text, ReadOnlySpan<byte> replacement, ByteRegexMatcher matcher, int groupCount)
    {
        while (replacement.IndexOf((byte)'\\') is var found && found >= 0 && found + 1 < replacement.Length)
        {
            writer.Add(replacement[..found]);
            var symbol = replacement[found + 1];
            var group = symbol == '&' ? 0 : symbol is >= (byte)'1' and <= (byte)'9' ? symbol - '0' : -1;
            if (group >= 0)
            {
                if (group < groupCount && matcher.GroupStart(group) >= 0)
                {
                    writer.Add(text[matcher.GroupStart(group)..matcher.GroupEnd(group)]);
                }
            }
            else
            {
                writer.Add(symbol == '\\' ? replacement.Slice(found, 1) : replacement.Slice(found, 2));
            }

            replacement = replacement[(found + 2)..];
        }

        writer.Add(replacement);
    }

    private static ScalarOverload Split(ImmutableArray<ParameterType> parameters, int flagsPlace) => RowKernel.Prepared<ListBuilder>(
        parameters,
        Texts,
        binding =>
        {
            var source = new PatternSource(binding, flagsPlace);
            return (a, row, result) =>
            {
                var text = a.Text(0, row);
                var items = (TextBuilder)result.Items;
                var matcher = source.Matcher(a, row);
                var start = 0;
                for (var position = 0; TryNext(matcher, text, ref position);)
                {
                    // As in PostgreSQL, an empty match at the start, at the end or right behind the last match divides nothing.
                    var (from, to) = (matcher.GroupStart(0), matcher.GroupEnd(0));
                    if (to > from || (from > start && from < text.Length))
                    {
                        items.Append(text[start..from]);
                        start = to;
                    }
                }

                items.Append(text[start..]);
                result.EndRow();
            };
        },
        canFail: false);
}
