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

/// <summary>The n-th match of a regular expression from a place on: where it is, and what it is. Places are in characters from 1 on.</summary>
internal static class PlaceFunctions
{
    /// <summary>Text, pattern, start, occurrence, then for regexp_instr the end option, flags, group.</summary>
    private static readonly ImmutableArray<ParameterType> InstrParameters =
        [DataType.Varchar, DataType.Varchar, DataType.BigInt, DataType.BigInt, DataType.BigInt, DataType.Varchar, DataType.BigInt];

    private static readonly ImmutableArray<ParameterType> CountParameters = [DataType.Varchar, DataType.Varchar, DataType.BigInt, DataType.Varchar];

    private static readonly ImmutableArray<ParameterType> ReplaceParameters =
        [DataType.Varchar, DataType.Varchar, DataType.Varchar, DataType.BigInt, DataType.BigInt, DataType.Varchar];

    private static readonly ImmutableArray<ParameterType> SubstrParameters =
        [DataType.Varchar, DataType.Varchar, DataType.BigInt, DataType.BigInt, DataType.Varchar, DataType.BigInt];

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            Info("regexp_substr(text, pattern, start, occurrence, flags, group)", "The n-th match from a place on, or a group of it; NULL when there is none.", "regexp_substr('a1b22', '\\d+', 1, 2) = '22'"),
            [.. Enumerable.Range(2, 5).Select(count => RowKernel.Prepared<TextBuilder>(SubstrParameters[..count], DataType.Varchar, binding =>
            {
                var source = new PatternSource(binding, count > 4 ? 4 : -1);
                return (a, row, result) =>
                {
                    var text = a.Text(0, row);
                    var (start, occurrence) = (Number(a, 2, row, "start"), Number(a, 3, row, "n"));
                    var wanted = GroupNumber(a, 5, row);
                    var matcher = source.Matcher(a, row);
                    var group = wanted < source.GroupCount(a, row) ? (int)wanted : -1;
                    if (group >= 0 && TryFind(matcher, text, start, occurrence) && matcher.GroupStart(group) >= 0)
                    {
                        result.Append(text[matcher.GroupStart(group)..matcher.GroupEnd(group)]);
                    }
                    else
                    {
                        result.AppendNull();
                    }
                };
            }))]),
        new(
            Info("regexp_instr(text, pattern, start, occurrence, end, flags, group)", "The place of the n-th match from a place on, or behind it when the fifth argument is 1; 0 when there is none.", "regexp_instr('a1b22', '\\d+', 1, 2) = 4"),
            [.. Enumerable.Range(2, 6).Select(count => RowKernel.Prepared<FixedBuilder<int>>(InstrParameters[..count], DataType.Integer, binding =>
            {
                var source = new PatternSource(binding, count > 5 ? 5 : -1);
                return (a, row, result) =>
                {
                    var text = a.Text(0, row);
                    var (start, occurrence) = (Number(a, 2, row, "start"), Number(a, 3, row, "n"));
                    var isEnd = a.Count > 4 && a.Long(4, row) switch
                    {
                        0 => false,
                        1 => true,
                        var other => throw new QueryException(ErrorCodes.InvalidParameterValue, $"invalid value for parameter \"endoption\": {other}"),
                    };
                    var wanted = GroupNumber(a, 6, row);
                    var matcher = source.Matcher(a, row);
                    var group = wanted < source.GroupCount(a, row) ? (int)wanted : -1;
                    var isFound = group >= 0 && TryFind(matcher, text, start, occurrence) && matcher.GroupStart(group) >= 0;
                    result.Append(isFound ? Utf8Text.CountCharacters(text[..(isEnd ? matcher.GroupEnd(group) : matcher.GroupStart(group))]) + 1 : 0);
                };
            }))]),
        new(
            Info("regexp_position(text, pattern, start, occurrence)", "The place of the n-th match from a place on; -1 when there is none.", "regexp_position('a1b22', '\\d+', 1, 2) = 4"),
            [.. Enumerable.Range(2, 3).Select(count => RowKernel.Prepared<FixedBuilder<int>>(InstrParameters[..count], DataType.Integer, binding =>
            {
                var source = new PatternSource(binding);
                return (a, row, result) =>
                {
                    var matcher = source.Matcher(a, row);
                    var isFound = TryFind(matcher, a.Text(0, row), Number(a, 2, row, "start"), Number(a, 3, row, "occurrence"));
                    result.Append(isFound ? Utf8Text.CountCharacters(a.Text(0, row)[..matcher.GroupStart(0)]) + 1 : -1);
                };
            }))]),
        new(
            Info("regexp_full_match(text, pattern)", "Whether the whole text matches a pattern.", "regexp_full_match('abc', 'a.c') = true"),
            [RowKernel.Prepared<BooleanBuilder>(TextInfo.Two, DataType.Boolean, binding =>
            {
                var source = new PatternSource(binding);
                return (a, row, result) => result.Append(source.Matcher(a, row).TryMatchWhole(a.Text(0, row)));
            }, canFail: false)]),
        new(
            Info("regexp_escape(text)", "A pattern that matches the text and nothing else.", "regexp_escape('a.b') = 'a\\.b'"),
            [RowKernel.Overload<TextBuilder>(TextInfo.One, DataType.Varchar, (a, row, result) =>
            {
                var writer = new Core.Text.ByteWriter();
                foreach (var item in a.Text(0, row))
                {
                    writer.Add("\\.^$|?*+()[]{}"u8.Contains(item) ? "\\"u8 : default);
                    writer.Add(item);
                }

                result.Append(writer.Written);
            })]),
    ];

    /// <summary>regexp_count, of matches from a place on.</summary>
    public static IEnumerable<ScalarOverload> Counts => Enumerable.Range(2, 3).Select(count => RowKernel.Prepared<FixedBuilder<int>>(
        CountParameters[..count],
        DataType.Integer,
        binding =>
        {
            var source = new PatternSource(binding, count > 3 ? 3 : -1);
            return (a, row, result) =>
            {
                var text = a.Text(0, row);
                var found = 0;
                var position = Start(a, 2, row);
                for (var matcher = source.Matcher(a, row); position >= 0 && RegexFunctions.TryNext(matcher, text, ref position); found++)
                {
                }

                result.Append(found);
            };
        },
        canFail: count > 2));

    /// <summary>regexp_replace of the n-th match from a place on, or of all.</summary>
    public static IEnumerable<ScalarOverload> Replacements => Enumerable.Range(4, 3).Select(count => RowKernel.Prepared<TextBuilder>(ReplaceParameters[..count], DataType.Varchar, binding =>
    {
        var source = new PatternSource(binding, count > 5 ? 5 : -1);
        return (a, row, result) =>
        {
            var text = a.Text(0, row);
            var replacement = a.Text(2, row);
            var position = Start(a, 3, row);
            var wanted = count > 4 ? a.Long(4, row) : 1;
            if (wanted < 0)
            {
                throw new QueryException(ErrorCodes.InvalidParameterValue, $"invalid value for parameter \"n\": {wanted}");
            }

            var matcher = source.Matcher(a, row);
            var writer = new ByteWriter(text.Length + replacement.Length);
            var (copied, number) = (0, 0L);
            while (position >= 0 && (wanted == 0 || number < wanted) && RegexFunctions.TryNext(matcher, text, ref position))
            {
                if (++number == wanted || wanted == 0)
                {
                    writer.Add(text[copied..matcher.GroupStart(0)]);
                    RegexFunctions.AddReplacement(writer, text, replacement, matcher, source.GroupCount(a, row));
                    copied = matcher.GroupEnd(0);
                }
            }

            writer.Add(text[copied..]);
            result.Append(writer.Written);
        };
    }));

    private static FunctionInfo Info(string signature, string description, string example) => new(signature, "regex", description, example);

    /// <summary>Where in the text the place that an argument gives is, in bytes; -1 behind its end.</summary>
    private static int Start(RowArguments a, int place, int row)
    {
        var start = Number(a, place, row, "start");
        return start > Utf8Text.CountCharacters(a.Text(0, row)) + 1 ? -1 : Utf8Text.Skip(a.Text(0, row), start - 1);
    }

    private static long Number(RowArguments a, int place, int row, string name)
    {
        var value = a.Count > place ? a.Long(place, row) : 1;
        return value > 0 ? value : throw new QueryException(ErrorCodes.InvalidParameterValue, $"invalid value for parameter \"{name}\": {value}");
    }

    /// <summary>The number of the group asked for, which the pattern may not have.</summary>
    private static long GroupNumber(RowArguments a, int place, int row)
    {
        var group = a.Count > place ? a.Long(place, row) : 0;
        return group >= 0 ? group : throw new QueryException(ErrorCodes.InvalidParameterValue, $"invalid value for parameter \"subexpr\": {group}");
    }

    private static bool TryFind(ByteRegexMatcher matcher, ReadOnlySpan<byte> text, long start, long occurrence)
    {
        if (start > Utf8Text.CountCharacters(text) + 1)
        {
            return false;
        }

        for (var position = Utf8Text.Skip(text, start - 1); RegexFunctions.TryNext(matcher, text, ref position);)
        {
            if (--occurrence == 0)
            {
                return true;
            }
        }

        return false;
    }
}
