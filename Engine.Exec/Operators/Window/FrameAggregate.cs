using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;
using Engine.Exec.Keys;
using Engine.Exec.Operators.Aggregate;
using Engine.Exec.Pipelines;
using Engine.Planner.Physical;

namespace Engine.Exec.Operators.Window;

/// <summary>
/// Aggregates over frames. Neighbours with the same frame share its result. Where frames are short, or the order of their rows shows, each is aggregated
/// row by row; else by a tree of partial results over the rows, of which a frame needs few nodes (see <see cref="FrameTree"/>).
/// </summary>
internal sealed class FrameAggregate
{
    /// <summary>Rows that frames may have in all, for each row there is, to be aggregated one by one.</summary>
    private const int ShortFrame = 16;

    private const int BlockRows = 1 << 14;

    private readonly WindowCallSpecification _call;
    private readonly WindowRows _rows;
    private readonly QueryContext _execution;
    private readonly Frames _frames;
    private readonly ImmutableArray<Column> _arguments;
    private readonly bool[]? _counts;

    /// <summary>For each row the number of its frame.</summary>
    private readonly int[] _frameOf;

    /// <summary>For each frame one of the rows that have it.</summary>
    private readonly List<int> _rowsWithFrame = [];

    private FrameAggregate(WindowCallSpecification call, WindowRows rows, QueryContext execution)
    {
        _call = call;
        _rows = rows;
        _execution = execution;
        _frames = new Frames(call.Frame, rows);
        _arguments = [.. call.Arguments.Select(column => rows.Rows[column])];
        _counts = Counting();
        _frameOf = new int[rows.Count];
        for (var row = 0; row < rows.Count; row++)
        {
            if (row == 0 || _frames.HasExclusion || _frames.Start[row] != _frames.Start[row - 1] || _frames.End[row] != _frames.End[row - 1])
            {
                _rowsWithFrame.Add(row);
            }

            _frameOf[row] = _rowsWithFrame.Count - 1;
        }
    }

    private ImmutableArray<DataType> Types => [.. _arguments.Select(argument => argument.Type)];

    public static Column Compute(WindowCallSpecification call, WindowRows rows, QueryContext execution, CancellationToken cancellationToken)
    {
        var aggregate = new FrameAggregate(call, rows, execution);
        using var results = aggregate.NeedsRows() ? aggregate.ByRows(cancellationToken) : aggregate.ByTree(cancellationToken);
        return aggregate._rowsWithFrame.Count == rows.Count ? results.Retain() : results.Take(aggregate._frameOf, execution.Pool);
    }

    private bool NeedsRows()
    {
        var isOrdered = _call.IsDistinct || !_call.OrderBy.IsEmpty || _execution.Functions.FindAggregate(_call.Function)!.DependsOnOrder;
        return isOrdered || _rowsWithFrame.Sum(row => (long)_frames.End[row] - _frames.Start[row]) <= (long)ShortFrame * _rows.Count;
    }

    /// <summary>Which rows the call counts at all; null for all.</summary>
    private bool[]? Counting()
    {
        var filter = _call.Filter is { } column ? (BooleanColumn)_rows.Rows[column] : null;
        var skipsNulls = _call.IgnoresNulls && !_arguments.IsEmpty && _arguments[0].MayHaveNulls;
        return filter is null && !skipsNulls
            ? null
            : [.. Enumerable.Range(0, _rows.Count).Select(row => (filter is null || (!filter.IsNull(row) && filter[row])) && !(skipsNulls && _arguments[0].IsNull(row)))];
    }

    private Column ByRows(CancellationToken cancellationToken)
    {
        using var accumulator = Aggregates.Create(_call.Function, Types, _call.Type, _execution, _execution.Pool);
        accumulator.Resize(_rowsWithFrame.Count);
        using var block = new Block(this, accumulator);
        Span<(int Start, int End)> stretches = stackalloc (int, int)[3];
        var ordered = new List<int>();
        for (var frame = 0; frame < _rowsWithFrame.Count; frame++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ordered.Clear();
            var count = _frames.Stretches(_rowsWithFrame[frame], stretches);
            foreach (var (start, end) in stretches[..count])
            {
                for (var row = start; row < end; row++)
                {
                    if (_counts is not null && !_counts[row])
                    {
                        continue;
                    }

                    if (_call.OrderBy.IsEmpty)
                    {
                        block.Add(row, frame);
                    }
                    else
                    {
                        ordered.Add(row);
                    }
                }
            }

            foreach (var row in Sorted(ordered))
            {
                block.Add(row, frame);
            }
        }

        block.Flush();
        return accumulator.GetResult(0, _rowsWithFrame.Count);
    }

    private IEnumerable<int> Sorted(List<int> rows)
    {
        if (rows.Count > 1)
        {
            rows.Sort((left, right) => Compare(left, right) is var order and not 0 ? order : left.CompareTo(right));
        }

        return rows;
    }

    private int Compare(int left, int right)
    {
        foreach (var key in _call.OrderBy)
        {
            var column = _rows.Rows[key.Column];
            var (leftIsNull, rightIsNull) = (column.IsNull(left), column.IsNull(right));
            var order = leftIsNull || rightIsNull
                ? leftIsNull.CompareTo(rightIsNull) * (key.NullsFirst ? -1 : 1)
                : ValueComparison.Compare(column, left, column, right) * (key.IsDescending ? -1 : 1);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private Column ByTree(CancellationToken cancellationToken)
    {
        using var tree = new FrameTree(() => Aggregates.Create(_call.Function, Types, _call.Type, _execution, _execution.Pool), _arguments, _counts, _rows.Count, _execution.Pool);
        Span<(int Start, int End)> stretches = stackalloc (int, int)[3];
        tree.Begin(_rowsWithFrame.Count);
        for (var frame = 0; frame < _rowsWithFrame.Count; frame++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = _frames.Stretches(_rowsWithFrame[frame], stretches);
            foreach (var (start, end) in stretches[..count])
            {
                tree.Add(start, end, frame);
            }
        }

        return tree.Finish();
    }

    /// <summary>Rows on their way into an accumulator, each with the frame that it is in; with DISTINCT a frame's equal rows are one.</summary>
    private sealed class Block : IDisposable
    {
        private readonly FrameAggregate _aggregate;
        private readonly GroupedAccumulator _accumulator;
        private readonly List<int> _places = [];
        private readonly List<int> _frames = [];
        private readonly List<int> _newRows = [];
        private readonly KeyEncoder? _encoder;
        private readonly KeyTable? _known;

        public Block(FrameAggregate aggregate, GroupedAccumulator accumulator)
        {
            _aggregate = aggregate;
            _accumulator = accumulator;
            if (aggregate._call.IsDistinct)
            {
                _encoder = new KeyEncoder([new KeyColumn(DataType.Integer), .. aggregate.Types.Select(type => new KeyColumn(type))], aggregate._execution.Pool);
                _known = new KeyTable(_encoder.FixedWidth, aggregate._execution.Pool);
            }
        }

        public void Add(int row, int frame)
        {
            _places.Add(row);
            _frames.Add(frame);
            if (_places.Count == BlockRows)
            {
                Flush();
            }
        }

        public void Flush()
        {
            if (_places.Count == 0)
            {
                return;
            }

            var pool = _aggregate._execution.Pool;
            int[] places = [.. _places];
            int[] frames = [.. _frames];
            _places.Clear();
            _frames.Clear();
            if (_known is not null)
            {
                (places, frames) = WithoutKnown(places, frames);
            }

            using var rows = new Batch([.. _aggregate._arguments.Select(argument => argument.Take(places, pool))], places.Length);
            using var flat = new Batch([.. rows.Columns.Select(column => column.Flatten(pool))], places.Length);
            _accumulator.Update(flat.Columns.AsSpan(), frames);
        }

        public void Dispose()
        {
            _encoder?.Dispose();
            _known?.Dispose();
        }

        private (int[] Places, int[] Frames) WithoutKnown(int[] places, int[] frames)
        {
            var pool = _aggregate._execution.Pool;
            using var keys = new Batch([FrameColumn(frames), .. _aggregate._arguments.Select(argument => argument.Take(places, pool))], places.Length);
            _newRows.Clear();
            _known!.FindOrAdd(_encoder!.Encode(keys.Columns.AsSpan(), places.Length), new int[places.Length], _newRows);
            return ([.. _newRows.Select(row => places[row])], [.. _newRows.Select(row => frames[row])]);
        }

        private unsafe FixedColumn FrameColumn(int[] frames)
        {
            var values = _aggregate._execution.Pool.Allocate(frames.Length * 4L, "frames");
            frames.CopyTo(new Span<int>(values.Pointer, frames.Length));
            return new FixedColumn(DataType.Integer, frames.Length, new BufferSlice(values), default);
        }
    }
}
