using System.Collections.Immutable;
using System.Globalization;
using Engine.Catalog.Tpch.Rows;
using Engine.Core.Columns;
using Engine.Core.Connectors;

namespace Engine.Catalog.Tpch;

/// <summary>A stretch of a table; of rows that hang on others, as items on orders, so many of those others.</summary>
internal sealed record TpchSplit(long First, long Count) : Split;

/// <summary>Makes the rows of the TPC-H tables: any thread any stretch, and no columns but those that are asked for.</summary>
public sealed class TpchConnector : ITableConnector
{
    private const long MinSplit = 10_000;
    private const long MaxSplits = 100_000;

    public bool Reads(TableSource source) => source is TpchTableSource;

    public IReadOnlyList<Split> ListSplits(TableSource source, ScanRequest request, CancellationToken cancellationToken)
    {
        var (start, end) = Range(TableOf(source), ScaleOf(source), request.Constraints);

        // None of what rows hang on is without.
        end = Math.Min(end, start + (request.Limit ?? long.MaxValue - start));
        var length = Math.Max(MinSplit, (end - start) / MaxSplits);
        var splits = new List<Split>();
        for (var first = start; first < end; first += length)
        {
            splits.Add(new TpchSplit(first, Math.Min(length, end - first)));
        }

        return splits;
    }

    public IBatchSource Open(Split split, TableSource source, ScanRequest request, ScanContext context) =>
        new Source((TpchSplit)split, TableOf(source), ScaleOf(source), request, context);

    /// <summary>What conditions on the key leave.</summary>
    private static (long Start, long End) Range(TpchTable table, TpchScale scale, ImmutableArray<ColumnConstraint> constraints)
    {
        var (start, end) = (0L, table.OwnerCount(scale));
        foreach (var constraint in constraints.Where(constraint => constraint is { Column: 0, Value: long or int }))
        {
            var key = Convert.ToInt64(constraint.Value, CultureInfo.InvariantCulture);
            var from = table.FirstFrom(key, scale);
            var after = key == long.MaxValue ? from : table.FirstFrom(key + 1, scale);
            (start, end) = constraint.Operator switch
            {
                ConstraintOperator.Equal => (Math.Max(start, from), Math.Min(end, after)),
                ConstraintOperator.Less => (start, Math.Min(end, from)),
                ConstraintOperator.LessOrEqual => (start, Math.Min(end, after)),
                ConstraintOperator.Greater => (Math.Max(start, after), end),
                ConstraintOperator.GreaterOrEqual => (Math.Max(start, from), end),
                _ => (start, end),
            };
        }

        return (start, end);
    }

    private static TpchTable TableOf(TableSource source) => TpchTables.All.Single(table => table.Name == source.Name);

    private static TpchScale ScaleOf(TableSource source) => new(((TpchTableSource)source).ScaleFactor);

    private sealed class Source(TpchSplit split, TpchTable table, TpchScale scale, ScanRequest request, ScanContext context) : IBatchSource
    {
        private long _done;

        public Batch? Next(CancellationToken cancellationToken)
        {
            if (_done == split.Count)
            {
                return null;
            }

            var (rows, count) = table.Make(new BlockPlace(scale, split.First + _done, split.Count - _done, context.BatchRowCount, context.Pool), request.Projection);
            _done += count;
            context.Metrics.AddRows(rows.RowCount);
            return rows;
        }

        public void Dispose()
        {
        }
    }
}
