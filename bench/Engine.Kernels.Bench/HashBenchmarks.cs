using BenchmarkDotNet.Attributes;
using Engine.Core.Columns;
using Engine.Core.Expressions;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Exec.Functions;
using Engine.Exec.Keys;
using Engine.Exec.Operators.Aggregate;
using Engine.Exec.Operators.Join;
using Engine.Exec.Pipelines;
using Engine.Exec.Spill;
using Engine.Planner.Physical;

namespace Engine.Kernels.Bench;

/// <summary>Hash tables of small and large size: count(*) by an integer, and a join's probe by one. Tables are built inside the measurement but for the join's.</summary>
public class HashBenchmarks
{
    private const int SmallRows = 16 << 20;
    private const int ManyGroups = 10_000_000;
    private const int ManyRows = 2 * ManyGroups;
    private const int MostGroups = 100_000_000;

    private MemoryPool _pool = null!;
    private QueryContext _query = null!;
    private RandomKeys _keys = null!;
    private JoinTable? _table;
    private KeyEncoder? _encoder;

    [GlobalSetup(Target = nameof(FewGroups))]
    public void SetupFew() => Setup(SmallRows, 1024);

    [GlobalSetup(Target = nameof(TenMillionGroups))]
    public void SetupMany() => Setup(ManyRows, ManyGroups);

    [GlobalSetup(Target = nameof(HundredMillionGroups))]
    public void SetupMost() => Setup(MostGroups, MostGroups);

    [GlobalSetup(Target = nameof(ProbeTenMillion))]
    public void SetupProbe()
    {
        Setup(ManyGroups, ManyGroups);
        using var part = new BuildPart(0, [DataType.BigInt], [DataType.BigInt], _pool);
        foreach (var batch in _keys.Batches)
        {
            part.Append(batch.Columns.AsSpan(), batch.Columns.AsSpan(), batch.RowCount);
        }

        _table = new JoinTable(part, new BuildFacts(IsEmpty: false, HasNullKey: false), [new KeyColumn(DataType.BigInt)], new JoinKeys([]), tracksMatches: false, _pool);
        _encoder = new KeyEncoder([new KeyColumn(DataType.BigInt)], _pool);

        // Other keys' order than the table was built in, or the probes would walk through memory.
        _keys.Dispose();
        _keys = new RandomKeys(ManyRows, ManyGroups, _pool);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _table?.Dispose();
        _encoder?.Dispose();
        _keys.Dispose();
        _pool.Dispose();
    }

    [Benchmark(OperationsPerInvoke = SmallRows)]
    [Gate("group by, 1 K integer groups", 250, GateUnit.MillionsPerSecond)]
    public int FewGroups() => CountByKey();

    [Benchmark(OperationsPerInvoke = ManyRows)]
    [Gate("group by, 10 M groups", 40, GateUnit.MillionsPerSecond)]
    public int TenMillionGroups() => CountByKey();

    [Benchmark(OperationsPerInvoke = MostGroups)]
    [Gate("group by, 100 M groups", 25, GateUnit.MillionsPerSecond, IsLarge = true)]
    public int HundredMillionGroups() => CountByKey();

    [Benchmark(OperationsPerInvoke = ManyRows)]
    [Gate("hash join probe, 10 M rows built", 50, GateUnit.MillionsPerSecond)]
    public long ProbeTenMillion()
    {
        var sum = 0L;
        Span<int> rows = stackalloc int[Batch.DefaultRowCount];
        foreach (var batch in _keys.Batches)
        {
            var found = rows[..batch.RowCount];
            _table!.Find(_encoder!.Encode(batch.Columns.AsSpan(), batch.RowCount), found);
            sum += found[0];
        }

        return sum;
    }

    private void Setup(int rowCount, int keyCount)
    {
        _pool = MemoryPool.CreateRoot("benchmarks");
        var session = new SessionContext(0, TimeZoneInfo.Utc, "benchmark");
        _query = new QueryContext(_pool, FunctionRegistry.Default, session, [], new SpillFolder(Path.GetTempPath()), new ExecutionOptions(1, Batch.DefaultRowCount));
        _keys = new RandomKeys(rowCount, keyCount, _pool);
    }

    private int CountByKey()
    {
        var keySchema = Schema.Of(new Field("key", DataType.BigInt));
        var node = new AggregateNode(
            new ValuesNode([], keySchema),
            [new ColumnReference(0, "key", DataType.BigInt)],
            [new AggregateSpecification("count", [], DataType.BigInt, IsDistinct: false, Filter: null, OrderBy: [])],
            Schema.Of(new Field("key", DataType.BigInt), new Field("count", DataType.BigInt)));
        using var table = new AggregateTable(node, _query);
        foreach (var batch in _keys.Batches)
        {
            table.Add(batch);
        }

        using var results = table.TakeResults();
        return results.RowCount;
    }
}
