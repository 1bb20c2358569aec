using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Types;

namespace Engine.Exec.Operators.Scan;

/// <summary>A stretch of a series.</summary>
public sealed record SeriesSplit(long First, long Count) : Split;

/// <summary>Makes the numbers of <c>generate_series</c>.</summary>
public sealed class SeriesConnector : ITableConnector
{
    private const long RowsPerSplit = 64 * Batch.DefaultRowCount;

    /// <summary>However long a series is, the list of its stretches is not: theirs grow.</summary>
    private const int MaxSplits = 4096;

    public bool Reads(TableSource source) => source is SeriesTableSource;

    public IReadOnlyList<Split> ListSplits(TableSource source, ScanRequest request, CancellationToken cancellationToken)
    {
        var total = (long)Int128.Min(((SeriesTableSource)source).Count, request.Limit ?? long.MaxValue);
        var splits = new List<Split>();
        var length = Math.Max(RowsPerSplit, (total / MaxSplits) + 1);
        for (long first = 0, count; first < total; first += count)
        {
            count = Math.Min(length, total - first);
            splits.Add(new SeriesSplit(first, count));
        }

        return splits;
    }

    public IBatchSource Open(Split split, TableSource source, ScanRequest request, ScanContext context) =>
        new Source((SeriesSplit)split, (SeriesTableSource)source, request, context);

    private sealed class Source(SeriesSplit split, SeriesTableSource series, ScanRequest request, ScanContext context) : IBatchSource
    {
        private long _next = split.First;

        public unsafe Batch? Next(CancellationToken cancellationToken)
        {
            var count = (int)Math.Min(context.BatchRowCount, split.First + split.Count - _next);
            if (count <= 0)
            {
                return null;
            }

            var columns = ImmutableArray.CreateBuilder<Column>();
            if (!request.Projection.IsEmpty)
            {
                var buffer = context.Pool.Allocate(count * 8L, "series");
                var value = (long)(series.Start + ((Int128)_next * series.Step));
                for (var i = 0; i < count; i++)
                {
                    ((long*)buffer.Pointer)[i] = value;
                    value = unchecked(value + series.Step);
                }

                columns.Add(new FixedColumn(DataType.BigInt, count, new BufferSlice(buffer), default));
            }

            _next += count;
            context.Metrics.AddRows(count);
            return new Batch(columns.ToImmutable(), count);
        }

        public void Dispose()
        {
        }
    }
}
