using BenchmarkDotNet.Attributes;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Expressions;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Exec.Expressions;
using Engine.Exec.Functions;

namespace Engine.Kernels.Bench;

/// <summary>Conditions over batches as a filter evaluates them: from columns to the bitmap of rows that are in, and on to the rows themselves.</summary>
public unsafe class FilterBenchmarks
{
    private const int RowCount = Batch.DefaultRowCount;

    /// <summary>Bytes of the integers that a batch has.</summary>
    private const int IntegerBytes = RowCount * sizeof(int);

    private MemoryPool _pool = null!;
    private EvaluationContext _context = null!;
    private Batch _integers = null!;
    private Batch _ids = null!;
    private Batch _texts = null!;
    private NativeBuffer _bits = null!;
    private Evaluator _isSmall = null!;
    private Evaluator _isAir = null!;
    private Evaluator _isLike = null!;

    [GlobalSetup]
    public void Setup()
    {
        _pool = MemoryPool.CreateRoot("benchmarks");
        _context = new EvaluationContext(_pool, new SessionContext(0, TimeZoneInfo.Utc, "benchmark"));
        var random = new Random(1);
        _integers = BatchOf(DataType.Integer, Enumerable.Range(0, RowCount).Select(object (_) => random.Next(100)));
        using var modes = BatchOf(DataType.Varchar, ["REG AIR", "AIR", "RAIL", "SHIP", "TRUCK", "MAIL", "FOB"]);
        _ids = new Batch([DictionaryColumn.Encode(modes[0].Retain(), [.. Enumerable.Range(0, RowCount).Select(_ => random.Next(7))], _pool)], RowCount);
        _texts = BatchOf(DataType.Varchar, UrlText.Create().Select(object (text) => System.Text.Encoding.UTF8.GetString(text)));
        _bits = _pool.Allocate(Bitmap.ByteCount(RowCount), "bits");
        random.NextBytes(_bits.Span);
        _isSmall = Condition("<", DataType.Integer, 50);
        _isAir = Condition("=", DataType.Varchar, "AIR");
        _isLike = Condition("~~", DataType.Varchar, "%google%");
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        IDisposable[] all = [_isSmall, _isAir, _isLike, _integers, _ids, _texts];
        foreach (var one in all)
        {
            one.Dispose();
        }

        _bits.Release();
        _pool.Dispose();
    }

    [Benchmark(OperationsPerInvoke = RowCount)]
    [Gate("dictionary filter on ids", 3, GateUnit.BillionsPerSecond)]
    public int FilterIds() => Select(_isAir, _ids);

    [Benchmark(OperationsPerInvoke = IntegerBytes)]
    [Gate("integer filter to bitmap", 10, GateUnit.GigabytesPerSecond)]
    public int FilterIntegers() => Select(_isSmall, _integers);

    [Benchmark(OperationsPerInvoke = RowCount)]
    [Gate("bitmap to compressed column", 2, GateUnit.BillionsPerSecond)]
    public int Compress()
    {
        using var selection = new Selection(_bits.Retain(), RowCount, _pool);
        using var taken = _integers[0].Take(selection.Rows, _pool);
        return taken.Length;
    }

    [Benchmark(OperationsPerInvoke = UrlText.ByteCount)]
    [Gate("LIKE '%google%' over a page of URLs", 8, GateUnit.GigabytesPerSecond)]
    public int Like() => Select(_isLike, _texts);

    private static Evaluator Condition(string function, DataType type, object value) => new ExpressionCompiler(FunctionRegistry.Default)
        .Compile(new Call(function, [new ColumnReference(0, "x", type), new Literal(value, type)], DataType.Boolean));

    private Batch BatchOf(DataType type, IEnumerable<object> values)
    {
        using var builder = ColumnBuilder.Create(type, _pool);
        foreach (var value in values)
        {
            builder.AppendValue(value);
        }

        var column = builder.Finish();
        return new Batch([column], column.Length);
    }

    private int Select(Evaluator condition, Batch batch)
    {
        using var verdict = condition.Evaluate(_context, batch);
        using var result = BooleanResult.Of(verdict, _pool);
        return Bitmap.CountSet(result.True.Pointer, batch.RowCount);
    }
}
