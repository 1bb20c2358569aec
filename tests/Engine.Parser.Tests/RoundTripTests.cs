using Engine.Core.Errors;
using Engine.Parser.Ast;
using Engine.Parser.Tests.Generation;
using FsCheck;
using FsCheck.Fluent;

namespace Engine.Parser.Tests;

/// <summary>The property that holds parser and unparser together: what a tree is written as parses to that tree.</summary>
public sealed class RoundTripTests
{
    private const int Statements = 8_000;

    [Fact]
    public void Random_statements_survive_the_round_trip()
    {
        var seen = new HashSet<Type>();
        for (var seed = 0; seed < Statements; seed++)
        {
            var statement = new SyntaxGenerator(seed).Statements.Statement();
            RoundTrips(statement, seed);
            foreach (var node in SyntaxWalk.All(statement))
            {
                seen.Add(node.GetType());
            }
        }

        SyntaxWalk.ConcreteTypes.Where(type => !seen.Contains(type)).Select(type => type.Name).ShouldBeEmpty();
    }

    [Fact]
    public void Random_seeds_of_this_run_survive_too() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => RoundTrips(new SyntaxGenerator(seed).Statements.Statement(), seed))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Random_expressions_and_types_survive_on_their_own()
    {
        for (var seed = 0; seed < Statements / 3; seed++)
        {
            var generator = new SyntaxGenerator(seed);
            var expression = generator.Expressions.Expression();
            SqlParser.ParseExpression(SqlUnparser.Unparse(expression)).ShouldBe(expression);
            var type = generator.Types.Type();
            SqlParser.ParseType(SqlUnparser.Unparse(type)).ShouldBe(type);
        }
    }

    private static void RoundTrips(Statement statement, int seed)
    {
        var text = SqlUnparser.Unparse(statement);
        Statement parsed;
        try
        {
            parsed = SqlParser.ParseStatement(text);
        }
        catch (QueryException error)
        {
            Assert.Fail($"seed {seed}: {error.Message}\n{text}");
            return;
        }

        if (!parsed.Equals(statement))
        {
            Assert.Fail($"seed {seed} is read as something else:\n{text}\n{SqlUnparser.Unparse(parsed)}");
        }

        parsed.GetHashCode().ShouldBe(statement.GetHashCode());
    }
}
