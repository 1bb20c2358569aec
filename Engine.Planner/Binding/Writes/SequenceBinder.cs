using Engine.Catalog;
using Engine.Catalog.Memory;
using Engine.Core.Errors;
using Engine.Core.Types;
using Ast = Engine.Parser.Ast;

namespace Engine.Planner.Binding.Writes;

/// <summary>Binds what CREATE SEQUENCE says. What is not said is as in PostgreSQL: from 1 upwards, or from -1 downwards.</summary>
internal static class SequenceBinder
{
    public static SequenceRange Bind(Ast.CreateSequenceStatement create, ITableResolver tables)
    {
        RefuseTwice(create);
        var type = Find(create, Ast.SequenceOptionKind.Type) is { } typed ? TypeOf(typed, tables) : DataType.BigInt;
        var increment = Find(create, Ast.SequenceOptionKind.Increment);
        if (increment?.Value == 0)
        {
            throw Invalid("INCREMENT must not be zero", increment);
        }

        if (Find(create, Ast.SequenceOptionKind.Cache) is { Value: <= 0 } cache)
        {
            throw Invalid($"CACHE ({cache.Value}) must be greater than zero", cache);
        }

        var step = increment?.Value ?? 1;
        var (least, greatest) = type.Kind switch
        {
            TypeKind.SmallInt => (short.MinValue, short.MaxValue),
            TypeKind.Integer => (int.MinValue, int.MaxValue),
            _ => (long.MinValue, long.MaxValue),
        };
        var minimum = Bound(create, Ast.SequenceOptionKind.Minimum, step > 0 ? 1 : least, type, least, greatest);
        var maximum = Bound(create, Ast.SequenceOptionKind.Maximum, step > 0 ? greatest : -1, type, least, greatest);
        if (minimum >= maximum)
        {
            throw Invalid($"MINVALUE ({minimum}) must be less than MAXVALUE ({maximum})", create);
        }

        var start = Find(create, Ast.SequenceOptionKind.Start)?.Value ?? (step > 0 ? minimum : maximum);
        return start < minimum ? throw Invalid($"START value ({start}) cannot be less than MINVALUE ({minimum})", create)
            : start > maximum ? throw Invalid($"START value ({start}) cannot be greater than MAXVALUE ({maximum})", create)
            : new SequenceRange(type, start, step, minimum, maximum, Find(create, Ast.SequenceOptionKind.Cycle) is not null);
    }

    private static long Bound(Ast.CreateSequenceStatement create, Ast.SequenceOptionKind kind, long otherwise, DataType type, long least, long greatest) =>
        Find(create, kind) is not { } given ? otherwise
            : given.Value >= least && given.Value <= greatest ? given.Value
            : throw Invalid($"{(kind == Ast.SequenceOptionKind.Minimum ? "MINVALUE" : "MAXVALUE")} ({given.Value}) is out of range for sequence data type {type}", given);

    private static DataType TypeOf(Ast.SequenceOption option, ITableResolver tables)
    {
        var type = TypeNameBinder.Bind(option.Type!, tables);
        return type.Kind is TypeKind.SmallInt or TypeKind.Integer or TypeKind.BigInt ? type : throw Invalid("sequence type must be smallint, integer, or bigint", option);
    }

    private static Ast.SequenceOption? Find(Ast.CreateSequenceStatement create, Ast.SequenceOptionKind kind) => create.Options.FirstOrDefault(option => option.Kind == kind);

    private static void RefuseTwice(Ast.CreateSequenceStatement create)
    {
        if (create.Options.GroupBy(option => Topic(option.Kind)).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new QueryException(ErrorCodes.SyntaxError, "conflicting or redundant options", twice.Last().Span);
        }
    }

    /// <summary>What an option is about: MINVALUE and NO MINVALUE are about the same.</summary>
    private static Ast.SequenceOptionKind Topic(Ast.SequenceOptionKind kind) => kind switch
    {
        Ast.SequenceOptionKind.NoMinimum => Ast.SequenceOptionKind.Minimum,
        Ast.SequenceOptionKind.NoMaximum => Ast.SequenceOptionKind.Maximum,
        Ast.SequenceOptionKind.NoCycle => Ast.SequenceOptionKind.Cycle,
        _ => kind,
    };

    private static QueryException Invalid(string message, Ast.SyntaxNode node) => new(ErrorCodes.InvalidParameterValue, message, node.Span);
}
