using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Types;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>Types as written to types.</summary>
internal static class TypeNameBinder
{
    public static DataType Bind(Ast.TypeName name)
    {
        try
        {
            return name switch
            {
                Ast.ArrayTypeName array => new ArrayType(Bind(array.Element)),
                Ast.MapTypeName map => new MapType(Bind(map.Key), Bind(map.Value)),
                Ast.RowTypeName row => new RowType([.. row.Fields.Select((field, i) => new Field(field.Name?.Value ?? $"f{i + 1}", Bind(field.Type)))]),
                Ast.IntervalTypeName => DataType.Interval,
                Ast.SimpleTypeName simple => BindSimple(simple),
                _ => throw new System.Diagnostics.UnreachableException(name.GetType().Name),
            };
        }
        catch (QueryException error)
        {
            throw error.At(name.Span);
        }
    }

    /// <summary>The n of <c>varchar(n)</c>, which is not part of the type but of the cast; null for other types.</summary>
    public static int? LengthOf(Ast.TypeName name) =>
        name is Ast.SimpleTypeName { Modifiers.Count: 1 } simple && simple.Name.Last.Value is "varchar" or "char" or "character" or "bpchar"
            ? ((Ast.SimpleTypeName)name).Modifiers[0]
            : null;

    private static DataType BindSimple(Ast.SimpleTypeName simple)
    {
        var name = simple.Name.Last.Value;
        return TypeName.TryResolve(name, simple.Modifiers.AsSpan())
            ?? throw new QueryException(
                ErrorCodes.UndefinedObject, $"type \"{name}\" does not exist", simple.Span, NearNames.Hint(name, TypeName.Known));
    }
}
