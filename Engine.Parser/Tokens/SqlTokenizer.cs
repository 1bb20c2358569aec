using Antlr4.Runtime;
using Engine.Core.Errors;
using Engine.Parser.Generated;

namespace Engine.Parser.Tokens;

/// <summary>
/// Cuts a text into the tokens of SqlTokens.g4. Written by hand, because much of PostgreSQL's lexical structure is not regular (dollar
/// quotes, nested comments, the end of an operator), and because a table-driven lexer is slower than the parser behind it.
/// </summary>
internal sealed class SqlTokenizer
{
    private readonly string _sql;
    private readonly List<SqlToken> _tokens;
    private readonly TokenContext _context;
    private int _position;

    private SqlTokenizer(string sql)
    {
        _sql = sql;
        _tokens = new List<SqlToken>((sql.Length / 5) + 2);
        _context = new TokenContext(_tokens);
    }

    /// <summary>All tokens of a text, the last one being the end of input.</summary>
    public static SqlToken[] Tokenize(string sql)
    {
        var tokenizer = new SqlTokenizer(sql);
        tokenizer.Run();
        return [.. tokenizer._tokens];
    }

    private char Current => Peek(0);

    private void Run()
    {
        while (true)
        {
            _position = TriviaScanner.Skip(_sql, _position);
            if (_position >= _sql.Length)
            {
                Add(TokenConstants.EOF, _sql.Length, null);
                return;
            }

            Next();
        }
    }

    private void Next()
    {
        var start = _position;
        var first = Current;
        switch (first)
        {
            case '\'':
                AddString(QuotedText.Plain(_sql, start));
                break;
            case '"':
                AddQuotedIdentifier(QuotedText.Identifier(_sql, start));
                break;
            case '$' when char.IsAsciiDigit(Peek(1)):
                AddNumberedParameter();
                break;
            case '$' when QuotedText.IsDollarQuote(_sql, start):
                AddString(QuotedText.Dollar(_sql, start));
                break;
            case (>= '0' and <= '9') or '.' when first != '.' || char.IsAsciiDigit(Peek(1)):
                var number = NumberScanner.Scan(_sql, start);
                _position = number.End;
                Add(number.Type, start, number.Digits);
                break;
            case '(' or ')' or '[' or ']' or '{' or '}' or ',' or ';' or '.':
                _position++;
                AddPunctuation(first, start);
                break;
            case ':':
                AddColon();
                break;
            default:
                if (IsWordStart(first))
                {
                    AddWord();
                }
                else
                {
                    AddOperator();
                }

                break;
        }
    }

    private void AddWord()
    {
        var start = _position;
        if (Peek(1) == '\'' || (Peek(1) == '&' && Peek(2) is '\'' or '"'))
        {
            switch (Current)
            {
                case 'e' or 'E' when Peek(1) == '\'':
                    AddString(QuotedText.Escaped(_sql, start));
                    return;
                case 'x' or 'X' when Peek(1) == '\'':
                    AddBits(SqlGrammar.BinaryLiteral, QuotedText.Hexadecimal(_sql, start));
                    return;
                case 'b' or 'B' when Peek(1) == '\'':
                    AddBits(SqlGrammar.BitLiteral, QuotedText.Bits(_sql, start));
                    return;
                case 'n' or 'N' when Peek(1) == '\'':
                    _position++;
                    AddString(QuotedText.Plain(_sql, _position));
                    return;
                case 'u' or 'U' when Peek(1) == '&' && Peek(2) == '\'':
                    AddString(QuotedText.UnicodeString(_sql, start));
                    return;
                case 'u' or 'U' when Peek(1) == '&' && Peek(2) == '"':
                    AddQuotedIdentifier(QuotedText.UnicodeIdentifier(_sql, start));
                    return;
            }
        }

        while (_position < _sql.Length && IsWordPart(_sql[_position]))
        {
            _position++;
        }

        Add(SqlKeywords.TypeOf(_sql.AsSpan(start, _position - start)), start, null);
    }

    private void AddPunctuation(char character, int start)
    {
        var type = character switch
        {
            '(' => SqlGrammar.LeftParenthesis,
            ')' => SqlGrammar.RightParenthesis,
            '[' => SqlGrammar.LeftBracket,
            ']' => SqlGrammar.RightBracket,
            '{' => SqlGrammar.LeftBrace,
            '}' => SqlGrammar.RightBrace,
            ',' => SqlGrammar.Comma,
            ';' => SqlGrammar.Semicolon,
            _ => SqlGrammar.Dot,
        };
        _context.Track(type, new SourceSpan(start, 1));
        Add(type, start, null);
    }

    private void AddColon()
    {
        var start = _position;
        switch (Peek(1))
        {
            case ':':
                _position += 2;
                Add(SqlGrammar.DoubleColon, start, null);
                return;
            case '=':
                _position += 2;
                Add(SqlGrammar.ColonEqual, start, null);
                return;
        }

        _position++;
        if (!IsWordStart(Current) || _context.ColonSeparates())
        {
            Add(SqlGrammar.Colon, start, null);
            return;
        }

        while (_position < _sql.Length && IsWordPart(_sql[_position]))
        {
            _position++;
        }

        Add(SqlGrammar.NamedParameter, start, _sql[(start + 1).._position]);
    }

    private void AddNumberedParameter()
    {
        var start = _position++;
        while (char.IsAsciiDigit(Current))
        {
            _position++;
        }

        var digits = _sql[(start + 1).._position];
        if (!int.TryParse(digits, out var number) || number is 0 or > ushort.MaxValue)
        {
            throw new QueryException(ErrorCodes.UndefinedParameter, $"there is no parameter ${digits}", new SourceSpan(start, _position - start));
        }

        _context.NoteNumberedParameter(new SourceSpan(start, _position - start));
        Add(SqlGrammar.PositionalParameter, start, digits);
    }

    private void AddOperator()
    {
        var start = _position;
        var (type, length) = OperatorScanner.Scan(_sql, start);
        if (length == 0)
        {
            throw new QueryException(
                ErrorCodes.SyntaxError,
                SyntaxErrors.At(_sql, new SourceSpan(start, 1)) + ": this character has no meaning here",
                new SourceSpan(start, 1));
        }

        _position += length;
        var symbol = _sql.AsSpan(start, length);
        if (symbol is "?" && !_context.QuestionMarkIsOperator(Peek(0) == ' ' ? Peek(1) : Peek(0)))
        {
            Add(SqlGrammar.QuestionParameter, start, _context.NextQuestionMark(new SourceSpan(start, 1)));
            return;
        }

        Add(symbol is "->" && _context.ArrowIsLambda() ? SqlGrammar.LambdaArrow : type, start, null);
    }

    private void AddString((string Value, int End) text)
    {
        var start = _position;
        _position = text.End;
        Add(SqlGrammar.StringLiteral, start, text.Value);
    }

    private void AddBits(int type, (string Value, int End) text)
    {
        var start = _position;
        _position = text.End;
        Add(type, start, text.Value);
    }

    private void AddQuotedIdentifier((string Value, int End) text)
    {
        var start = _position;
        _position = text.End;
        Add(SqlGrammar.QuotedIdentifier, start, text.Value);
    }

    private void Add(int type, int start, string? value) =>
        _tokens.Add(new SqlToken(_sql, type, start, _position - start, value) { TokenIndex = _tokens.Count });

    private char Peek(int distance) => _position + distance < _sql.Length ? _sql[_position + distance] : '\0';

    private static bool IsWordStart(char character) => char.IsAsciiLetter(character) || character == '_' || character > '\u007f';

    private static bool IsWordPart(char character) => IsWordStart(character) || char.IsAsciiDigit(character) || character == '$';
}
