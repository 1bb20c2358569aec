using Engine.Catalog;
using Engine.Core.Errors;
using Engine.Parser;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>Names of tables as written.</summary>
public static class TableNames
{
    /// <summary>The parts of a name in a text, quoted where it has to be.</summary>
    /// <exception cref="QueryException">The text is no name.</exception>
    public static TableName Parse(string text)
    {
        try
        {
            if (SqlParser.ParseExpression(text) is Ast.ColumnReference column)
            {
                return Of(column.Name);
            }
        }
        catch (QueryException)
        {
            // What is wrong with it as SQL is of no interest.
        }

        throw new QueryException(ErrorCodes.InvalidName, $"invalid name syntax: \"{text}\"");
    }

    /// <summary>The parts of <c>catalog.schema.table</c> that are there.</summary>
    /// <exception cref="QueryException">There are more.</exception>
    public static TableName Of(Ast.QualifiedName name) => name.Parts.Count switch
    {
        1 => new TableName(null, null, name.Last.Value),
        2 => new TableName(null, name.Parts[0].Value, name.Last.Value),
        3 => new TableName(name.Parts[0].Value, name.Parts[1].Value, name.Last.Value),
        _ => throw new QueryException(ErrorCodes.SyntaxError, $"improper qualified name (too many dotted names): {name.Plain}", name.Span),
    };
}
