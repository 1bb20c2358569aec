using System.Diagnostics;
using Antlr4.Runtime.Tree;
using Engine.Core.Errors;
using Engine.Parser.Ast;
using Engine.Parser.Generated;

namespace Engine.Parser.Building;

/// <summary>Type names.</summary>
internal static class TypeBuilder
{
    private const int MaxDimensions = 250;

    public static TypeName Build(SqlGrammar.TypeNameContext context)
    {
        if (context.ChildCount > MaxDimensions)
        {
            throw SyntaxErrors.TooComplex("an array type has too many dimensions", context.Span());
        }

        var type = Scalar(context.scalarType());
        foreach (var child in context.children)
        {
            if (child is ITerminalNode { Symbol.Type: SqlGrammar.RightBracket or SqlGrammar.ARRAY } mark && !IsArrayLength(context, mark))
            {
                type = new ArrayTypeName(type, SourceSpan.Covering(type.Span, mark.Token().Span));
            }
        }

        return type;
    }

    /// <summary>The type in front of a typed literal, where it has several words.</summary>
    public static TypeName LiteralType(SqlGrammar.TypedLiteralTypeContext context)
    {
        if (context.PRECISION() is not null)
        {
            return Named("double", [], context.Span());
        }

        return context.VARYING() is not null
            ? Named("varchar", [], context.Span())
            : Time(context.TIMESTAMP() is not null, context.WITH() is not null, context.IntegerLiteral(), context.Span());
    }

    // T ARRAY[3] is one array, not two.
    private static bool IsArrayLength(SqlGrammar.TypeNameContext context, ITerminalNode mark)
    {
        var index = context.children.IndexOf(mark);
        return mark.Symbol.Type == SqlGrammar.RightBracket && index >= 3 &&
            context.children[index - 3] is ITerminalNode { Symbol.Type: SqlGrammar.ARRAY };
    }

    private static TypeName Scalar(SqlGrammar.ScalarTypeContext context) => context switch
    {
        SqlGrammar.DoubleTypeContext => Named("double", [], context.Span()),
        SqlGrammar.VaryingTypeContext varying => Named(
            varying.BIT() is null ? "varchar" : "varbit", Modifiers(varying.IntegerLiteral()), context.Span()),
        SqlGrammar.TimeTypeContext time => Time(time.TIMESTAMP() is not null, time.WITH() is not null, time.IntegerLiteral(), context.Span()),
        SqlGrammar.IntervalTypeContext interval => Interval(interval),
        SqlGrammar.ArrayTypeContext array => new ArrayTypeName(Build(array.typeName()), context.Span()),
        SqlGrammar.MapTypeContext map => new MapTypeName(Build(map.typeName(0)), Build(map.typeName(1)), context.Span()),
        SqlGrammar.EnumTypeContext words => new EnumTypeName(words.stringLiteral().Map(LiteralBuilder.String), context.Span()),
        SqlGrammar.RowTypeContext row => new RowTypeName(row.rowTypeField().Map(Field), context.Span()),
        SqlGrammar.NamedTypeContext named => new SimpleTypeName(
            NameBuilder.Qualified(named.typeIdentifier(), named.label()), named.IntegerLiteral().Map(Modifier), context.Span()),
        _ => throw new UnreachableException(context.GetType().Name),
    };

    private static SimpleTypeName Time(bool isTimestamp, bool withZone, ITerminalNode? precision, SourceSpan span) =>
        Named((isTimestamp ? "timestamp" : "time") + (withZone ? "tz" : string.Empty), Modifiers(precision), span);

    private static TypeName Interval(SqlGrammar.IntervalTypeContext context)
    {
        var (from, to) = LiteralBuilder.Qualifier(context.intervalQualifier());
        return from is { } first
            ? new IntervalTypeName(first, to, context.IntegerLiteral() is { } precision ? Modifier(precision) : null, context.Span())
            : Named("interval", Modifiers(context.IntegerLiteral()), context.Span());
    }

    private static RowTypeField Field(SqlGrammar.RowTypeFieldContext context) =>
        new(context.identifier() is { } name ? NameBuilder.Identifier(name) : null, Build(context.typeName()), context.Span());

    private static SimpleTypeName Named(string name, SyntaxList<int> modifiers, SourceSpan span) =>
        new(NameBuilder.Implied(name, span), modifiers, span);

    private static SyntaxList<int> Modifiers(ITerminalNode? modifier) => modifier is null ? [] : [Modifier(modifier)];

    private static int Modifier(ITerminalNode node) => LiteralBuilder.Count(node.Token());
}
