using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Types;
using Engine.Exec.Expressions;
using Engine.Exec.Keys;
using Engine.Exec.Operators.Limit;
using Engine.Exec.Pipelines;
using Engine.Exec.Spill;
using Engine.Planner.Physical;

namespace Engine.Exec.Operators.Sort;

/// <summary>
/// Sorts: every driver puts its rows in order, and the runs are merged as they are read. When memory is tight, what a driver has so far becomes a
/// run on disk. With a bound on the rows asked for it is a TopN.
/// </summary>
internal sealed class SortBreaker(
    Schema schema, ImmutableArray<SortSpecification> keys, long offset, long? count, TopNThreshold? threshold, SpillArea spill, QueryContext execution) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ImmutableArray<KeyColumn> _order = [.. keys.Select(key => new KeyColumn(key.Value.Type, key.IsDescending, key.NullsFirst))];
    private readonly List<SortedRun> _runs = [];
    private readonly List<SpillFile> _spilledRuns = [];

    /// <summary>Rows that a driver needs to keep, or null for all.</summary>
    private int? Bound => count is { } rows && rows + offset < int.MaxValue / 4 ? (int)(rows + offset) : null;

    private IEnumerable<DataType> Types => schema.Select(column => column.Type);

    private QueryContext Execution => execution;

    private TopNThreshold? Threshold => threshold;

    public IBatchSink CreateSink() => new Sink(this);

    public IMorselSource OpenResult() => new MorselList(1, _ => OpenRows());

    /// <summary>The rows in order, once all are in.</summary>
    public IBatchSource OpenRows()
    {
        var runs = _runs.Select(IBatchSource (run) => new RunSource(run, execution)).Concat(_spilledRuns.Select(run => run.Open()));
        return new SlicedSource(new RunMerge(Types, runs, execution), offset, count, execution.Pool);
    }

    public void Dispose()
    {
        _runs.ForEach(run => run.Dispose());
        _spilledRuns.ForEach(run => run.Dispose());
    }

    private void Add(SortedRun run)
    {
        lock (_lock)
        {
            _runs.Add(run);
        }
    }

    private void Spill(SortedRun run)
    {
        var file = new SpillFile([.. Types, DataType.Varbinary], spill);
        lock (_lock)
        {
            _spilledRuns.Add(file);
        }

        using var rows = new RunSource(run, execution);
        while (rows.Next(CancellationToken.None) is { } batch)
        {
            using (batch)
            {
                file.Write(batch);
            }
        }

        file.Complete();
    }

    private sealed class Sink(SortBreaker breaker) : CollectingSink(breaker.Execution.Pool)
    {
        private readonly ImmutableArray<Evaluator> _keys = [.. breaker.Keys.Select(key => breaker.Execution.Compiler.Compile(key.Value))];
        /// <summary>By the first key, where no scan has applied it before; null otherwise.</summary>
        private readonly IRowTest? _nearEnough = breaker.Threshold is { ScanId: null } threshold ? threshold.CreateTest() : null;
        private readonly SortBuffer _buffer = new(breaker._order, breaker.Types, breaker.Bound, breaker.Execution.Pool) { Threshold = breaker.Threshold };

        public override void BeginMorsel(int morsel) => _buffer.BeginMorsel(morsel);

        public override void Complete() => breaker.Add(_buffer.Finish());

        public override void Dispose()
        {
            base.Dispose();
            _buffer.Dispose();
            _nearEnough?.Dispose();
            foreach (var key in _keys)
            {
                key.Dispose();
            }
        }

        protected override void Add(Batch rows)
        {
            if (_nearEnough is null)
            {
                Sort(rows);
                return;
            }

            using var key = new Batch([rows[breaker.Threshold!.InputColumn].Retain()], rows.RowCount);
            using var near = _nearEnough.Select(key);
            if (near.Count == rows.RowCount)
            {
                Sort(rows);
            }
            else if (near.Count > 0)
            {
                using var few = new Batch(rows.TakeColumns(near.Rows, breaker.Execution.Pool), near.Count);
                Sort(few);
            }
        }

        private void Sort(Batch rows)
        {
            using var keys = new Batch([.. _keys.Select(key => key.Evaluate(breaker.Execution.Evaluation, rows))], rows.RowCount);
            _buffer.Append(keys.Columns.AsSpan(), rows.Columns.AsSpan(), rows.RowCount);
            if (breaker.Execution.ShouldSpill(_buffer.ByteCount))
            {
                using var run = _buffer.Finish();
                breaker.Spill(run);
            }
        }
    }

    private ImmutableArray<SortSpecification> Keys => keys;

    /// <summary>A run from its first row to its last.</summary>
    private sealed class RunSource(SortedRun run, QueryContext execution) : IBatchSource
    {
        private int _next;

        public Batch? Next(CancellationToken cancellationToken)
        {
            var length = Math.Min(execution.Options.BatchRowCount, run.RowCount - _next);
            _next += length;
            return length == 0 ? null : run.Read(_next - length, length, execution.Pool);
        }

        public void Dispose()
        {
        }
    }
}
