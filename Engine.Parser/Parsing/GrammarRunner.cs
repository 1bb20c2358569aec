using Antlr4.Runtime;
using Antlr4.Runtime.Atn;
using Antlr4.Runtime.Misc;
using Engine.Parser.Generated;
using Engine.Parser.Tokens;

namespace Engine.Parser.Parsing;

/// <summary>
/// Runs a rule of the grammar over a text. The first attempt uses SLL prediction, which is fast and right for nearly every statement; when it
/// fails, full LL decides whether the text is wrong.
/// </summary>
internal static class GrammarRunner
{
    public static T Run<T>(string sql, int ruleIndex, Func<SqlGrammar, T> rule)
        where T : ParserRuleContext
    {
        var tokens = SqlTokenizer.Tokenize(sql);
        var tree = TryRun(tokens, rule, PredictionMode.SLL, out var failure) ?? TryRun(tokens, rule, PredictionMode.LL, out failure);
        return tree ?? throw SyntaxErrorReport.Describe(sql, tokens, failure, ruleIndex);
    }

    private static T? TryRun<T>(SqlToken[] tokens, Func<SqlGrammar, T> rule, PredictionMode mode, out ParseFailure failure)
        where T : ParserRuleContext
    {
        var parser = new SqlGrammar(new SqlTokenStream(tokens), TextWriter.Null, TextWriter.Null) { ErrorHandler = new BailErrorStrategy() };
        parser.RemoveErrorListeners();
        parser.Interpreter.PredictionMode = mode;
        try
        {
            failure = default;
            return rule(parser);
        }
        catch (ParseCanceledException)
        {
            failure = parser.LastConsumed;
            return null;
        }
    }
}

/// <summary>
/// A place from which to look for what is wrong: a state of the parser's automaton (-1: the start of the grammar), the rules it was in, and the
/// token it looked at. It is the place of the last token taken, because optional parts are left without an error: the parser itself notices only
/// much later, in a rule that knows nothing of what could have stood there.
/// </summary>
internal readonly record struct ParseFailure(int State, RuleContext? Context, int TokenIndex);
