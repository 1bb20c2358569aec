using System.Collections.Immutable;
using Engine.Catalog;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Connectors;
using Engine.Core.Functions;
using Engine.Core.Memory;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Expressions;
using Engine.Exec.Functions;
using Engine.Exec.Pipelines;
using Engine.Exec.Spill;
using Engine.Parser;
using Engine.Planner;
using Engine.Planner.Binding;
using Engine.Planner.Physical;
using Engine.Planner.Rules;
using Ast = Engine.Parser.Ast;

namespace Engine.Exec.Tests.Operators;

/// <summary>How the columns of the test table lie in memory.</summary>
public enum TableEncoding
{
    Flat,

    /// <summary>Flat, beginning in the middle of their buffers.</summary>
    Sliced,

    /// <summary>Flat, with rows that are not selected between those that are.</summary>
    Selected,
    Dictionary,

    /// <summary>Dictionaries whose NULL is an entry.</summary>
    NullInDictionary,
    RunEnd,
    Constant,
}

/// <summary>A table "t" of 240 rows in runs of eight equal ones, in several pieces.</summary>
internal sealed class EncodedTable(TableEncoding encoding) : ITableConnector, ITableResolver
{
    private const int RunLength = 8;
    private const int RunCount = 30;
    private const int SplitCount = 3;

    /// <summary>Of all tests, as thousands of queries run.</summary>
    private static readonly WorkerPool Workers = new(2);

    private static readonly Schema Columns = new(((RowType)TypeName.Parse(
        "row(id integer, n bigint, s text, f double, m decimal(12,2), w decimal(30,4), d date, ts timestamp, b boolean, u uuid, a integer[], r row(x integer, y text))")).Fields);

    /// <summary>The rows of a query over the table, as text.</summary>
    public static List<string> Query(string sql, TableEncoding encoding, MemoryPool pool, bool spillsAlways = false)
    {
        var table = new EncodedTable(encoding);
        var session = new SessionContext(0, TimeZoneInfo.Utc, "test");
        var binding = new BindingContext(
            FunctionRegistry.Default, table, new ConstantExpressionEvaluator(FunctionRegistry.Default, session), session, CancellationToken.None);
        var plan = PhysicalPlanner.Plan(Optimizer.Optimize(
            Binder.Bind(((Ast.QueryStatement)SqlParser.ParseStatement(sql)).Query, binding), new RuleContext(binding), new HashSet<string>()));
        var context = new QueryContext(
            pool, FunctionRegistry.Default, session, [table], new SpillFolder(Path.GetTempPath()), new ExecutionOptions(2, 2048, spillsAlways));
        using var execution = QueryExecution.Start(plan, context, Workers, CancellationToken.None);
        var rows = new List<string>();
        while (execution.Next() is { } batch)
        {
            using (batch)
            {
                for (var row = 0; row < batch.RowCount; row++)
                {
                    rows.Add(string.Join('|', batch.Columns.Select(column => ColumnText.ToString(column, row) ?? "NULL")));
                }
            }
        }

        return rows;
    }


    public IReadOnlyDictionary<string, string> FileFunctions => new Dictionary<string, string>(StringComparer.Ordinal);

    public CatalogEntry? Find(TableName name, CancellationToken cancellationToken) =>
        name.Name == "t" ? new TableEntry("public", "t", new Source()) : null;

    public TableSource OpenFiles(IReadOnlyList<string> location, string? format, FormatOptions options, Schema? columns, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("no files here");

    public IEnumerable<(string Schema, string Name, bool IsView)> List(string? schema) => [("public", "t", false)];

    public bool Reads(TableSource source) => source is Source;

    public IReadOnlyList<Split> ListSplits(TableSource source, ScanRequest request, CancellationToken cancellationToken) =>
        [.. Enumerable.Range(0, SplitCount).Select(piece => new Piece(piece))];

    public IBatchSource Open(Split split, TableSource source, ScanRequest request, ScanContext context) =>
        new Reader(((Piece)split).Index, encoding, request.Projection, context.Pool);

    /// <summary>The value of a column in a run; about every seventh is NULL, and values come back in other runs.</summary>
    private static object? Value(int column, int run)
    {
        var random = new Random((column * 1000) + (run % 11));
        if (column > 0 && random.Next(7) == 0)
        {
            return null;
        }

        var number = random.Next(5);
        return Columns[column].Type.Kind switch
        {
            _ when column == 0 => run,
            TypeKind.BigInt => (long)number - 2,
            TypeKind.Varchar => number == 0 ? string.Empty : new string((char)('a' + number), number * 5),
            TypeKind.Double => number switch { 0 => double.NaN, 1 => -0.0, 2 => 0.0, _ => number * 1.5 },
            TypeKind.Decimal => (Int128)(number - 2) * 12345,
            TypeKind.Date => 19000 + number,
            TypeKind.Timestamp => 1_700_000_000_000_000L + (number * 86_400_000_000L),
            TypeKind.Boolean => number > 2,
            TypeKind.Uuid => (UInt128)number << 90,
            TypeKind.Array => Enumerable.Range(0, number).Select(item => item == 2 ? null : (object?)item).ToImmutableArray(),
            _ => ImmutableArray.Create<object?>(number, number == 3 ? null : "row " + number),
        };
    }

    private sealed record Source() : TableSource("t", Columns);

    private sealed record Piece(int Index) : Split;

    private sealed class Reader(int piece, TableEncoding encoding, ImmutableArray<int> projection, MemoryPool pool) : IBatchSource
    {
        private const int RunsPerPiece = RunCount / SplitCount;

        private int _next;

        public Batch? Next(CancellationToken cancellationToken)
        {
            var runsPerBatch = encoding == TableEncoding.Constant ? 1 : 4;
            var runs = Math.Min(runsPerBatch, RunsPerPiece - _next);
            if (runs == 0)
            {
                return null;
            }

            var first = (piece * RunsPerPiece) + _next;
            _next += runs;
            var columns = projection.Select(column => Encode(column, first, runs)).ToImmutableArray();
            return encoding == TableEncoding.Selected
                ? new Batch(columns, runs * RunLength * 2, EverySecondRow(runs * RunLength * 2))
                : new Batch(columns, runs * RunLength);
        }

        public void Dispose()
        {
        }

        private Column Encode(int column, int firstRun, int runs)
        {
            var values = Enumerable.Range(firstRun, runs).Select(run => Value(column, run)).ToArray();
            var type = Columns[column].Type;
            switch (encoding)
            {
                case TableEncoding.Flat:
                    return Build(type, values.SelectMany(value => Enumerable.Repeat(value, RunLength)));
                case TableEncoding.Sliced:
                    using (var longer = Build(type, [Value(column, 7), null, Value(column, 8), .. values.SelectMany(value => Enumerable.Repeat(value, RunLength)), null]))
                    {
                        return longer.Slice(3, runs * RunLength, pool);
                    }

                case TableEncoding.Selected:
                    return Build(type, values.SelectMany(value => Enumerable.Repeat(value, RunLength)).SelectMany(value => (object?[])[Value(column, 3), value]));
                case TableEncoding.Dictionary:
                    return OverDictionary(type, values, values.All(value => value is null) ? [null] : [.. values.OfType<object>()]);
                case TableEncoding.NullInDictionary:
                    return OverDictionary(type, values, [null, .. values.OfType<object>()]);
                case TableEncoding.RunEnd:
                    return new RunEndColumn(runs * RunLength, RunEnds(runs), Build(type, values));
                default:
                    return ColumnValue.ToConstant(type, values[0], RunLength, pool);
            }
        }

        private Column Build(DataType type, IEnumerable<object?> values)
        {
            using var builder = ColumnBuilder.Create(type, pool);
            foreach (var value in values)
            {
                builder.AppendValue(value);
            }

            return builder.Finish();
        }

        /// <summary>A NULL that is no entry is said by the validity, over any id.</summary>
        private unsafe DictionaryColumn OverDictionary(DataType type, object?[] values, object?[] entries)
        {
            var rows = values.Length * RunLength;
            var ids = pool.Allocate(rows, "ids");
            var validity = pool.Allocate(Bitmap.ByteCount(rows), "validity");
            Bitmap.Fill(validity.Pointer, rows, value: true);
            for (var row = 0; row < rows; row++)
            {
                var entry = Array.IndexOf(entries, values[row / RunLength]);
                ids.Pointer[row] = (byte)Math.Max(entry, 0);
                if (entry < 0)
                {
                    Bitmap.Clear(validity.Pointer, row);
                }
            }

            return new DictionaryColumn(rows, new BufferSlice(ids), 1, Build(type, entries), new BufferSlice(validity));
        }

        private unsafe BufferSlice RunEnds(int runs)
        {
            var ends = pool.Allocate(runs * sizeof(int), "run ends");
            for (var run = 0; run < runs; run++)
            {
                ((int*)ends.Pointer)[run] = (run + 1) * RunLength;
            }

            return new BufferSlice(ends);
        }

        private unsafe Selection EverySecondRow(int rowCount)
        {
            var words = pool.AllocateCleared(Bitmap.ByteCount(rowCount), "selection");
            for (var row = 1; row < rowCount; row += 2)
            {
                Bitmap.Set(words.Pointer, row);
            }

            return new Selection(words, rowCount, pool);
        }
    }
}
