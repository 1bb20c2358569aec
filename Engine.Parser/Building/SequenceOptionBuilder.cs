using Engine.Parser.Ast;
using Engine.Parser.Generated;

namespace Engine.Parser.Building;

/// <summary>START WITH, INCREMENT BY and what else is said of a sequence.</summary>
internal static class SequenceOptionBuilder
{
    public static SequenceOption Build(SqlGrammar.SequenceOptionContext context) => new(
        Kind(context),
        context.signedInteger() is { } number ? LiteralBuilder.SignedInteger(number) : 0,
        context.typeName() is { } type ? TypeBuilder.Build(type) : null,
        context.Span());

    private static SequenceOptionKind Kind(SqlGrammar.SequenceOptionContext context) => (context.Start.Type, context.Stop.Type) switch
    {
        (SqlGrammar.AS, _) => SequenceOptionKind.Type,
        (SqlGrammar.START, _) => SequenceOptionKind.Start,
        (SqlGrammar.INCREMENT, _) => SequenceOptionKind.Increment,
        (SqlGrammar.MINVALUE, _) => SequenceOptionKind.Minimum,
        (SqlGrammar.MAXVALUE, _) => SequenceOptionKind.Maximum,
        (SqlGrammar.NO, SqlGrammar.MINVALUE) => SequenceOptionKind.NoMinimum,
        (SqlGrammar.NO, SqlGrammar.MAXVALUE) => SequenceOptionKind.NoMaximum,
        (SqlGrammar.NO, _) => SequenceOptionKind.NoCycle,
        (SqlGrammar.CYCLE, _) => SequenceOptionKind.Cycle,
        _ => SequenceOptionKind.Cache,
    };
}
