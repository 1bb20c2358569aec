using System.Collections.Immutable;
using System.Numerics;
using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Exec.Expressions;

/// <summary>
/// AND and OR in three-valued logic. Terms that can fail come last and see only the rows that the terms before leave undecided, so that a guard
/// guards.
/// </summary>
internal sealed unsafe class JunctionEvaluator(bool isAnd, ImmutableArray<PartialEvaluator> terms) : Evaluator(DataType.Boolean)
{
    private readonly ImmutableArray<PartialEvaluator> _terms = [.. terms.OrderBy(term => term.CanFail)];

    public override Column Evaluate(EvaluationContext context, Batch batch)
    {
        var rowCount = batch.RowCount;
        var words = Bitmap.WordCount(rowCount);
        var open = context.Pool.Allocate(Bitmap.ByteCount(rowCount), "booleans");
        var unknown = context.Pool.AllocateCleared(Bitmap.ByteCount(rowCount), "booleans");
        try
        {
            // Open rows are those that no term has decided yet: all terms so far TRUE or NULL for AND, FALSE or NULL for OR.
            Bitmap.Fill(open.Pointer, rowCount, value: true);
            foreach (var term in _terms)
            {
                if (IsEmpty(open, words))
                {
                    break;
                }

                using var result = term.CanFail ? EvaluateOpen(context, batch, term, open) : EvaluateAll(context, batch, term);
                for (var i = 0; i < words; i++)
                {
                    var isTrue = ((ulong*)result.True.Pointer)[i];
                    var isNull = result.Null is null ? 0 : ((ulong*)result.Null.Pointer)[i];
                    ((ulong*)open.Pointer)[i] &= isAnd ? isTrue | isNull : ~isTrue;
                    ((ulong*)unknown.Pointer)[i] |= isNull;
                }
            }

            return Build(context.Pool, open, unknown, rowCount);
        }
        finally
        {
            open.Release();
            unknown.Release();
        }
    }

    public override void Dispose()
    {
        foreach (var term in _terms)
        {
            term.Dispose();
        }

        base.Dispose();
    }

    private static BooleanResult EvaluateAll(EvaluationContext context, Batch batch, PartialEvaluator term)
    {
        using var column = term.Evaluate(context, batch);
        return BooleanResult.Of(column, context.Pool);
    }

    /// <summary>Evaluates the term for the open rows alone; what the result says of other rows does not matter.</summary>
    private static BooleanResult EvaluateOpen(EvaluationContext context, Batch batch, PartialEvaluator term, NativeBuffer open)
    {
        using var rows = new Selection(open.Retain(), batch.RowCount, context.Pool);
        if (rows.Count == batch.RowCount)
        {
            return EvaluateAll(context, batch, term);
        }

        using var column = term.EvaluateInPlace(context, batch, rows.Rows);
        return BooleanResult.Of(column, context.Pool);
    }

    private static bool IsEmpty(NativeBuffer bits, int words)
    {
        for (var i = 0; i < words; i++)
        {
            if (((ulong*)bits.Pointer)[i] != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>AND: open rows are true unless a term was NULL. OR: open rows are false unless a term was NULL, the others true.</summary>
    private BooleanColumn Build(MemoryPool pool, NativeBuffer open, NativeBuffer unknown, int rowCount)
    {
        var words = Bitmap.WordCount(rowCount);
        var bits = pool.Allocate(Bitmap.ByteCount(rowCount), "booleans");
        var nullCount = 0;
        for (var i = 0; i < words; i++)
        {
            var isOpen = ((ulong*)open.Pointer)[i];
            var isNull = ((ulong*)unknown.Pointer)[i] & isOpen;
            ((ulong*)bits.Pointer)[i] = isAnd ? isOpen & ~isNull : ~isOpen;
            ((ulong*)unknown.Pointer)[i] = ~isNull;
            nullCount += BitOperations.PopCount(isNull);
        }

        return new BooleanColumn(rowCount, new BufferSlice(bits), nullCount == 0 ? default : new BufferSlice(unknown.Retain()));
    }
}
