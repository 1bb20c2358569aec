using System.Diagnostics;
using Engine.Parser.Ast;
using Engine.Parser.Tokens;

namespace Engine.Parser.Unparsing;

/// <summary>Operands: names, constants, constructors, anything in brackets.</summary>
internal sealed class OperandWriter(SqlWriter writer)
{
    private SqlText Text => writer.Text;

    private ExpressionWriter Expressions => writer.Expressions;

    public void Write(Expression expression)
    {
        switch (expression)
        {
            case Literal literal:
                Write(literal);
                break;
            case ColumnReference column:
                Text.Name(column.Name);
                break;
            case StarExpression star:
                Star(star);
                break;
            case FunctionCall call:
                writer.Calls.Write(call);
                break;
            case ColumnsExpression columns:
                Text.Add("COLUMNS(");
                Expressions.Write(columns.Selector);
                Text.Add(')');
                break;
            case LambdaExpression lambda:
                Lambda(lambda);
                break;
            case PositionalParameter parameter:
                Text.Add('$').Add(parameter.Index.ToString());
                break;
            case NamedParameter parameter:
                Text.Add(':').Add(parameter.Name);
                break;
            case DefaultExpression:
                Text.Add("DEFAULT");
                break;
            case CaseExpression choice:
                Case(choice);
                break;
            case CastExpression cast:
                Cast(cast);
                break;
            case SubqueryExpression subquery:
                writer.Queries.WriteParenthesized(subquery.Query);
                break;
            case ArraySubquery array:
                Text.Add("ARRAY");
                writer.Queries.WriteParenthesized(array.Query);
                break;
            case ExistsExpression exists:
                Text.Add("EXISTS ");
                writer.Queries.WriteParenthesized(exists.Query);
                break;
            case SubscriptExpression subscript:
                BeforeBracket(subscript.Operand);
                Text.Add('[');
                Text.Bound(() => Expressions.Write(subscript.Index)).Add(']');
                break;
            case SliceExpression slice:
                Slice(slice);
                break;
            case FieldAccess access:
                BeforeDot(access.Operand);
                Text.Add('.').Label(access.Field);
                break;
            case RowStarExpression star:
                BeforeDot(star.Operand);
                Text.Add(".*");
                break;
            default:
                Constructor(expression);
                break;
        }
    }

    private void Write(Literal literal)
    {
        switch (literal)
        {
            case NullLiteral:
                Text.Add("NULL");
                break;
            case BooleanLiteral boolean:
                Text.Add(boolean.Value ? "true" : "false");
                break;
            case NumberLiteral number:
                Text.Add(number.Text);
                break;
            case StringLiteral text:
                Text.String(text.Value);
                break;
            case BinaryLiteral binary:
                Text.Add('X').String(binary.Hex);
                break;
            case BitLiteral bits:
                Text.Add('B').String(bits.Bits);
                break;
            case TypedLiteral typed:
                writer.Types.WriteLiteralType(typed.Type);
                Text.Add(' ').String(typed.Value);
                break;
            case IntervalLiteral interval:
                Text.Add("INTERVAL ").String(interval.Value);
                writer.Types.Qualifier(interval.From, interval.To);
                break;
            default:
                throw new UnreachableException(literal.GetType().Name);
        }
    }

    private void Constructor(Expression expression)
    {
        switch (expression)
        {
            case ArrayConstructor array:
                Text.Add("ARRAY[").List(array.Items, Expressions.Write).Add(']');
                break;
            case RowConstructor row:
                Text.Add("ROW(").List(row.Items, Expressions.Write).Add(')');
                break;
            case MapConstructor map:
                Text.Add("MAP {").List(map.Entries, Write).Add('}');
                break;
            case StructConstructor structure:
                Text.Add('{').List(structure.Fields, Write).Add('}');
                break;
            default:
                throw new UnreachableException(expression.GetType().Name);
        }
    }

    private void Write(MapEntry entry)
    {
        Expressions.Write(entry.Key);
        Text.Add(": ");
        Expressions.Write(entry.Value);
    }

    private void Write(StructField field)
    {
        Text.Label(field.Name).Add(": ");
        Expressions.Write(field.Value);
    }

    private void Star(StarExpression star)
    {
        if (star.Qualifier is { } qualifier)
        {
            Text.Name(qualifier).Add('.');
        }

        Text.Add('*');
        if (!star.Exclude.IsEmpty)
        {
            Text.Add(" EXCLUDE (").List(star.Exclude, name => Text.Name(name)).Add(')');
        }

        if (!star.Replace.IsEmpty)
        {
            Text.Add(" REPLACE (").List(star.Replace, Write).Add(')');
        }

        if (!star.Rename.IsEmpty)
        {
            Text.Add(" RENAME (").List(star.Rename, Write).Add(')');
        }
    }

    private void Write(StarReplacement replacement)
    {
        Expressions.Write(replacement.Value);
        Text.Add(" AS ").Name(replacement.Column);
    }

    private void Write(StarRenaming renaming) => Text.Name(renaming.Column).Add(" AS ").Name(renaming.Name);

    private void Lambda(LambdaExpression lambda)
    {
        if (lambda.Parameters is [var single])
        {
            Text.Name(single);
        }
        else
        {
            Text.Add('(').Names(lambda.Parameters).Add(')');
        }

        Text.Add(" -> ");
        Expressions.Write(lambda.Body);
    }

    private void Case(CaseExpression choice)
    {
        Text.Add("CASE");
        if (choice.Operand is { } operand)
        {
            Text.Add(' ');
            Expressions.Write(operand);
        }

        foreach (var branch in choice.Whens)
        {
            Text.Add(" WHEN ");
            Expressions.Write(branch.Condition);
            Text.Add(" THEN ");
            Expressions.Write(branch.Result);
        }

        if (choice.Else is { } otherwise)
        {
            Text.Add(" ELSE ");
            Expressions.Write(otherwise);
        }

        Text.Add(" END");
    }

    private void Cast(CastExpression cast)
    {
        Text.Add(cast.IsTry ? "TRY_CAST(" : "CAST(");
        Expressions.Write(cast.Operand);
        Text.Add(" AS ");
        writer.Types.Write(cast.Type);
        Text.Add(')');
    }

    private void Slice(SliceExpression slice)
    {
        BeforeBracket(slice.Operand);
        Text.Add('[');
        if (slice.Lower is { } lower)
        {
            // The space keeps the colon away from a name, where it would begin a parameter.
            Text.Bound(() => Expressions.Write(lower)).Add(' ');
        }

        Text.Add(':');
        if (slice.Upper is { } upper)
        {
            Text.AddIf(slice.Lower is not null, " ").Bound(() => Expressions.Write(upper));
        }

        Text.Add(']');
    }

    // What stands in front of a dot: anything but a few forms takes parentheses.
    private void BeforeDot(Expression operand) =>
        Operand(operand, operand is SubscriptExpression or SliceExpression or FieldAccess or PositionalParameter or NamedParameter or SubqueryExpression);

    private void BeforeBracket(Expression operand) =>
        Operand(
            operand,
            operand is SubscriptExpression or SliceExpression or FieldAccess or FunctionCall { Over: not NamedWindowReference } or SubqueryExpression ||
            (operand is ColumnReference column && !SqlKeywords.IntroducesValue(SqlKeywords.TypeOf(column.Name.Parts[0].Value))));

    private void Operand(Expression operand, bool isPlain)
    {
        Text.AddIf(!isPlain, "(");
        Expressions.Write(operand);
        Text.AddIf(!isPlain, ")");
    }
}
