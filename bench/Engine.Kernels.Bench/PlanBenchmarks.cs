using BenchmarkDotNet.Attributes;
using Engine.Core.Connectors;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Exec.Expressions;
using Engine.Exec.Functions;
using Engine.Parser;
using Engine.Planner;
using Engine.Planner.Binding;
using Engine.Planner.Physical;
using Engine.Planner.Rules;
using Engine.Planner.Tests;
using Engine.Server.Sessions;
using Engine.Storage.ObjectStores.Local;
using Engine.Storage.Parquet;
using Engine.Storage.Parquet.Writing;
using Ast = Engine.Parser.Ast;

namespace Engine.Kernels.Bench;

/// <summary>What a query costs before its first row: the footer of a wide file, the plan, an empty pipeline.</summary>
public class PlanBenchmarks
{
    private const int ColumnCount = 105;
    private const int GroupCount = 226;

    private static readonly CancellationToken None = CancellationToken.None;

    private string _file = null!;
    private DataFile _listed = null!;
    private string _query8 = null!;
    private EmbeddedEngine _engine = null!;
    private Session _session = null!;
    private PlanNode _emptyPlan = null!;

    [GlobalSetup]
    public void Setup()
    {
        _file = Path.Combine(Path.GetTempPath(), $"qe-bench-{Environment.ProcessId}.parquet");
        WriteWideFile(_file);
        _listed = new LocalObjectStore().List(_file, None)[0];
        using var query = new StreamReader(typeof(PlanBenchmarks).Assembly.GetManifestResourceStream("q08.sql")!);
        _query8 = query.ReadToEnd();
        _engine = new EmbeddedEngine(new EngineOptions { CatalogFolder = "no-catalog", Threads = 1 });
        _session = _engine.OpenSession();
        _emptyPlan = _session.Plan(((Ast.QueryStatement)Session.Parse("SELECT * FROM range(0)")[0]).Query, None);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _engine.Dispose();
        File.Delete(_file);
    }

    [Benchmark]
    [Gate("footer of 105 columns x 226 row groups", 2, GateUnit.Milliseconds)]
    public object Footer()
    {
        using var reader = new LocalObjectStore().Open(_listed);
        return ParquetFile.Read(reader, None);
    }

    /// <summary>From the text to the physical plan.</summary>
    [Benchmark]
    [Gate("plan of TPC-H Q8", 2, GateUnit.Milliseconds)]
    public object Query8()
    {
        var functions = FunctionRegistry.Default;
        var session = new SessionContext(0, TimeZoneInfo.Utc, "benchmark");
        var context = new BindingContext(functions, new TpchTables(), new ConstantExpressionEvaluator(functions, session), session, None);
        var query = ((Ast.QueryStatement)SqlParser.ParseStatement(_query8)).Query;
        return PhysicalPlanner.Plan(Optimizer.Optimize(Binder.Bind(query, context), new RuleContext(context), new HashSet<string>(StringComparer.Ordinal), null));
    }

    [Benchmark]
    [Gate("empty pipeline", 30, GateUnit.Microseconds)]
    public object? EmptyPipeline()
    {
        using var result = _session.Run("SELECT", _emptyPlan, None);
        return result.Next();
    }

    private static void WriteWideFile(string path)
    {
        using var pool = MemoryPool.CreateRoot("benchmarks");
        var schema = new Schema([.. Enumerable.Range(0, ColumnCount).Select(i => new Field($"column_{i}", i % 3 == 0 ? DataType.Varchar : DataType.BigInt))]);
        using var output = File.Create(path);
        using var writer = new ParquetWriter(output, schema, pool, new ParquetWriteOptions { RowGroupRows = 1, Compression = ParquetCompression.Snappy });
        for (var group = 0; group < GroupCount; group++)
        {
            using var batch = new Batch([.. schema.Select(field => OneValue(field.Type, group, pool))], 1);
            writer.Write(batch);
        }

        writer.Complete();
    }

    private static Column OneValue(DataType type, int value, MemoryPool pool)
    {
        using var builder = ColumnBuilder.Create(type, pool);
        builder.AppendValue(type == DataType.Varchar ? $"text {value}" : (long)value);
        return builder.Finish();
    }
}
