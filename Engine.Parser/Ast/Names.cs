using Engine.Core.Errors;

namespace Engine.Parser.Ast;

/// <summary>
/// A name. <see cref="Value"/> of an unquoted name is folded to lower case; <see cref="Quoted"/> tells the binder whether it must match
/// exactly. The text as typed is found through <see cref="SyntaxNode.Span"/>.
/// </summary>
public sealed record Identifier(string Value, bool Quoted, SourceSpan Span) : SyntaxNode(Span)
{
    public override string ToString() => SqlUnparser.Unparse(this);
}

/// <summary>A dotted name with at least one part.</summary>
public sealed record QualifiedName(SyntaxList<Identifier> Parts, SourceSpan Span) : SyntaxNode(Span)
{
    /// <summary>The last part: the name of the thing itself.</summary>
    public Identifier Last => Parts[^1];

    /// <summary>The parts without quotes, as messages show them in quotes of their own.</summary>
    public string Plain => string.Join('.', Parts.Select(part => part.Value));

    public bool IsSimple => Parts.Count == 1;

    public override string ToString() => SqlUnparser.Unparse(this);
}
