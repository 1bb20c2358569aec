using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Expressions;
using Engine.Core.Memory;
using Engine.Exec.Keys;
using Engine.Exec.Operators.Sort;
using Engine.Exec.Pipelines;
using Engine.Exec.Spill;
using Engine.Planner.Physical;

namespace Engine.Exec.Operators.Window;

/// <summary>
/// Brings rows into the order of a window, in parts by the hashes of their partition keys: each part is sorted, on disk when memory is tight, and then read
/// by one thread that computes the calls. (Leis, Kundhikanjana, Kemper, Neumann, "Efficient Processing of Window Functions in Analytical SQL Queries", VLDB
/// 2015.)
/// </summary>
internal sealed class WindowBreaker : IDisposable
{
    private const int PartBits = 4;

    private readonly WindowNode _node;
    private readonly QueryContext _execution;
    private readonly ImmutableArray<SortBreaker> _parts;

    public WindowBreaker(WindowNode node, SpillArea spill, QueryContext execution)
    {
        _node = node;
        _execution = execution;
        var order = node.PartitionBy.Select(column => Key(column, isDescending: false, nullsFirst: false))
            .Concat(node.OrderBy.Select(key => Key(key.Column, key.IsDescending, key.NullsFirst)))
            .ToImmutableArray();
        _parts = [.. Enumerable.Range(0, 1 << Bits).Select(_ => new SortBreaker(node.Input.Output, order, 0, null, null, spill, execution))];
    }

    private int Bits => _node.PartitionBy.IsEmpty || _execution.Options.Threads == 1 ? 0 : PartBits;

    public IBatchSink CreateSink() => Bits == 0 ? _parts[0].CreateSink() : new Sink(this, [.. _parts.Select(part => part.CreateSink())]);

    public IMorselSource OpenResult() => new MorselList(_parts.Length, part => new WindowSource(_node, _parts[part].OpenRows(), _execution));

    public void Dispose()
    {
        foreach (var part in _parts)
        {
            part.Dispose();
        }
    }

    private SortSpecification Key(int column, bool isDescending, bool nullsFirst)
    {
        var field = _node.Input.Output[column];
        return new SortSpecification(new ColumnReference(column, field.Name, field.Type), isDescending, nullsFirst);
    }

    /// <summary>Hands each row to the part of its partition.</summary>
    private sealed class Sink(WindowBreaker breaker, ImmutableArray<IBatchSink> parts) : CollectingSink(breaker._execution.Pool)
    {
        private readonly KeyEncoder _encoder = new([.. breaker._node.PartitionBy.Select(column => new KeyColumn(breaker._node.Input.Output[column].Type))], breaker._execution.Pool);

        public override void BeginMorsel(int morsel)
        {
            foreach (var part in parts)
            {
                part.BeginMorsel(morsel);
            }
        }

        public override void Complete()
        {
            foreach (var part in parts)
            {
                part.Complete();
            }
        }

        public override void Dispose()
        {
            base.Dispose();
            _encoder.Dispose();
            foreach (var part in parts)
            {
                part.Dispose();
            }
        }

        protected override unsafe void Add(Batch rows)
        {
            var pool = breaker._execution.Pool;
            using var keyColumns = new Batch([.. breaker._node.PartitionBy.Select(column => rows[column].Retain())], rows.RowCount);
            var keys = _encoder.Encode(keyColumns.Columns.AsSpan(), rows.RowCount);
            var hashes = pool.Allocate((long)rows.RowCount * sizeof(ulong), "hashes");
            using var lease = new BufferSlice(hashes).AsDisposable();
            var values = new Span<ulong>(hashes.Pointer, rows.RowCount);
            for (var row = 0; row < values.Length; row++)
            {
                values[row] = KeyHash.Of(keys.Pointer(row), keys.Length(row));
            }

            using var partitions = new HashPartitions(values, breaker.Bits, pool);
            for (var part = 0; part < parts.Length; part++)
            {
                var chosen = partitions[part];
                if (!chosen.IsEmpty)
                {
                    parts[part].Push(new Batch(rows.TakeColumns(chosen, pool), chosen.Length));
                }
            }
        }
    }
}
