using Antlr4.Runtime;
using Engine.Core.Errors;

namespace Engine.Parser.Tokens;

/// <summary>
/// A token of a statement. <see cref="Value"/> is the meaning where it differs from the text: the characters of a string with its escapes
/// resolved, the digits of a number, the name of a parameter.
/// </summary>
internal sealed class SqlToken(string sql, int type, int start, int length, string? value) : IToken, IWritableToken
{
    private string? _text;

    public int Type { get; } = type;

    public int StartIndex { get; } = start;

    public int Length { get; } = length;

    public string? Value { get; } = value;

    public int TokenIndex { get; set; } = -1;

    public int StopIndex => StartIndex + Length - 1;

    public SourceSpan Span => new(StartIndex, Length);

    public string Text => _text ??= sql.Substring(StartIndex, Length);

    public ReadOnlySpan<char> Characters => sql.AsSpan(StartIndex, Length);

    public int Line => SourceExcerpt.At(sql, Span).Line;

    public int Column => SourceExcerpt.At(sql, Span).Column - 1;

    public int Channel => TokenConstants.DefaultChannel;

    // ANTLR asks for these only when it repairs input, which this parser never does.
    public ITokenSource TokenSource => null!;

    public ICharStream InputStream => null!;

    // The parse tree never changes a token; the interface is here for the index only.
    string IWritableToken.Text { set => _text = value; }

    int IWritableToken.Type { set => _ = value; }

    int IWritableToken.Line { set => _ = value; }

    int IWritableToken.Column { set => _ = value; }

    int IWritableToken.Channel { set => _ = value; }

    public override string ToString() => Text;
}
