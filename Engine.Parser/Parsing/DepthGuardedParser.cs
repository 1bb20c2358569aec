using System.Runtime.CompilerServices;
using Antlr4.Runtime;
using Engine.Parser.Parsing;
using Engine.Parser.Tokens;

namespace Engine.Parser.Generated;

/// <summary>
/// The base of the generated parser. It counts how deep the rules are nested: what is too deep becomes an error before the stack ends, here and
/// in all that later walks over the tree.
/// </summary>
internal abstract class DepthGuardedParser(ITokenStream input, TextWriter output, TextWriter errorOutput)
    : Antlr4.Runtime.Parser(input, output, errorOutput)
{
    private const int MaxDepth = 4000;

    private int _depth;

    /// <summary>Where the parser stood before the last token it took; the grammar's start when there is none.</summary>
    public ParseFailure LastConsumed { get; private set; } = new(State: -1, Context: null, TokenIndex: 0);

    public override void EnterRule(ParserRuleContext localctx, int state, int ruleIndex)
    {
        Descend();
        base.EnterRule(localctx, state, ruleIndex);
    }

    public override IToken Consume()
    {
        LastConsumed = new ParseFailure(State, Context, ((SqlToken)CurrentToken).TokenIndex);
        return base.Consume();
    }

    public override void ExitRule()
    {
        _depth--;
        base.ExitRule();
    }

    public override void EnterRecursionRule(ParserRuleContext localctx, int state, int ruleIndex, int precedence)
    {
        Descend();
        base.EnterRecursionRule(localctx, state, ruleIndex, precedence);
    }

    public override void UnrollRecursionContexts(ParserRuleContext parentctx)
    {
        _depth--;
        base.UnrollRecursionContexts(parentctx);
    }

    private void Descend()
    {
        if (++_depth > MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw SyntaxErrors.TooComplex("expressions are nested too deeply", ((SqlToken)CurrentToken).Span);
        }
    }
}
