using Engine.Core.Errors;

namespace Engine.Parser.Ast;

/// <summary>
/// A node of the syntax tree. <see cref="Span"/> says where it stands in the text and takes no part in equality: two trees are equal
/// when they say the same, wherever they were written.
/// </summary>
public abstract record SyntaxNode(SourceSpan Span)
{
    public virtual bool Equals(SyntaxNode? other) => other is not null && EqualityContract == other.EqualityContract;

    public override int GetHashCode() => EqualityContract.GetHashCode();
}
