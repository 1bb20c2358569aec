using Engine.Parser.Ast;
using Engine.Parser.Tokens;

namespace Engine.Parser.Unparsing;

/// <summary>Option lists.</summary>
internal sealed class OptionWriter(SqlWriter writer)
{
    private SqlText Text => writer.Text;

    /// <summary><c>(name value, ..)</c></summary>
    public void WriteList(SyntaxList<OptionItem> options) => Text.Add('(').List(options, Write).Add(')');

    private void Write(OptionItem option)
    {
        if (IsBareName(option.Name))
        {
            Text.Add(option.Name);
        }
        else
        {
            Text.String(option.Name);
        }

        if (option.Value is { } value)
        {
            Text.Add(' ');
            Write(value);
        }
    }

    private void Write(Expression value)
    {
        if (value is ArrayConstructor list)
        {
            Text.Add('(').List(list.Items, Write).Add(')');
        }
        else
        {
            writer.Expressions.Write(value);
        }
    }

    private static bool IsBareName(string name)
    {
        var parts = name.Split('.');
        return parts.All(SqlText.IsBareWord) && (!SqlKeywords.IsReserved(parts[0]) || name is "analyze" or "verbose" or "null");
    }
}
