using Engine.Cli.Repl;

namespace Engine.Cli.Tests;

public sealed class StatementEndTests
{
    [Theory]
    [InlineData("SELECT 1;", true)]
    [InlineData("SELECT 1; -- done", true)]
    [InlineData("SELECT 1", false)]
    [InlineData("SELECT ';'", false)]
    [InlineData("SELECT ';", false)]
    [InlineData("SELECT \";\" /* ; */", false)]
    [InlineData("SELECT 1; /* open", false)]
    [InlineData("SELECT 1; SELECT 2", false)]
    [InlineData("-- only a comment;", false)]
    public void Statement_ends_at_a_semicolon_that_is_code(string text, bool isComplete) => StatementEnd.IsComplete(text).ShouldBe(isComplete);
}
