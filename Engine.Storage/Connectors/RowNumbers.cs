using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Storage.Connectors;

/// <summary>The column of <see cref="Engine.Core.Connectors.HiddenColumns.RowNumber"/> for formats whose rows stand in batches.</summary>
internal static class RowNumbers
{
    /// <param name="first">Of the batch's first row; a file's first is 1.</param>
    /// <param name="count">Rows.</param>
    /// <param name="pool">Holds the column.</param>
    public static Column Create(long first, int count, MemoryPool pool)
    {
        using var numbers = new FixedBuilder<long>(DataType.BigInt, pool);
        for (var i = 0; i < count; i++)
        {
            numbers.Append(first + i);
        }

        return numbers.Finish();
    }
}
