using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Connectors;
using Engine.Core.Types;
using Engine.Exec.Pipelines;

namespace Engine.Exec.Operators.Sort;

/// <summary>
/// Merges sorted runs, the last column of each being the keys, into one order of rows without them. Every run has one batch in hand; a heap finds
/// the run whose next row comes first.
/// </summary>
internal sealed class RunMerge : IBatchSource
{
    private readonly QueryContext _execution;
    private readonly RowStore _gathered;
    private readonly Cursor[] _heap;
    private readonly List<Cursor> _picks = [];
    private int _heapSize;
    private bool _isStarted;

    /// <param name="types">Of the columns, without the keys.</param>
    /// <param name="runs">Taken over.</param>
    /// <param name="execution">The query.</param>
    public RunMerge(IEnumerable<DataType> types, IEnumerable<IBatchSource> runs, QueryContext execution)
    {
        _execution = execution;
        _gathered = new RowStore(types, execution.Pool);
        _heap = [.. runs.Select(run => new Cursor(run))];
        _heapSize = _heap.Length;
    }

    public Batch? Next(CancellationToken cancellationToken)
    {
        if (!_isStarted)
        {
            Start(cancellationToken);
        }

        if (_heapSize == 0)
        {
            return null;
        }

        var batch = _heapSize == 1 ? _heap[0].TakeRest(_execution) : Pick();
        if (_heap[0].IsAtEnd)
        {
            Refill(cancellationToken);
        }

        return batch;
    }

    public void Dispose()
    {
        foreach (var cursor in _heap)
        {
            cursor.Dispose();
        }

        _gathered.Dispose();
    }

    private void Start(CancellationToken cancellationToken)
    {
        _isStarted = true;
        _heapSize = 0;
        foreach (var cursor in _heap.ToArray())
        {
            if (cursor.MoveToNextBatch(cancellationToken))
            {
                _heap[_heapSize++] = cursor;
            }
            else
            {
                cursor.Dispose();
            }
        }

        for (var place = (_heapSize / 2) - 1; place >= 0; place--)
        {
            SiftDown(place);
        }
    }

    /// <summary>The next rows of all runs in order, until one run's batch ends or enough rows are there.</summary>
    private Batch Pick()
    {
        _picks.Clear();
        do
        {
            var first = _heap[0];
            _picks.Add(first);
            if (!first.Advance())
            {
                break;
            }

            SiftDown(0);
        }
        while (_picks.Count < _execution.Options.BatchRowCount);

        return Gather();
    }

    /// <summary>Copies the picked stretch of each run behind one another, then takes the rows in the order of the picks.</summary>
    private Batch Gather()
    {
        var next = 0;
        for (var i = 0; i < _heapSize; i++)
        {
            _heap[i].AppendPicked(_gathered, ref next);
        }

        using var order = new RowIndexes(_picks.Count, _execution.Pool);
        for (var i = 0; i < _picks.Count; i++)
        {
            order.Span[i] = _picks[i].NextGathered++;
        }

        using var apart = new Batch(_gathered.Finish(), _picks.Count);
        return new Batch([.. apart.Columns.Select(column => column.Take(order.Span, _execution.Pool))], _picks.Count);
    }

    private void Refill(CancellationToken cancellationToken)
    {
        if (!_heap[0].MoveToNextBatch(cancellationToken))
        {
            (_heap[0], _heap[_heapSize - 1]) = (_heap[_heapSize - 1], _heap[0]);
            _heapSize--;
        }

        SiftDown(0);
    }

    private void SiftDown(int place)
    {
        while (true)
        {
            var least = place;
            for (var child = (2 * place) + 1; child <= (2 * place) + 2 && child < _heapSize; child++)
            {
                if (_heap[child].ComesBefore(_heap[least]))
                {
                    least = child;
                }
            }

            if (least == place)
            {
                return;
            }

            (_heap[place], _heap[least]) = (_heap[least], _heap[place]);
            place = least;
        }
    }

    /// <summary>A run and the place in its current batch.</summary>
    private sealed class Cursor(IBatchSource run) : IDisposable
    {
        private Batch? _batch;
        private TextColumn? _keys;
        private ulong _prefix;
        private int _row;
        private int _firstPicked;

        public bool IsAtEnd => _row == _batch!.RowCount;

        /// <summary>Where the next of its picked rows lies among the gathered ones.</summary>
        public int NextGathered { get; set; }

        public bool MoveToNextBatch(CancellationToken cancellationToken)
        {
            _batch?.Dispose();
            _batch = null;
            do
            {
                _batch?.Dispose();
                _batch = run.Next(cancellationToken);
            }
            while (_batch is { RowCount: 0 });

            _row = 0;
            _firstPicked = 0;
            _keys = (TextColumn?)_batch?.Columns[^1];
            _prefix = _keys is null ? 0 : SortedRun.PrefixOf(_keys.Bytes(0));
            return _batch is not null;
        }

        /// <summary>Goes to the next row; false at the end of the batch.</summary>
        public bool Advance()
        {
            if (++_row == _batch!.RowCount)
            {
                return false;
            }

            _prefix = SortedRun.PrefixOf(_keys!.Bytes(_row));
            return true;
        }

        public bool ComesBefore(Cursor other) => _prefix != other._prefix
            ? _prefix < other._prefix
            : _keys!.Bytes(_row).SequenceCompareTo(other._keys!.Bytes(other._row)) < 0;

        public void AppendPicked(RowStore target, ref int next)
        {
            NextGathered = next;
            var count = _row - _firstPicked;
            if (count > 0)
            {
                using var picked = _batch!.Slice(_firstPicked, count, target.Pool);
                target.Append(picked.Columns.AsSpan()[..^1], count);
                _firstPicked = _row;
                next += count;
            }
        }

        /// <summary>What is left of the batch, without the keys.</summary>
        public Batch TakeRest(QueryContext execution)
        {
            var count = Math.Min(_batch!.RowCount - _row, execution.Options.BatchRowCount);
            ImmutableArray<Column> rest = [.. _batch.Columns.SkipLast(1).Select(column => column.Slice(_row, count, execution.Pool))];
            _row += count;
            _firstPicked = _row;
            return new Batch(rest, count);
        }

        public void Dispose()
        {
            _batch?.Dispose();
            _batch = null;
            run.Dispose();
        }
    }
}
