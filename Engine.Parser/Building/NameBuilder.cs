using Antlr4.Runtime;
using Engine.Core.Errors;
using Engine.Parser.Ast;
using Engine.Parser.Generated;
using Engine.Parser.Tokens;

namespace Engine.Parser.Building;

/// <summary>Names.</summary>
internal static class NameBuilder
{
    /// <summary>A rule that matches one token: identifier, label, alias.</summary>
    public static Identifier Identifier(ParserRuleContext context) => Identifier((SqlToken)context.Start);

    public static Identifier Identifier(SqlToken token) => token.Type == SqlGrammar.QuotedIdentifier
        ? new Identifier(token.Value!, Quoted: true, token.Span)
        : new Identifier(token.Text.ToLowerInvariant(), Quoted: false, token.Span);

    public static QualifiedName Qualified(SqlGrammar.QualifiedNameContext context) => Qualified(context.identifier(), context.label());

    public static QualifiedName Qualified(ParserRuleContext first, SqlGrammar.LabelContext[] rest)
    {
        var parts = new Identifier[rest.Length + 1];
        parts[0] = Identifier(first);
        for (var i = 0; i < rest.Length; i++)
        {
            parts[i + 1] = Identifier(rest[i]);
        }

        return new QualifiedName(new SyntaxList<Identifier>(parts), SourceSpan.Covering(parts[0].Span, parts[^1].Span));
    }

    /// <summary>A name that the syntax implies, such as that of the function behind EXTRACT.</summary>
    public static QualifiedName Implied(string name, SourceSpan span) => new([new Identifier(name, Quoted: false, span)], span);

    public static SyntaxList<Identifier> Columns(SqlGrammar.ColumnNamesContext? context) =>
        context is null ? [] : context.identifier().Map(Identifier);
}
