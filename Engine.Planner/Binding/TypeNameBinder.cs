using System.Collections.Immutable;
using Engine.Catalog;
using Engine.Core.Errors;
using Engine.Core.Types;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding;

/// <summary>Types as written to types.</summary>
internal static class TypeNameBinder
{
    /// <param name="name">As written.</param>
    /// <param name="tables">Knows the types that CREATE TYPE made.</param>
    public static DataType Bind(Ast.TypeName name, ITableResolver tables)
    {
        try
        {
            return name switch
            {
                Ast.ArrayTypeName array => new ArrayType(Bind(array.Element, tables)),
                Ast.MapTypeName map => new MapType(Bind(map.Key, tables), Bind(map.Value, tables)),
                Ast.RowTypeName row => new RowType([.. row.Fields.Select((field, i) => new Field(field.Name?.Value ?? $"f{i + 1}", Bind(field.Type, tables)))]),
                Ast.IntervalTypeName => DataType.Interval,
                Ast.EnumTypeName words => BindEnum(words),
                Ast.SimpleTypeName simple => BindSimple(simple, tables),
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

    /// <summary>What clients are told of a cast to text.</summary>
    public static TextForm FormOf(Ast.TypeName name) => name is not Ast.SimpleTypeName { Name.Last: var word } simple ? default : word.Value switch
    {
        "varchar" or "character varying" => new TextForm(TextKind.Varying, simple.Modifiers is [var length] ? length : 0),
        "name" => new TextForm(TextKind.Name),
        "char" when word.Quoted => new TextForm(TextKind.Letter),
        _ => default,
    };

    /// <summary>Whether decimal or numeric is meant without precision and scale.</summary>
    public static bool IsPlainDecimal(Ast.TypeName name) => name is Ast.SimpleTypeName { Modifiers.Count: 0, Name.Last: { Quoted: false, Value: "numeric" or "decimal" or "dec" } };

    /// <summary>The p of <c>timestamp(p)</c> and its kin, which is not part of the type but of the cast; null for other types.</summary>
    /// <param name="name">As written.</param>
    /// <param name="type">What it means: of nanoseconds no digit is rounded.</param>
    public static int? PrecisionOf(Ast.TypeName name, DataType type) =>
        name is Ast.SimpleTypeName { Modifiers: [var digits] } && (type is TimestampType { Unit: TimeUnit.Microsecond } || type.Kind is TypeKind.Time or TypeKind.TimeTz or TypeKind.Interval)
            ? digits
            : null;

    private static EnumType BindEnum(Ast.EnumTypeName words) => words.Labels.GroupBy(label => label.Value, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice
        ? throw new QueryException(ErrorCodes.InvalidParameterValue, $"enum label \"{twice.Key}\" is there twice", twice.Last().Span)
        : new EnumType([.. words.Labels.Select(label => label.Value)]);

    private static DataType BindSimple(Ast.SimpleTypeName simple, ITableResolver tables)
    {
        var name = simple.Name.Last.Value;
        return TypeName.TryResolve(name, simple.Modifiers.AsSpan())
            ?? (simple.Modifiers.IsEmpty ? tables.FindType(TableNames.Of(simple.Name)) : null)
            ?? throw new QueryException(
                ErrorCodes.UndefinedObject, $"type \"{simple.Name.Plain}\" does not exist", simple.Span, NearNames.Hint(name, TypeName.Known));
    }
}
