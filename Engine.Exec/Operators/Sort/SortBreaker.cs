using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Types;
using Engine.Exec.Expressions;
using Engine.Exec.Keys;
using Engine.Exec.Pipelines;
using Engine.Planner.Physical;

namespace Engine.Exec.Operators.Sort;

/// <summary>
/// Sorts. Drivers collect rows apart; at the end they are put together and ordered. With a bound on the rows asked for (TopN), each driver keeps
/// no more than a small multiple of it.
/// </summary>
internal sealed class SortBreaker(
    Schema schema, ImmutableArray<SortSpecification> keys, long offset, long? count, QueryContext execution) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ImmutableArray<KeyColumn> _order = [.. keys.Select(key => new KeyColumn(key.Value.Type, key.IsDescending, key.NullsFirst))];
    private readonly List<SortBuffer> _parts = [];
    private SortedRows? _result;

    private ImmutableArray<DataType> Types => [.. schema.Select(column => column.Type)];

    /// <summary>Rows that a driver needs to keep, or null for all.</summary>
    private int? Bound => count is { } rows && rows + offset < int.MaxValue / 4 ? (int)(rows + offset) : null;

    public IBatchSink CreateSink() => new Sink(this);

    public void Finish()
    {
        if (_parts.Count == 0)
        {
            return;
        }

        var all = _parts[0];
        foreach (var part in _parts.Skip(1))
        {
            using var rows = part.Finish();
            for (var start = 0; start < rows.RowCount; start += Batch.DefaultRowCount)
            {
                using var batch = rows.Read(start, Math.Min(Batch.DefaultRowCount, rows.RowCount - start), execution.Pool);
                using var sortKeys = Keys(batch);
                all.Append([.. sortKeys.Columns], [.. batch.Columns], batch.RowCount);
            }
        }

        _result = all.Finish();
    }

    public IMorselSource OpenResult() => new MorselList(_result is null ? 0 : 1, _ => new Source(_result!, offset, count, execution));

    public void Dispose()
    {
        _result?.Dispose();
        _parts.ForEach(part => part.Dispose());
    }

    private Batch Keys(Batch batch)
    {
        var columns = ImmutableArray.CreateBuilder<Column>(keys.Length);
        foreach (var key in keys)
        {
            using var evaluator = execution.Compiler.Compile(key.Value);
            columns.Add(evaluator.Evaluate(execution.Evaluation, batch));
        }

        return new Batch(columns.MoveToImmutable(), batch.RowCount);
    }

    private sealed class Sink(SortBreaker breaker) : IBatchSink
    {
        private readonly SortBuffer _buffer = breaker.AddPart();

        public bool Push(Batch batch)
        {
            batch = batch.Compact(breaker.Execution.Pool);
            using (batch)
            {
                using var keys = breaker.Keys(batch);
                _buffer.Append([.. keys.Columns], [.. batch.Columns], batch.RowCount);
            }

            if (breaker.Bound is { } bound && _buffer.Count > (2L * bound) + (4 * Batch.DefaultRowCount))
            {
                _buffer.Truncate(bound);
            }

            return true;
        }

        public void Complete()
        {
        }

        public void Dispose()
        {
        }
    }

    private QueryContext Execution => execution;

    private SortBuffer AddPart()
    {
        var part = new SortBuffer(_order, Types, execution.Pool);
        lock (_lock)
        {
            _parts.Add(part);
        }

        return part;
    }

    private sealed class Source(SortedRows rows, long offset, long? count, QueryContext execution) : IBatchSource
    {
        private readonly long _end = Math.Min(rows.RowCount, count is { } limit && offset < long.MaxValue - limit ? offset + limit : long.MaxValue);
        private long _next = offset;

        public Batch? Next(CancellationToken cancellationToken)
        {
            var length = (int)Math.Min(execution.Options.BatchRowCount, _end - _next);
            if (length <= 0)
            {
                return null;
            }

            var batch = rows.Read((int)_next, length, execution.Pool);
            _next += length;
            return batch;
        }

        public void Dispose()
        {
        }
    }
}
