using System.Diagnostics;
using Engine.Parser.Ast;

namespace Engine.Parser.Unparsing;

/// <summary>Type names.</summary>
internal sealed class TypeWriter(SqlText text)
{
    public void Write(TypeName type)
    {
        switch (type)
        {
            case SimpleTypeName simple:
                text.Name(simple.Name);
                Modifiers(simple.Modifiers);
                break;
            case ArrayTypeName array:
                Write(array.Element);
                text.Add("[]");
                break;
            case MapTypeName map:
                text.Add("map(");
                Write(map.Key);
                text.Add(", ");
                Write(map.Value);
                text.Add(')');
                break;
            case EnumTypeName words:
                text.Add("enum(").List(words.Labels, label => text.String(label.Value)).Add(')');
                break;
            case RowTypeName row:
                text.Add("row(").List(row.Fields, Write).Add(')');
                break;
            case IntervalTypeName interval:
                text.Add("interval");
                Qualifier(interval.From, interval.To);
                Modifiers(interval.Precision is { } precision ? [precision] : []);
                break;
            default:
                throw new UnreachableException(type.GetType().Name);
        }
    }

    public void Write(RowTypeField field)
    {
        if (field.Name is { } name)
        {
            text.Name(name).Add(' ');
        }

        Write(field.Type);
    }

    /// <summary>A type in front of a string: one with a precision must be spelled in full.</summary>
    public void WriteLiteralType(TypeName type)
    {
        if (type is SimpleTypeName { Modifiers: [var precision], Name: { IsSimple: true, Last.Value: var name } } && name is "timestamptz" or "timetz")
        {
            text.Add(name[..^2]).Add('(').Add(precision.ToString()).Add(") with time zone");
            return;
        }

        Write(type);
    }

    public void Qualifier(IntervalField? from, IntervalField? to)
    {
        if (from is { } first)
        {
            text.Add(' ').Add(first.ToString().ToUpperInvariant());
        }

        if (to is { } last)
        {
            text.Add(" TO ").Add(last.ToString().ToUpperInvariant());
        }
    }

    private void Modifiers(SyntaxList<int> modifiers)
    {
        if (!modifiers.IsEmpty)
        {
            text.Add('(').List(modifiers, modifier => text.Add(modifier.ToString())).Add(')');
        }
    }
}
