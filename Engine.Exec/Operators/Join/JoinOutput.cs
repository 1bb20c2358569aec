using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Exec.Operators.Join;

/// <summary>Puts rows of both sides of a join beside each other. A row of -1 stands for NULLs.</summary>
internal static class JoinOutput
{
    public static Batch Pair(ReadOnlySpan<int> leftRows, ImmutableArray<Column> left, ReadOnlySpan<int> rightRows, ImmutableArray<Column> right, MemoryPool pool)
    {
        var columns = ImmutableArray.CreateBuilder<Column>(left.Length + right.Length);
        Take(left, leftRows, columns, pool);
        Take(right, rightRows, columns, pool);
        return new Batch(columns.MoveToImmutable(), leftRows.Length);
    }

    /// <summary>Rows of one side alone.</summary>
    public static Batch Rows(ImmutableArray<Column> columns, ReadOnlySpan<int> rows, MemoryPool pool)
    {
        var taken = ImmutableArray.CreateBuilder<Column>(columns.Length);
        Take(columns, rows, taken, pool);
        return new Batch(taken.MoveToImmutable(), rows.Length);
    }

    /// <summary>Build rows that found no match, with NULLs for the probe side.</summary>
    public static Batch Unmatched(ReadOnlySpan<int> rows, ImmutableArray<DataType> leftTypes, ImmutableArray<Column> right, MemoryPool pool)
    {
        var columns = ImmutableArray.CreateBuilder<Column>(leftTypes.Length + right.Length);
        foreach (var type in leftTypes)
        {
            columns.Add(ColumnValue.ToConstant(type, null, rows.Length, pool));
        }

        Take(right, rows, columns, pool);
        return new Batch(columns.MoveToImmutable(), rows.Length);
    }

    private static void Take(ImmutableArray<Column> columns, ReadOnlySpan<int> rows, ImmutableArray<Column>.Builder target, MemoryPool pool)
    {
        foreach (var column in columns)
        {
            target.Add(column.Take(rows, pool));
        }
    }
}
