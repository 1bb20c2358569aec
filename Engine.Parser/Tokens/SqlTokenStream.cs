using Antlr4.Runtime;
using Antlr4.Runtime.Misc;

namespace Engine.Parser.Tokens;

/// <summary>The tokens of a text as ANTLR reads them. All are cut before parsing starts, so that looking ahead is an array access.</summary>
internal sealed class SqlTokenStream(SqlToken[] tokens) : ITokenStream
{
    private int _index;

    public int Index => _index;

    public int Size => tokens.Length;

    public string SourceName => "sql";

    // ANTLR asks for the source only when it makes up tokens to repair input, which this parser never does.
    public ITokenSource TokenSource => null!;

    public int LA(int i) => LT(i).Type;

    public IToken LT(int k)
    {
        var position = k > 0 ? _index + k - 1 : _index + k;
        return tokens[Math.Clamp(position, 0, tokens.Length - 1)];
    }

    public void Consume() => _index = Math.Min(_index + 1, tokens.Length - 1);

    public void Seek(int index) => _index = index;

    public int Mark() => -1;

    public void Release(int marker)
    {
    }

    public IToken Get(int i) => tokens[i];

    public string GetText() => GetText(Interval.Of(0, tokens.Length - 1));

    public string GetText(RuleContext ctx) => GetText(ctx.SourceInterval);

    public string GetText(IToken start, IToken stop) => GetText(Interval.Of(start.TokenIndex, stop.TokenIndex));

    public string GetText(Interval interval) =>
        string.Join(' ', tokens.Skip(interval.a).Take(interval.b - interval.a + 1).Select(token => token.Text));
}
