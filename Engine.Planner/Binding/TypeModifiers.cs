using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Types;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>
/// What a type as written asks for that is not part of the type but of the cast: <c>varchar(n)</c> cuts text to n characters, <c>timestamp(p)</c> and
/// its kin round seconds to p digits.
/// </summary>
internal static class TypeModifiers
{
    /// <param name="value">Of the type already.</param>
    /// <param name="name">The type as written.</param>
    /// <param name="expressions">Binds the calls.</param>
    /// <param name="span">Where the cast stands.</param>
    public static Expression Apply(Expression value, Ast.TypeName name, ExpressionBinder expressions, SourceSpan span)
    {
        if (value.Type.Kind == TypeKind.Varchar && TypeNameBinder.LengthOf(name) is { } length)
        {
            return expressions.Call("left", [value, new Literal(length, DataType.Integer)], span);
        }

        if (TypeNameBinder.PrecisionOf(name, value.Type) is { } digits)
        {
            return Round(value, digits, expressions, span);
        }

        if (name is not Ast.ArrayTypeName array || value.Type is not ArrayType type)
        {
            return value;
        }

        var item = new LambdaVariable(expressions.LambdaVariables.Length, "item", type.Element);
        var modified = Apply(item, array.Element, expressions, span);
        return ReferenceEquals(modified, item) ? value : expressions.Call("transform", [value, new Lambda([item], modified)], span);
    }

    /// <summary>The time with its seconds rounded.</summary>
    public static Expression Round(Expression value, int digits, ExpressionBinder expressions, SourceSpan? span) =>
        expressions.Call("round_seconds", [value, new Literal(digits, DataType.Integer)], span);
}
