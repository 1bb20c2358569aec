using Engine.Parser.Ast;

namespace Engine.Parser.Tests.Generation;

/// <summary>Random type names.</summary>
internal sealed class TypeGenerator(Choice choice)
{
    public TypeName Type() => choice.IsExhausted ? Simple() : choice.Branch<TypeName>(
        Simple,
        () => new ArrayTypeName(Type(), Choice.Span),
        () => new MapTypeName(Type(), Type(), Choice.Span),
        () => new EnumTypeName(choice.List(1, 3, () => new StringLiteral(choice.Text(), Choice.Span)), Choice.Span),
        () => new RowTypeName(choice.List(1, 3, Field), Choice.Span),
        () => new IntervalTypeName(choice.Any<IntervalField>(), choice.Rarely() ? choice.Any<IntervalField>() : null, choice.Rarely() ? 3 : null, Choice.Span));

    /// <summary>A type that may stand in front of a string.</summary>
    public TypeName LiteralType() => choice.Rarely()
        ? new SimpleTypeName(Name(choice.Of("timestamp", "timestamptz", "time", "timetz")), [choice.Below(7)], Choice.Span)
        : new SimpleTypeName(Name(choice.Of("date", "timestamp", "time", "timestamptz", "json", "uuid", "decimal", "double", "float8")), [], Choice.Span);

    private SimpleTypeName Simple() => choice.Rarely()
        ? new SimpleTypeName(new QualifiedName([Choice.Plain("pg_catalog"), new Identifier("char", Quoted: true, Choice.Span)], Choice.Span), [], Choice.Span)
        : new SimpleTypeName(
            Name(choice.Of("int", "bigint", "text", "varchar", "decimal", "double", "timestamp", "timestamptz", "time", "interval", "json", "date")),
            [],
            Choice.Span) is var plain && plain.Name.Last.Value is "varchar" or "decimal" or "timestamp"
            ? plain with { Modifiers = plain.Name.Last.Value == "decimal" ? [choice.Below(38), 2] : [choice.Below(7)] }
            : plain;

    private RowTypeField Field() => new(choice.Flip() ? choice.PlainName() : null, Type(), Choice.Span);

    private static QualifiedName Name(string word) => new([Choice.Plain(word)], Choice.Span);
}
