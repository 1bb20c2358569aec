using BenchmarkDotNet.Attributes;
using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Exec.Keys;
using Engine.Exec.Operators.Sort;

namespace Engine.Kernels.Bench;

/// <summary>The first ten of many rows: once a threshold is known nearly all fall to it.</summary>
public class TopBenchmarks
{
    private const int BatchCount = 64;
    private const int RowCount = BatchCount * Batch.DefaultRowCount;

    private MemoryPool _pool = null!;
    private RandomKeys _keys = null!;
    private SortBuffer _buffer = null!;

    [GlobalSetup]
    public void Setup()
    {
        _pool = MemoryPool.CreateRoot("benchmarks");
        _keys = new RandomKeys(RowCount, RowCount, _pool);
        _buffer = new SortBuffer([new KeyColumn(DataType.BigInt)], [DataType.BigInt], bound: 10, _pool);
        Top();
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _buffer.Dispose();
        _keys.Dispose();
        _pool.Dispose();
    }

    [Benchmark(OperationsPerInvoke = RowCount)]
    [Gate("TopN 10 with threshold", 1, GateUnit.BillionsPerSecond)]
    public int Top()
    {
        foreach (var batch in _keys.Batches)
        {
            _buffer.Append(batch.Columns.AsSpan(), batch.Columns.AsSpan(), batch.RowCount);
        }

        return _buffer.Count;
    }
}
