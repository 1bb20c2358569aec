using Engine.Core.Errors;
using Engine.Parser.Generated;

namespace Engine.Parser.Tokens;

/// <summary>
/// What stands before a token, for the three characters whose meaning depends on it: <c>?</c> is an operator behind a value and a parameter
/// elsewhere, <c>:</c> separates inside of brackets and introduces a parameter elsewhere, <c>-&gt;</c> belongs to a lambda in the argument list
/// of a function that takes one.
/// </summary>
internal sealed class TokenContext(List<SqlToken> tokens)
{
    // More than anyone writes by hand or generates; far less than a thread's stack bears.
    private const int MaxNesting = 500;

    // x::int[1][2]: the parser looks ahead over all subscripts, because the first ones may belong to the type.
    private const int MaxSubscripts = 100;

    private readonly Stack<int> _open = [];
    private int _questionMarks;
    private int _lastClosed = -1;
    private int _subscripts;
    private bool _hasNumberedParameters;

    /// <summary>Notes a bracket, a comma or the end of a statement before it is added to the tokens.</summary>
    public void Track(int type, SourceSpan span)
    {
        switch (type)
        {
            case SqlGrammar.LeftParenthesis or SqlGrammar.LeftBracket or SqlGrammar.LeftBrace:
                if (_open.Count >= MaxNesting)
                {
                    throw SyntaxErrors.TooComplex($"more than {MaxNesting} brackets are nested", span);
                }

                _subscripts = type == SqlGrammar.LeftBracket && tokens.Count > 0 && tokens[^1].Type == SqlGrammar.RightBracket ? _subscripts + 1 : 0;
                if (_subscripts > MaxSubscripts)
                {
                    throw SyntaxErrors.TooComplex($"more than {MaxSubscripts} subscripts in a row", span);
                }

                _open.Push(tokens.Count);
                break;
            case SqlGrammar.RightParenthesis or SqlGrammar.RightBracket or SqlGrammar.RightBrace:
                _lastClosed = _open.TryPop(out var opened) ? opened : -1;
                break;
            case SqlGrammar.Semicolon:
                _questionMarks = 0;
                _hasNumberedParameters = false;
                break;
        }
    }

    /// <summary>The number of a <c>?</c> parameter: they count per statement.</summary>
    public string NextQuestionMark(SourceSpan span)
    {
        _questionMarks++;
        return _hasNumberedParameters ? throw MixedParameters(span) : _questionMarks.ToString();
    }

    /// <summary>Notes <c>$1</c>.</summary>
    public void NoteNumberedParameter(SourceSpan span)
    {
        _hasNumberedParameters = true;
        if (_questionMarks > 0)
        {
            throw MixedParameters(span);
        }
    }

    /// <summary>
    /// Whether <c>?</c> stands between two operands; <paramref name="next"/> is the character behind it. Behind <c>BY</c> and its like, which may
    /// be columns or introduce a value, only what cannot go on with the statement makes it an operator.
    /// </summary>
    public bool QuestionMarkIsOperator(char next)
    {
        var last = tokens.Count - 1;
        if (last > 0 && tokens[last].Type == SqlGrammar.LeftParenthesis && tokens[last - 1].Type == SqlGrammar.OPERATOR)
        {
            return true;
        }

        return EndsOperand(last) || (last >= 0 && SqlKeywords.IntroducesValue(tokens[last].Type) && next is '\'' or '(');
    }

    /// <summary>Whether <c>:</c> before a word separates: the bounds of a slice, or a key from its value.</summary>
    public bool ColonSeparates()
    {
        if (!_open.TryPeek(out var open))
        {
            return false;
        }

        return tokens[open].Type switch
        {
            SqlGrammar.LeftBracket => EndsOperand(tokens.Count - 1) || (tokens.Count - 1 == open && EndsOperand(open - 1)),
            SqlGrammar.LeftBrace => EndsOperand(tokens.Count - 1),
            _ => false,
        };
    }

    /// <summary>Whether <c>-&gt;</c> stands behind the parameters of a lambda.</summary>
    public bool ArrowIsLambda()
    {
        var last = tokens.Count - 1;
        if (last < 1 || !_open.TryPeek(out var open) || tokens[open].Type != SqlGrammar.LeftParenthesis)
        {
            return false;
        }

        if (SqlKeywords.IsName(tokens[last].Type))
        {
            return StartsArgument(last) && TakesLambda(open);
        }

        if (tokens[last].Type != SqlGrammar.RightParenthesis || _lastClosed < 0 || !StartsArgument(_lastClosed) || !IsNameList(_lastClosed, last))
        {
            return false;
        }

        // (x, y) -> cannot be a field of anything.
        return last - _lastClosed > 2 ? open > 0 && SqlKeywords.IsName(tokens[open - 1].Type) : TakesLambda(open);
    }

    private bool StartsArgument(int index) => tokens[index - 1].Type is SqlGrammar.LeftParenthesis or SqlGrammar.Comma or SqlGrammar.FatArrow or SqlGrammar.ColonEqual;

    private bool TakesLambda(int open) => open > 0 && LambdaFunctions.Contains(tokens[open - 1].Text);

    private bool IsNameList(int open, int close)
    {
        for (var i = open + 1; i < close; i++)
        {
            var isName = (i - open) % 2 == 1;
            if (isName ? !SqlKeywords.IsName(tokens[i].Type) : tokens[i].Type != SqlGrammar.Comma)
            {
                return false;
            }
        }

        return (close - open) % 2 == 0;
    }

    private bool EndsOperand(int index)
    {
        if (index < 0)
        {
            return false;
        }

        var type = tokens[index].Type;
        if ((type == SqlGrammar.Star || SqlKeywords.IsWord(type)) && index > 0 && tokens[index - 1].Type == SqlGrammar.Dot)
        {
            return true;
        }

        return type switch
        {
            SqlGrammar.RightParenthesis or SqlGrammar.RightBracket or SqlGrammar.RightBrace => true,
            SqlGrammar.TRUE or SqlGrammar.FALSE or SqlGrammar.NULL or SqlGrammar.END => true,
            > 0 and < SqlGrammar.Operator => true,
            _ => SqlKeywords.IsSessionValue(type) || (SqlKeywords.IsName(type) && !SqlKeywords.IntroducesValue(type)),
        };
    }

    private static QueryException MixedParameters(SourceSpan span) =>
        new(ErrorCodes.SyntaxError, "a statement cannot use both ? and $1 parameters", span);
}
