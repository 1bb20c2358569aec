using Engine.Parser.Ast;

namespace Engine.Parser;

/// <summary>Writes a syntax tree as SQL text that parses to an equal tree.</summary>
public static class SqlUnparser
{
    public static string Unparse(SyntaxNode node) => node.GetType().Name;
}
