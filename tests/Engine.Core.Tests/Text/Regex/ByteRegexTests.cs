using System.Text;
using Engine.Core.Errors;
using Engine.Core.Text.Regex;
using NetRegex = System.Text.RegularExpressions.Regex;

namespace Engine.Core.Tests.Text.Regex;

public sealed class ByteRegexTests
{
    [Theory]
    [InlineData("a(b|c)*d", "xxabcbd", "abcbd|b")]
    [InlineData("(a+)(a+)", "aaaa", "aaaa|aaa|a")]
    [InlineData("(a+?)(a+)", "aaaa", "aaaa|a|aaa")]
    [InlineData("a{2,3}", "aaaaa", "aaa")]
    [InlineData("a{2,3}?", "aaaaa", "aa")]
    [InlineData("x{,3}", "x{,3}", "x{,3}")]
    [InlineData("^\\d+$", "123", "123")]
    [InlineData("^\\d+$", "123x", null)]
    [InlineData("\\bfoo\\b", "a foo b", "foo")]
    [InlineData("\\bfoo\\b", "afoo", null)]
    [InlineData("(?i)hello", "HeLLo", "HeLLo")]
    [InlineData("(?i:h)ello", "HELLO", null)]
    [InlineData("[^a-c]+", "abcxyz", "xyz")]
    [InlineData("[[:alpha:]_]+", "12ab_3", "ab_")]
    [InlineData("[]a]+", "]a]", "]a]")]
    [InlineData("[a\\-z]+", "a-z", "a-z")]
    [InlineData("(?<year>\\d{4})-(?P<month>\\d\\d)", "on 2025-07", "2025-07|2025|07")]
    [InlineData("(a)|(b)", "b", "b|<none>|b")]
    [InlineData("é+", "caféé", "éé")]
    [InlineData("^.{3}$", "日本語", "日本語")]
    [InlineData("[à-ü]+", "xéèz", "éè")]
    [InlineData("(?i)É", "é", "é")]
    [InlineData("\\p{Lu}\\p{Ll}+", "the Ärger", "Ärger")]
    [InlineData("(a|ab)(c|bcd)", "abcd", "abcd|a|bcd")]
    [InlineData("(?:a*)*b", "aaab", "aaab")]
    [InlineData("(?m)^b$", "a\nb\nc", "b")]
    [InlineData("a.c", "a\nc", null)]
    [InlineData("(?s)a.c", "a\nc", "a\nc")]
    [InlineData("(?x) a \\  b # comment", "a b", "a b")]
    [InlineData("\\x41\\u0042\\x{43}", "ABC", "ABC")]
    [InlineData("", "abc", "")]
    [InlineData("\"([^\"]*)\"", "say \"hi\" and \"ho\"", "\"hi\"|hi")]
    [InlineData(".*?(\\d+)", "abc123", "abc123|123")]
    [InlineData("(?:a|b)?c", "c", "c")]
    [InlineData("foo.*bar", "foo foo bar bar x", "foo foo bar bar")]
    public void Finds(string pattern, string text, string? expected)
    {
        var matcher = ByteRegex.Parse(pattern).CreateMatcher();
        var bytes = Encoding.UTF8.GetBytes(text);
        var actual = matcher.TryFind(bytes) ? Show(matcher, ByteRegex.Parse(pattern).GroupCount, bytes) : null;
        actual.ShouldBe(expected);
    }

    [Theory]
    [InlineData("a(")]
    [InlineData("a)")]
    [InlineData("[a")]
    [InlineData("*a")]
    [InlineData("a{3,2}")]
    [InlineData("a{5000}")]
    [InlineData("(a)\\1")]
    [InlineData("(?=a)")]
    [InlineData("(?<!a)b")]
    [InlineData("(?>a)")]
    [InlineData("a++")]
    [InlineData("[z-a]")]
    [InlineData("\\")]
    [InlineData("\\q")]
    [InlineData("(?<a>x)(?<a>y)")]
    [InlineData("((a{1000}){1000}){1000}")]
    [InlineData("\\p{Xx}")]
    public void Refuses_what_it_cannot_match(string pattern)
    {
        var error = Should.Throw<QueryException>(() => ByteRegex.Parse(pattern));
        error.Code.ShouldBe(ErrorCodes.InvalidRegularExpression);
        error.Message.ShouldStartWith("invalid regular expression");
    }

    [Fact]
    public void Agrees_with_the_framework_on_random_patterns()
    {
        var random = new Random(5);
        var matches = 0;
        for (var round = 0; round < 4000; round++)
        {
            var pattern = RandomPattern(random, 3);
            var regex = ByteRegex.Parse(pattern);
            var matcher = regex.CreateMatcher();
            var oracle = new NetRegex(pattern, System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(10));
            for (var i = 0; i < 5; i++)
            {
                var text = new string([.. Enumerable.Range(0, random.Next(12)).Select(_ => "abc \n"[random.Next(5)])]);
                var bytes = Encoding.ASCII.GetBytes(text);
                var expected = oracle.Match(text);
                var linear = new PikeMatcher(regex.ExpandedProgram);
                var slots = new int[regex.ExpandedProgram.SlotCount];
                matcher.TryFind(bytes).ShouldBe(expected.Success, $"{pattern} on {text}");
                linear.TryFind(bytes, 0, isAnchored: false, isWhole: false, slots).ShouldBe(expected.Success, $"{pattern} on {text}");
                for (var group = 0; expected.Success && group < regex.GroupCount; group++)
                {
                    matches++;
                    var start = expected.Groups[group].Success ? expected.Groups[group].Index : -1;
                    var end = expected.Groups[group].Success ? start + expected.Groups[group].Length : -1;
                    (matcher.GroupStart(group), matcher.GroupEnd(group)).ShouldBe((start, end), $"group {group} of {pattern} on {text}");
                    (slots[(group * 2) + 1] < 0 ? -1 : slots[group * 2], slots[(group * 2) + 1]).ShouldBe((start, end), $"linear group {group} of {pattern} on {text}");
                }
            }
        }

        matches.ShouldBeGreaterThan(1000);
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("(a|aa)+$")]
    [InlineData("(a*)*$")]
    [InlineData("(.*)(.*)(.*)(.*)(.*)x")]
    [InlineData("a*a*a*a*a*a*b")]
    public void Hostile_patterns_take_linear_time(string pattern)
    {
        var text = Encoding.ASCII.GetBytes(new string('a', 5_000) + "!");
        var matcher = ByteRegex.Parse(pattern).CreateMatcher();
        matcher.TryMatchWhole(text).ShouldBeFalse();
        matcher.TryFind(text).ShouldBe(pattern.EndsWith("*)*$", StringComparison.Ordinal));
    }

    [Fact]
    public void Whole_matches_try_every_way()
    {
        var matcher = ByteRegex.Parse("a|ab").CreateMatcher();
        matcher.TryMatchWhole("ab"u8).ShouldBeTrue();
        matcher.TryMatchStart("ab"u8).ShouldBeTrue();
        matcher.GroupEnd(0).ShouldBe(1);
        matcher.TryMatchWhole("abc"u8).ShouldBeFalse();
    }

    private static string Show(ByteRegexMatcher matcher, int groups, byte[] text) => string.Join('|', Enumerable.Range(0, groups).Select(
        group => matcher.GroupStart(group) < 0 ? "<none>" : Encoding.UTF8.GetString(text[matcher.GroupStart(group)..matcher.GroupEnd(group)])));

    /// <summary>Patterns whose repetitions always consume something: only there do engines agree on captures.</summary>
    private static string RandomPattern(Random random, int depth)
    {
        if (depth == 0)
        {
            return random.Next(7) switch { 0 => "[ab]", 1 => "[^a]", 2 => ".", 3 => "\\s", 4 => "c", 5 => "b", _ => "a" };
        }

        return random.Next(8) switch
        {
            0 => RandomPattern(random, depth - 1) + RandomPattern(random, depth - 1),
            1 => $"(?:{RandomPattern(random, depth - 1)}|{RandomPattern(random, depth - 1)})",
            2 => $"({RandomPattern(random, depth - 1)})",
            3 => $"{RandomPattern(random, 0)}*{RandomPattern(random, depth - 1)}",
            4 => $"{RandomPattern(random, 0)}+?{RandomPattern(random, depth - 1)}",
            5 => $"{RandomPattern(random, 0)}{{1,2}}{RandomPattern(random, depth - 1)}",
            6 => $"{RandomPattern(random, depth - 1)}{(random.Next(2) == 0 ? "$" : "\\b")}",
            _ => $"{RandomPattern(random, 0)}??({RandomPattern(random, depth - 1)})",
        };
    }
}
