using BenchmarkDotNet.Attributes;
using Engine.Core.Columns;
using Engine.Core.Expressions;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Exec.Functions;
using Engine.Exec.Operators.Sort;
using Engine.Exec.Pipelines;
using Engine.Exec.Spill;
using Engine.Planner.Physical;

namespace Engine.Kernels.Bench;

/// <summary>The first ten of many rows: once a threshold is known nearly all fall to it.</summary>
public class TopBenchmarks
{
    private const int BatchCount = 64;
    private const int RowCount = BatchCount * Batch.DefaultRowCount;

    private MemoryPool _pool = null!;
    private RandomKeys _keys = null!;
    private SortBreaker _breaker = null!;
    private IBatchSink _sink = null!;

    [GlobalSetup]
    public void Setup()
    {
        _pool = MemoryPool.CreateRoot("benchmarks");
        _keys = new RandomKeys(RowCount, RowCount, _pool);
        var session = new SessionContext(0, TimeZoneInfo.Utc, "benchmark");
        var query = new QueryContext(_pool, FunctionRegistry.Default, session, [], new SpillFolder(Path.GetTempPath()), new ExecutionOptions(1, Batch.DefaultRowCount));
        var schema = Schema.Of(new Field("key", DataType.BigInt));
        var key = new SortSpecification(new ColumnReference(0, "key", DataType.BigInt), IsDescending: false, NullsFirst: false);
        var top = new TopNNode(new ValuesNode([], schema), [key], 0, 10);
        _breaker = new SortBreaker(schema, top.Keys, top.Offset, top.Count, TopNThreshold.Find(top, query), query.SpillArea(0), query);
        _sink = _breaker.CreateSink();
        Top();
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _sink.Dispose();
        _breaker.Dispose();
        _keys.Dispose();
        _pool.Dispose();
    }

    [Benchmark(OperationsPerInvoke = RowCount)]
    [Gate("TopN 10 with threshold", 1, GateUnit.BillionsPerSecond)]
    public void Top()
    {
        foreach (var batch in _keys.Batches)
        {
            _sink.Push(new Batch([batch[0].Retain()], batch.RowCount));
        }
    }
}
