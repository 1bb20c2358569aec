using Engine.Core.Columns;

namespace Engine.Core.Functions;

/// <summary>A lambda argument of a call, ready to run over the items of a batch.</summary>
public interface ILambda
{
    /// <summary>The results for all items at once: a flat column, which the caller disposes.</summary>
    /// <param name="parameters">The arguments, flat, an item a row; the caller keeps them.</param>
    /// <param name="rows">The row of the batch that each item belongs to; columns that the lambda refers to are repeated by it.</param>
    Column Invoke(ReadOnlySpan<Column> parameters, ReadOnlySpan<int> rows);
}
