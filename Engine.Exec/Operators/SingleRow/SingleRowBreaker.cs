using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Exec.Pipelines;

namespace Engine.Exec.Operators.SingleRow;

/// <summary>Holds the one row of a scalar subquery; a second one is an error, none becomes a row of NULLs.</summary>
internal sealed class SingleRowBreaker(Schema schema, MemoryPool pool) : IDisposable
{
    private readonly Lock _lock = new();
    private Batch? _row;

    public IBatchSink CreateSink() => new Sink(this);

    public IMorselSource OpenResult() => new MorselList(1, _ => new OneBatch(Take()));

    public void Dispose() => _row?.Dispose();

    private Batch Take()
    {
        var row = _row ?? new Batch([.. schema.Select(field => ColumnValue.ToConstant(field.Type, null, 1, pool))], 1);
        _row = null;
        return row;
    }

    private void Add(Batch batch)
    {
        lock (_lock)
        {
            if (_row is not null || batch.RowCount > 1)
            {
                throw new QueryException(ErrorCodes.CardinalityViolation, "more than one row returned by a subquery used as an expression");
            }

            _row = batch.Slice(0, 1, pool);
        }
    }

    private sealed class Sink(SingleRowBreaker breaker) : CollectingSink(breaker.Pool)
    {
        protected override void Add(Batch rows)
        {
            if (rows.RowCount > 0)
            {
                breaker.Add(rows);
            }
        }
    }

    private MemoryPool Pool => pool;

    private sealed class OneBatch(Batch batch) : IBatchSource
    {
        private Batch? _batch = batch;

        public Batch? Next(CancellationToken cancellationToken)
        {
            var next = _batch;
            _batch = null;
            return next;
        }

        public void Dispose() => _batch?.Dispose();
    }
}
