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
        // None of what rows hang on has none.
        var total = Math.Min(TableOf(source).OwnerCount(ScaleOf(source)), request.Limit ?? long.MaxValue);
        var length = Math.Max(MinSplit, total / MaxSplits);
        var splits = new List<Split>();
        for (long first = 0; first < total; first += length)
        {
            splits.Add(new TpchSplit(first, Math.Min(length, total - first)));
        }

        return splits;
    }

    public IBatchSource Open(Split split, TableSource source, ScanRequest request, ScanContext context) =>
        new Source((TpchSplit)split, TableOf(source), ScaleOf(source), request, context);

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
