using Engine.Core.Columns;
using Engine.Exec.Kernels;
using Engine.Planner.Logical;
using Engine.Planner.Physical;

namespace Engine.Exec.Operators.Window;

/// <summary>The frame of every row: one stretch of its partition, of which the exclusion may leave up to three.</summary>
internal sealed class Frames
{
    private readonly WindowRows _rows;
    private readonly FrameSpecification _frame;

    public Frames(FrameSpecification frame, WindowRows rows)
    {
        _rows = rows;
        _frame = frame;
        Start = new int[rows.Count];
        End = new int[rows.Count];
        for (var row = 0; row < rows.Count; row++)
        {
            Start[row] = StartOf(row);
            End[row] = Math.Max(EndOf(row), Start[row]);
        }
    }

    /// <summary>The first row of each row's frame, before the exclusion.</summary>
    public int[] Start { get; }

    /// <summary>The row behind the last one.</summary>
    public int[] End { get; }

    public bool HasExclusion => _frame.Exclusion != FrameExclusion.NoOthers;

    /// <summary>What the exclusion leaves of a row's frame, in order; empty stretches among them.</summary>
    /// <param name="row">The row.</param>
    /// <param name="stretches">Three places.</param>
    /// <returns>How many of them are used.</returns>
    public int Stretches(int row, Span<(int Start, int End)> stretches)
    {
        var (start, end) = (Start[row], End[row]);
        switch (_frame.Exclusion)
        {
            case FrameExclusion.CurrentRow:
                return Without(row, row + 1, stretches);
            case FrameExclusion.Group:
                return Without(_rows.PeerStart[row], _rows.PeerEnd[row], stretches);
            case FrameExclusion.Ties:
                stretches[0] = Cut(start, end, start, _rows.PeerStart[row]);
                stretches[1] = Cut(start, end, row, row + 1);
                stretches[2] = Cut(start, end, _rows.PeerEnd[row], end);
                return 3;
            default:
                stretches[0] = (start, end);
                return 1;
        }

        int Without(int first, int behind, Span<(int Start, int End)> left)
        {
            left[0] = Cut(start, end, start, first);
            left[1] = Cut(start, end, behind, end);
            return 2;
        }
    }

    private static (int Start, int End) Cut(int start, int end, int first, int behind)
    {
        var cutStart = Math.Clamp(first, start, end);
        return (cutStart, Math.Clamp(behind, cutStart, end));
    }

    private int StartOf(int row)
    {
        var (first, behind) = (_rows.PartitionStart[row], _rows.PartitionEnd[row]);
        return _frame.Start.Kind switch
        {
            FrameBoundKind.UnboundedPreceding => first,
            FrameBoundKind.CurrentRow => _frame.Unit == FrameUnit.Rows ? row : _rows.PeerStart[row],
            _ when _frame.Unit == FrameUnit.Rows => (int)Math.Clamp(row + Signed(_frame.Start), first, behind),
            _ when _frame.Unit == FrameUnit.Groups => GroupStart(row, _rows.Group[row] + Signed(_frame.Start)),
            _ => Reach(row, _frame.Start, isEnd: false),
        };
    }

    private int EndOf(int row)
    {
        var (first, behind) = (_rows.PartitionStart[row], _rows.PartitionEnd[row]);
        return _frame.End.Kind switch
        {
            FrameBoundKind.UnboundedFollowing => behind,
            FrameBoundKind.CurrentRow => _frame.Unit == FrameUnit.Rows ? row + 1 : _rows.PeerEnd[row],
            _ when _frame.Unit == FrameUnit.Rows => (int)Math.Clamp(row + Signed(_frame.End) + 1, first, behind),
            _ when _frame.Unit == FrameUnit.Groups => GroupStart(row, _rows.Group[row] + Signed(_frame.End) + 1),
            _ => Reach(row, _frame.End, isEnd: true),
        };
    }

    /// <summary>Rows are numbered by 32 bits: more than that is as far as it goes.</summary>
    private static long Signed(FrameEnd end) => (end.Kind == FrameBoundKind.Preceding ? -1 : 1) * Math.Min(end.Offset, int.MaxValue);

    /// <summary>The first row of a group of the row's partition, or the end of the partition behind the last group.</summary>
    private int GroupStart(int row, long group)
    {
        var (low, high) = (_rows.PartitionStart[row], _rows.PartitionEnd[row]);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_rows.Group[middle] < group)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>The first row whose key is not before the limit, or is behind it for the end of a frame. NULLs reach to their peers alone.</summary>
    private int Reach(int row, FrameEnd end, bool isEnd)
    {
        var (limits, keys) = (_rows.Rows[end.LimitColumn!.Value], _rows.Rows[end.KeyColumn!.Value]);
        if (keys.IsNull(row))
        {
            return isEnd ? _rows.PeerEnd[row] : _rows.PeerStart[row];
        }

        var key = _rows.OrderKey!;
        var (low, high) = NotNull(row, keys, key.NullsFirst);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var order = ValueComparison.Compare(keys, middle, limits, row);
            order = key.IsDescending ? -order : order;
            if (order < 0 || (isEnd && order == 0))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>The rows of the partition that have a key.</summary>
    private (int Start, int End) NotNull(int row, Column keys, bool nullsFirst)
    {
        var (start, end) = (_rows.PartitionStart[row], _rows.PartitionEnd[row]);
        if (keys.MayHaveNulls)
        {
            // NULLs are peers: where they stand is known by the first or last row.
            if (nullsFirst && keys.IsNull(start))
            {
                start = _rows.PeerEnd[start];
            }
            else if (!nullsFirst && keys.IsNull(end - 1))
            {
                end = _rows.PeerStart[end - 1];
            }
        }

        return (start, end);
    }
}
