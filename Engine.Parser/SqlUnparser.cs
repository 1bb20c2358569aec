using Engine.Parser.Ast;
using Engine.Parser.Unparsing;

namespace Engine.Parser;

/// <summary>Writes a syntax tree as SQL text, on one line, that parses to an equal tree.</summary>
public static class SqlUnparser
{
    /// <summary>
    /// The text of a statement, a query, an expression, a relation, a type, a name, a select item or a sort item. The parts of those have no
    /// text of their own.
    /// </summary>
    public static string Unparse(SyntaxNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var writer = new SqlWriter();
        writer.Write(node);
        return writer.Text.ToString();
    }
}
