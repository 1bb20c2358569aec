using Engine.Core.Errors;

namespace Engine.Parser.Tests;

public sealed class SourceExcerptTests
{
    [Fact]
    public void Caret_stands_below_the_place()
    {
        const string sql = "select a\nfrom t where\n  amont > 10";
        var excerpt = SourceExcerpt.At(sql, new SourceSpan(sql.IndexOf("amont", StringComparison.Ordinal), 5));
        (excerpt.Line, excerpt.Column).ShouldBe((3, 3));
        excerpt.ToString().ShouldBe("LINE 3:   amont > 10\n          ^^^^^");
    }

    [Fact]
    public void A_span_over_several_lines_is_marked_on_its_first()
    {
        const string sql = "select 'a\nb'";
        SourceExcerpt.At(sql, new SourceSpan(7, 5)).ToString().ShouldBe("LINE 1: select 'a\n               ^^");
    }

    [Fact]
    public void End_of_input_is_marked_behind_the_text() =>
        SourceExcerpt.At("select 1 +", new SourceSpan(10, 0)).ToString().ShouldBe("LINE 1: select 1 +\n                  ^");

    [Fact]
    public void A_place_outside_of_the_text_is_moved_to_its_end() =>
        SourceExcerpt.At("x", new SourceSpan(99, 3)).Column.ShouldBe(2);

    [Fact]
    public void A_long_line_is_cut_around_the_place()
    {
        var sql = "select " + string.Join(", ", Enumerable.Range(0, 100).Select(i => $"c{i}")) + " form t";
        var lines = SourceExcerpt.At(sql, new SourceSpan(sql.IndexOf("form", StringComparison.Ordinal), 4)).ToString().Split('\n');
        lines[0].Length.ShouldBeLessThan(120);
        lines[0].Substring(lines[1].IndexOf('^', StringComparison.Ordinal), 4).ShouldBe("form");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(300)]
    [InlineData(613)]
    public void The_mark_is_below_the_place_wherever_it_is(int start)
    {
        var sql = new string('a', start) + "!" + new string('b', 613 - start);
        var lines = SourceExcerpt.At(sql, new SourceSpan(start, 1)).ToString().Split('\n');
        lines[0][lines[1].IndexOf('^', StringComparison.Ordinal)].ShouldBe('!');
    }

    [Fact]
    public void Tabs_and_carriage_returns_do_not_move_the_mark()
    {
        var excerpt = SourceExcerpt.At("\tselect 1\r\n\tx\r\n", new SourceSpan(12, 1));
        excerpt.ToString().ShouldBe("LINE 2:  x\n         ^");
    }
}
