using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Pipelines;
using Engine.Planner.Physical;

namespace Engine.Exec.Operators.Window;

/// <summary>The window functions: numbers by the place of a row, and values of other rows.</summary>
internal static class WindowValues
{
    private const int Missing = -1;

    /// <summary>In a list of rows: the default value stands here.</summary>
    private const int Default = -2;

    public static Column Compute(WindowFunctionKind kind, WindowCallSpecification call, WindowRows rows, QueryContext execution) => kind switch
    {
        WindowFunctionKind.RowNumber => Numbers(rows, execution, row => row - rows.PartitionStart[row] + 1),
        WindowFunctionKind.Rank => Numbers(rows, execution, row => rows.PeerStart[row] - rows.PartitionStart[row] + 1),
        WindowFunctionKind.DenseRank => Numbers(rows, execution, row => rows.Group[row] + 1),
        WindowFunctionKind.PercentRank => Shares(rows, execution, row => SizeOf(rows, row) == 1 ? 0 : (double)(rows.PeerStart[row] - rows.PartitionStart[row]) / (SizeOf(rows, row) - 1)),
        WindowFunctionKind.CumeDist => Shares(rows, execution, row => (double)(rows.PeerEnd[row] - rows.PartitionStart[row]) / SizeOf(rows, row)),
        WindowFunctionKind.Ntile => Buckets(call, rows, execution),
        WindowFunctionKind.Lag or WindowFunctionKind.Lead => Shifted(kind == WindowFunctionKind.Lag, call, rows, execution),
        _ => OfFrame(kind, call, rows, execution),
    };

    private static int SizeOf(WindowRows rows, int row) => rows.PartitionEnd[row] - rows.PartitionStart[row];

    private static unsafe FixedColumn Numbers(WindowRows rows, QueryContext execution, Func<int, long> number)
    {
        var values = execution.Pool.Allocate(rows.Count * 8L, "window numbers");
        for (var row = 0; row < rows.Count; row++)
        {
            ((long*)values.Pointer)[row] = number(row);
        }

        return new FixedColumn(DataType.BigInt, rows.Count, new BufferSlice(values), default);
    }

    private static unsafe FixedColumn Shares(WindowRows rows, QueryContext execution, Func<int, double> share)
    {
        var values = execution.Pool.Allocate(rows.Count * 8L, "window shares");
        for (var row = 0; row < rows.Count; row++)
        {
            ((double*)values.Pointer)[row] = share(row);
        }

        return new FixedColumn(DataType.Double, rows.Count, new BufferSlice(values), default);
    }

    /// <summary>ntile: the first buckets have a row more when the rows do not divide evenly. The partition's first row says how many buckets.</summary>
    private static Column Buckets(WindowCallSpecification call, WindowRows rows, QueryContext execution)
    {
        var counts = rows.Rows[call.Arguments[0]];
        using var result = new FixedBuilder<int>(DataType.Integer, execution.Pool);
        for (var row = 0; row < rows.Count; row++)
        {
            var first = rows.PartitionStart[row];
            if (counts.IsNull(first))
            {
                result.AppendNull();
                continue;
            }

            var buckets = ((FixedColumn)counts).Values<int>()[first];
            if (buckets <= 0)
            {
                throw new QueryException(ErrorCodes.InvalidArgumentForNtile, $"argument of ntile must be greater than zero: {buckets}");
            }

            var (size, place) = (SizeOf(rows, row), row - first);
            var (small, longer) = (size / buckets, size % buckets);
            result.Append(1 + (place < longer * (small + 1) ? place / (small + 1) : longer + ((place - (longer * (small + 1))) / Math.Max(small, 1))));
        }

        return result.Finish();
    }

    private static Column Shifted(bool isBack, WindowCallSpecification call, WindowRows rows, QueryContext execution)
    {
        var values = rows.Rows[call.Arguments[0]];
        var offsets = call.Arguments.Length > 1 ? (FixedColumn)rows.Rows[call.Arguments[1]] : null;
        var seen = new SeenRows(values, call.IgnoresNulls, rows.Count);
        var chosen = new int[rows.Count];
        for (var row = 0; row < rows.Count; row++)
        {
            if (offsets is not null && offsets.IsNull(row))
            {
                chosen[row] = Missing;
                continue;
            }

            var offset = Math.Clamp(offsets?.Values<long>()[row] ?? 1, -int.MaxValue, int.MaxValue);
            offset = isBack ? -offset : offset;
            var place = offset == 0 ? row
                : offset < 0 ? seen.FromEnd(rows.PartitionStart[row], row, -offset)
                : seen.FromStart(row + 1, rows.PartitionEnd[row], offset);
            chosen[row] = place < 0 ? Default : place;
        }

        return call.Arguments.Length > 2 ? WithDefaults(values, rows.Rows[call.Arguments[2]], chosen, execution) : values.Take(NoDefaults(chosen), execution.Pool);
    }

    private static int[] NoDefaults(int[] chosen)
    {
        for (var row = 0; row < chosen.Length; row++)
        {
            chosen[row] = Math.Max(chosen[row], Missing);
        }

        return chosen;
    }

    /// <summary>The chosen rows, and where there is none the default of the row itself.</summary>
    private static Column WithDefaults(Column values, Column defaults, int[] chosen, QueryContext execution)
    {
        using var builder = ColumnBuilder.Create(values.Type, execution.Pool);
        for (var start = 0; start < chosen.Length;)
        {
            var isDefault = chosen[start] == Default;
            var end = start + 1;
            while (end < chosen.Length && (chosen[end] == Default) == isDefault)
            {
                end++;
            }

            builder.Append(isDefault ? defaults : values, isDefault ? [.. Enumerable.Range(start, end - start)] : chosen.AsSpan(start, end - start));
            start = end;
        }

        return builder.Finish();
    }

    private static Column OfFrame(WindowFunctionKind kind, WindowCallSpecification call, WindowRows rows, QueryContext execution)
    {
        var values = rows.Rows[call.Arguments[0]];
        var numbers = kind == WindowFunctionKind.NthValue ? (FixedColumn)rows.Rows[call.Arguments[1]] : null;
        var seen = new SeenRows(values, call.IgnoresNulls, rows.Count);
        var frames = new Frames(call.Frame, rows);
        var chosen = new int[rows.Count];
        Span<(int Start, int End)> stretches = stackalloc (int, int)[3];
        for (var row = 0; row < rows.Count; row++)
        {
            var count = frames.Stretches(row, stretches);
            chosen[row] = numbers switch
            {
                null when kind == WindowFunctionKind.LastValue => Last(seen, stretches[..count]),
                null => Nth(seen, stretches[..count], 1),
                _ when numbers.IsNull(row) => Missing,
                _ when numbers.Values<long>()[row] is var n && n > 0 => Nth(seen, stretches[..count], n),
                _ => throw new QueryException(ErrorCodes.InvalidArgumentForNthValue, $"argument of nth_value must be greater than zero: {numbers.Values<long>()[row]}"),
            };
        }

        return values.Take(chosen, execution.Pool);
    }

    private static int Nth(SeenRows seen, ReadOnlySpan<(int Start, int End)> stretches, long n)
    {
        foreach (var (start, end) in stretches)
        {
            var count = seen.CountOf(start, end);
            if (n <= count)
            {
                return seen.FromStart(start, end, n);
            }

            n -= count;
        }

        return Missing;
    }

    private static int Last(SeenRows seen, ReadOnlySpan<(int Start, int End)> stretches)
    {
        for (var i = stretches.Length - 1; i >= 0; i--)
        {
            if (seen.FromEnd(stretches[i].Start, stretches[i].End, 1) is var place and >= 0)
            {
                return place;
            }
        }

        return Missing;
    }

    /// <summary>The rows that count: all, or those whose value is not NULL.</summary>
    private sealed class SeenRows
    {
        /// <summary>The rows; null when all count.</summary>
        private readonly int[]? _rows;

        /// <summary>For each row how many before it count.</summary>
        private readonly int[]? _before;

        public SeenRows(Column values, bool ignoresNulls, int rowCount)
        {
            if (!ignoresNulls || !values.MayHaveNulls)
            {
                return;
            }

            _rows = [.. Enumerable.Range(0, rowCount).Where(row => !values.IsNull(row))];
            _before = new int[rowCount + 1];
            for (var row = 0; row < rowCount; row++)
            {
                _before[row + 1] = _before[row] + (values.IsNull(row) ? 0 : 1);
            }
        }

        public int CountOf(int start, int end) => _before is null ? end - start : _before[end] - _before[start];

        /// <summary>The n-th of the rows from a place on, or -1.</summary>
        public int FromStart(int start, int end, long n) => n > CountOf(start, end) ? Missing : _rows is null ? (int)(start + n - 1) : _rows[_before![start] + n - 1];

        /// <summary>The n-th of the rows before a place, counted back, or -1.</summary>
        public int FromEnd(int start, int end, long n) => n > CountOf(start, end) ? Missing : _rows is null ? (int)(end - n) : _rows[_before![end] - n];
    }
}
