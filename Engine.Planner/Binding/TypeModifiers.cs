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
        if (FunctionOf(name, value.Type) is { } function)
        {
            return expressions.Call(function, [value, new Literal(((Ast.SimpleTypeName)name).Modifiers[0], DataType.Integer)], span);
        }

        if (name is not Ast.ArrayTypeName array || value.Type is not ArrayType type)
        {
            return value;
        }

        var item = new LambdaVariable(expressions.LambdaVariables.Length, "item", type.Element);
        var modified = Apply(item, array.Element, expressions, span);
        return ReferenceEquals(modified, item) ? value : expressions.Call("transform", [value, new Lambda([item], modified)], span);
    }

    private static string? FunctionOf(Ast.TypeName name, DataType type) => (name, type.Kind) switch
    {
        (_, TypeKind.Varchar) when TypeNameBinder.LengthOf(name) is not null => "left",
        (Ast.SimpleTypeName { Modifiers.Count: 1 }, TypeKind.Time or TypeKind.TimeTz or TypeKind.Interval) => "round_seconds",
        (Ast.SimpleTypeName { Modifiers.Count: 1 }, _) when type is TimestampType { Unit: TimeUnit.Microsecond } => "round_seconds",
        _ => null,
    };
}
