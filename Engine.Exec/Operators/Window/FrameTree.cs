using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Functions;
using Engine.Core.Memory;

namespace Engine.Exec.Operators.Window;

/// <summary>
/// Partial results of an aggregate over ever longer stretches of rows: of one row, of 16, of 256 and so on. The partial results of any stretch are merged
/// from few of them. (The segment tree of Leis et al., "Efficient Processing of Window Functions in Analytical SQL Queries", VLDB 2015.)
/// </summary>
internal sealed class FrameTree : IDisposable
{
    private const int FanOutBits = 4;
    private const int FanOut = 1 << FanOutBits;
    private const int BlockNodes = 1 << 14;

    private readonly Func<GroupedAccumulator> _create;
    private readonly MemoryPool _pool;
    private readonly List<Batch> _levels = [];
    private readonly List<(List<int> Nodes, List<int> Frames)> _wanted = [];
    private GroupedAccumulator? _frames;
    private int _frameCount;

    /// <param name="create">Makes an accumulator.</param>
    /// <param name="arguments">Of all rows, flat.</param>
    /// <param name="counts">Which rows count; null for all.</param>
    /// <param name="rowCount">How many there are.</param>
    /// <param name="pool">Holds the tree.</param>
    public FrameTree(Func<GroupedAccumulator> create, ImmutableArray<Column> arguments, bool[]? counts, int rowCount, MemoryPool pool)
    {
        _create = create;
        _pool = pool;
        AddLevel(rowCount, accumulator => Update(accumulator, arguments, counts, rowCount));
        for (var length = rowCount; length > FanOut;)
        {
            var below = _levels[^1];
            int[] parents = [.. Enumerable.Range(0, length).Select(node => node >> FanOutBits)];
            length = ((length - 1) >> FanOutBits) + 1;
            AddLevel(length, accumulator => accumulator.Merge(below.Columns.AsSpan(), parents));
        }
    }

    /// <summary>Results are asked for, of so many frames.</summary>
    public void Begin(int frameCount)
    {
        _frameCount = frameCount;
        _frames = _create();
        _frames.Resize(frameCount);
    }

    /// <summary>Adds a stretch of rows to a frame.</summary>
    public void Add(int start, int end, int frame)
    {
        for (var level = 0; start < end; level++)
        {
            var isTop = level == _levels.Count - 1;
            while (start < end && (isTop || (start & (FanOut - 1)) != 0))
            {
                Want(level, start++, frame);
            }

            while (start < end && (end & (FanOut - 1)) != 0)
            {
                Want(level, --end, frame);
            }

            start >>= FanOutBits;
            end >>= FanOutBits;
        }
    }

    /// <summary>The result of each frame.</summary>
    public Column Finish()
    {
        for (var level = 0; level < _levels.Count; level++)
        {
            Merge(level);
        }

        return _frames!.GetResult(0, _frameCount);
    }

    public void Dispose()
    {
        _frames?.Dispose();
        _levels.ForEach(level => level.Dispose());
    }

    private void Update(GroupedAccumulator accumulator, ImmutableArray<Column> arguments, bool[]? counts, int rowCount)
    {
        if (counts is null)
        {
            accumulator.Update(arguments.AsSpan(), [.. Enumerable.Range(0, rowCount)]);
            return;
        }

        int[] rows = [.. Enumerable.Range(0, rowCount).Where(row => counts[row])];
        using var chosen = new Batch([.. arguments.Select(argument => argument.Take(rows, _pool))], rows.Length);
        accumulator.Update(chosen.Columns.AsSpan(), rows);
    }

    private void AddLevel(int length, Action<GroupedAccumulator> fill)
    {
        using var accumulator = _create();
        accumulator.Resize(length);
        fill(accumulator);
        _levels.Add(new Batch(accumulator.GetState(0, length), length));
        _wanted.Add(([], []));
    }

    private void Want(int level, int node, int frame)
    {
        var (nodes, frames) = _wanted[level];
        nodes.Add(node);
        frames.Add(frame);
        if (nodes.Count == BlockNodes)
        {
            Merge(level);
        }
    }

    private void Merge(int level)
    {
        var (nodes, frames) = _wanted[level];
        if (nodes.Count > 0)
        {
            using var states = new Batch(_levels[level].TakeColumns([.. nodes], _pool), nodes.Count);
            using var flat = new Batch([.. states.Columns.Select(column => column.Flatten(_pool))], nodes.Count);
            _frames!.Merge(flat.Columns.AsSpan(), [.. frames]);
            nodes.Clear();
            frames.Clear();
        }
    }
}
