using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Connectors;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Exec.Pipelines;
using Engine.Exec.Spill;

namespace Engine.Exec.Operators.Shared;

/// <summary>
/// Rows that are computed once and read any number of times. They keep the order of the input, but for those that go to disk when memory is tight: these
/// come first.
/// </summary>
internal sealed class SharedRows(ImmutableArray<DataType> types, SpillArea spill, QueryContext execution) : IDisposable
{
    private const int MaxBatchRows = 1 << 16;

    /// <summary>Batches are put together up to this many rows.</summary>
    private const int MergedRows = 1024;

    private readonly Lock _lock = new();
    private readonly MemoryPool _pool = execution.Pool.CreatePart("shared rows");
    private readonly List<(int Morsel, Batch Rows)> _batches = [];
    private SpillFile? _spilled;

    public long RowCount { get; private set; }

    public IBatchSink CreateSink() => new Sink(this, execution);

    /// <summary>Some columns of all rows, once all are there.</summary>
    /// <param name="places">The columns, by their places.</param>
    public IMorselSource Open(ImmutableArray<int> places)
    {
        ImmutableArray<Batch> batches = [.. _batches.OrderBy(batch => batch.Morsel).Select(batch => batch.Rows)];
        var fileCount = _spilled is null ? 0 : 1;
        return new MorselList(fileCount + batches.Length, piece => piece < fileCount
            ? new SpilledSource(_spilled!.Open(), places)
            : new Source(batches[piece - fileCount], places, execution));
    }

    public void Dispose()
    {
        _batches.ForEach(batch => batch.Rows.Dispose());
        _spilled?.Dispose();
    }

    private void Add(int morsel, Batch rows)
    {
        lock (_lock)
        {
            _batches.Add((morsel, rows));
            RowCount += rows.RowCount;
            while (_batches.Count > 1 && _batches[^2].Rows.RowCount <= 2 * _batches[^1].Rows.RowCount && _batches[^2].Rows.RowCount + _batches[^1].Rows.RowCount <= MergedRows)
            {
                MergeLast();
            }

            if (execution.ShouldSpill(_pool.ReservedBytes))
            {
                Spill();
            }
        }
    }

    /// <summary>Moves to disk what is in memory.</summary>
    private void Spill()
    {
        _spilled ??= new SpillFile(types, spill);
        foreach (var (_, rows) in _batches.OrderBy(batch => batch.Morsel))
        {
            using (rows)
            {
                _spilled.Write(rows);
            }
        }

        _batches.Clear();
    }

    /// <summary>Puts two small batches together, so that many rounds of a recursion with few rows each do not become many batches.</summary>
    private void MergeLast()
    {
        using var store = new RowStore(types, _pool);
        using var second = _batches[^1].Rows;
        using var first = _batches[^2].Rows;
        store.Append(first.Columns.AsSpan(), first.RowCount);
        store.Append(second.Columns.AsSpan(), second.RowCount);
        var (morsel, count) = (_batches[^2].Morsel, store.Count);
        _batches.RemoveRange(_batches.Count - 2, 2);
        _batches.Add((morsel, new Batch(store.Finish(), count)));
    }

    private sealed class Sink(SharedRows shared, QueryContext execution) : CollectingSink(execution.Pool)
    {
        private readonly RowStore _rows = new(shared.Types, shared._pool);
        private int _morsel;

        public override void BeginMorsel(int morsel)
        {
            Finish();
            _morsel = morsel;
        }

        public override void Complete() => Finish();

        public override void Dispose()
        {
            base.Dispose();
            _rows.Dispose();
        }

        protected override void Add(Batch rows)
        {
            _rows.Append(rows.Columns.AsSpan(), rows.RowCount);
            if (_rows.Count >= MaxBatchRows)
            {
                Finish();
            }
        }

        private void Finish()
        {
            var count = _rows.Count;
            if (count > 0)
            {
                shared.Add(_morsel, new Batch(_rows.Finish(), count));
            }
        }
    }

    private ImmutableArray<DataType> Types => types;

    private sealed class Source(Batch rows, ImmutableArray<int> places, QueryContext execution) : IBatchSource
    {
        private int _next;

        public Batch? Next(CancellationToken cancellationToken)
        {
            var count = Math.Min(execution.Options.BatchRowCount, rows.RowCount - _next);
            if (count <= 0)
            {
                return null;
            }

            _next += count;
            return new Batch([.. places.Select(place => rows[place].Slice(_next - count, count, execution.Pool))], count);
        }

        public void Dispose()
        {
        }
    }

    private sealed class SpilledSource(IBatchSource rows, ImmutableArray<int> places) : IBatchSource
    {
        public Batch? Next(CancellationToken cancellationToken)
        {
            using var batch = rows.Next(cancellationToken);
            return batch is null ? null : new Batch([.. places.Select(place => batch[place].Retain())], batch.RowCount);
        }

        public void Dispose() => rows.Dispose();
    }
}
