using System.Diagnostics;
using Engine.Parser.Ast;
using Engine.Parser.Tokens;

namespace Engine.Parser.Unparsing;

/// <summary>Function calls and windows.</summary>
internal sealed class CallWriter(SqlWriter writer)
{
    private SqlText Text => writer.Text;

    public void Write(FunctionCall call)
    {
        Name(call.Name);
        if (call.Arguments.IsEmpty && SqlKeywords.IsSessionValue(call.Name))
        {
            return;
        }

        Text.Add('(').AddIf(call.Distinct, "DISTINCT ").List(call.Arguments, LambdaFunctions.Contains(call.Name.Last.Value) ? WriteBesideLambdas : Write);
        if (!call.OrderBy.IsEmpty)
        {
            Text.Add(" ORDER BY ").List(call.OrderBy, writer.Queries.Write);
        }

        Text.Add(')');
        if (!call.WithinGroup.IsEmpty)
        {
            Text.Add(" WITHIN GROUP (ORDER BY ").List(call.WithinGroup, writer.Queries.Write).Add(')');
        }

        if (call.Filter is { } filter)
        {
            Text.Add(" FILTER (WHERE ");
            writer.Expressions.Write(filter);
            Text.Add(')');
        }

        if (call.NullTreatment is { } treatment)
        {
            Text.Add(treatment == NullTreatment.IgnoreNulls ? " IGNORE NULLS" : " RESPECT NULLS");
        }

        if (call.Over is { } over)
        {
            Text.Add(" OVER ");
            Write(over);
        }
    }

    /// <summary>A table function: null treatment stands inside the parentheses there.</summary>
    public void WriteTableFunction(FunctionCall call)
    {
        Text.Name(call.Name).Add('(').AddIf(call.Distinct, "DISTINCT ");
        Text.List(call.Arguments, LambdaFunctions.Contains(call.Name.Last.Value) ? WriteBesideLambdas : Write);
        if (!call.OrderBy.IsEmpty)
        {
            Text.Add(" ORDER BY ").List(call.OrderBy, writer.Queries.Write);
        }

        if (call.NullTreatment is { } treatment)
        {
            Text.Add(treatment == NullTreatment.IgnoreNulls ? " IGNORE NULLS" : " RESPECT NULLS");
        }

        Text.Add(')');
    }

    public void Write(FunctionArgument argument)
    {
        if (argument.Name is { } name)
        {
            Text.Name(name).Add(" => ");
        }

        writer.Expressions.Write(argument.Value);
    }

    // In a call that takes a lambda, name -> 'key' would be one.
    private void WriteBesideLambdas(FunctionArgument argument)
    {
        if (argument.Name is { } name)
        {
            Text.Name(name).Add(" => ");
        }

        if (argument.Value is LambdaExpression)
        {
            writer.Expressions.Write(argument.Value);
        }
        else
        {
            Text.Protected(() => writer.Expressions.Write(argument.Value), StartsLikeLambda);
        }
    }

    private static bool StartsLikeLambda(string text)
    {
        var arrow = text.IndexOf(" -> ", StringComparison.Ordinal);
        return arrow > 0 && SqlTokenizer.Tokenize(text[..arrow]) is [{ } name, _] && SqlKeywords.IsName(name.Type);
    }

    public void Write(WindowReference window)
    {
        switch (window)
        {
            case NamedWindowReference named:
                Text.Name(named.Name);
                break;
            case WindowSpecification specification:
                Write(specification);
                break;
            default:
                throw new UnreachableException(window.GetType().Name);
        }
    }

    private void Name(QualifiedName name)
    {
        if (name is { IsSimple: true, Last: { Quoted: false, Value: var word } } && SqlKeywords.HasCallForm(word))
        {
            Text.Add(word);
        }
        else
        {
            Text.Name(name);
        }
    }

    private void Write(WindowSpecification window)
    {
        var separator = string.Empty;
        Text.Add('(');
        if (window.BaseWindow is { } name)
        {
            Text.Name(name);
            separator = " ";
        }

        if (!window.PartitionBy.IsEmpty)
        {
            Text.Add(separator).Add("PARTITION BY ").List(window.PartitionBy, writer.Expressions.Write);
            separator = " ";
        }

        if (!window.OrderBy.IsEmpty)
        {
            Text.Add(separator).Add("ORDER BY ").List(window.OrderBy, writer.Queries.Write);
            separator = " ";
        }

        if (window.Frame is { } frame)
        {
            Text.Add(separator);
            Write(frame);
        }

        Text.Add(')');
    }

    private void Write(WindowFrame frame)
    {
        Text.Add(frame.Unit.ToString().ToUpperInvariant()).Add(" BETWEEN ");
        Write(frame.Start);
        Text.Add(" AND ");
        Write(frame.End);
        Text.Add(frame.Exclusion switch
        {
            FrameExclusion.CurrentRow => " EXCLUDE CURRENT ROW",
            FrameExclusion.Group => " EXCLUDE GROUP",
            FrameExclusion.Ties => " EXCLUDE TIES",
            _ => string.Empty,
        });
    }

    private void Write(FrameBound bound)
    {
        if (bound.Offset is { } offset)
        {
            var isColumnUnbounded = offset is ColumnReference { Name: { IsSimple: true, Last: { Quoted: false, Value: "unbounded" } } };
            writer.Expressions.Write(offset, isColumnUnbounded ? Precedence.Parenthesized : Precedence.OtherOperator);
        }

        Text.Add(bound.Kind switch
        {
            FrameBoundKind.UnboundedPreceding => "UNBOUNDED PRECEDING",
            FrameBoundKind.Preceding => " PRECEDING",
            FrameBoundKind.CurrentRow => "CURRENT ROW",
            FrameBoundKind.Following => " FOLLOWING",
            _ => "UNBOUNDED FOLLOWING",
        });
    }
}
