using Antlr4.Runtime;
using Antlr4.Runtime.Atn;
using Antlr4.Runtime.Misc;
using Engine.Core.Errors;
using Engine.Parser.Generated;
using Engine.Parser.Tokens;

namespace Engine.Parser.Parsing;

/// <summary>
/// Runs a rule of the grammar over a text. The first attempt uses SLL prediction, which is fast and right for nearly every statement; when it
/// fails, full LL decides whether the text is wrong.
/// </summary>
internal static class GrammarRunner
{
    public static T Run<T>(string sql, Func<SqlGrammar, T> rule)
        where T : ParserRuleContext
    {
        var tokens = SqlTokenizer.Tokenize(sql);
        var tree = TryRun(tokens, rule, PredictionMode.SLL, out var failure) ?? TryRun(tokens, rule, PredictionMode.LL, out failure);
        return tree ?? throw SyntaxErrorReport.Describe(sql, tokens, failure);
    }

    private static T? TryRun<T>(SqlToken[] tokens, Func<SqlGrammar, T> rule, PredictionMode mode, out ParseFailure failure)
        where T : ParserRuleContext
    {
        var strategy = new FirstErrorStrategy();
        var parser = new SqlGrammar(new SqlTokenStream(tokens), TextWriter.Null, TextWriter.Null) { ErrorHandler = strategy };
        parser.RemoveErrorListeners();
        parser.Interpreter.PredictionMode = mode;
        try
        {
            failure = default;
            return rule(parser);
        }
        catch (ParseCanceledException)
        {
            failure = strategy.Failure;
            return null;
        }
    }

    /// <summary>Stops at the first error and remembers where the parser stood.</summary>
    private sealed class FirstErrorStrategy : BailErrorStrategy
    {
        public ParseFailure Failure { get; private set; }

        public override void Recover(Antlr4.Runtime.Parser recognizer, RecognitionException e)
        {
            var start = e is NoViableAltException noViable ? noViable.StartToken : e.OffendingToken;
            Failure = new ParseFailure(e.OffendingState, (RuleContext?)e.Context ?? recognizer.Context, start.TokenIndex);
            throw new ParseCanceledException(e);
        }

        public override IToken RecoverInline(Antlr4.Runtime.Parser recognizer)
        {
            Failure = new ParseFailure(recognizer.State, recognizer.Context, recognizer.CurrentToken.TokenIndex);
            throw new ParseCanceledException();
        }
    }
}

/// <summary>Where the parser gave up: the state of its automaton, the rules it was in, and the first token it could not place.</summary>
internal readonly record struct ParseFailure(int State, RuleContext Context, int TokenIndex);
