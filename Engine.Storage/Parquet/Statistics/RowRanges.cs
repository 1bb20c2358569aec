using System.Collections.Immutable;

namespace Engine.Storage.Parquet.Statistics;

/// <summary>Rows from one up to another that is no longer in, counted in their row group.</summary>
internal readonly record struct RowRange(long Start, long End);

/// <summary>Some of the rows of a row group: ranges in ascending order.</summary>
internal sealed class RowRanges
{
    public static readonly RowRanges None = new([]);

    /// <param name="ranges">Ascending; those that touch become one.</param>
    public RowRanges(ImmutableArray<RowRange> ranges)
    {
        var joined = ImmutableArray.CreateBuilder<RowRange>();
        foreach (var range in ranges)
        {
            if (joined.Count > 0 && joined[^1].End == range.Start)
            {
                joined[^1] = joined[^1] with { End = range.End };
            }
            else if (range.Start < range.End)
            {
                joined.Add(range);
            }
        }

        Ranges = joined.ToImmutable();
    }

    public ImmutableArray<RowRange> Ranges { get; }

    public static RowRanges All(long rowCount) => new([new RowRange(0, rowCount)]);

    /// <summary>The rows that are in both.</summary>
    public RowRanges Intersect(RowRanges other)
    {
        var common = ImmutableArray.CreateBuilder<RowRange>();
        for (var (i, k) = (0, 0); i < Ranges.Length && k < other.Ranges.Length;)
        {
            var (left, right) = (Ranges[i], other.Ranges[k]);
            var range = new RowRange(Math.Max(left.Start, right.Start), Math.Min(left.End, right.End));
            if (range.Start < range.End)
            {
                common.Add(range);
            }

            _ = left.End < right.End ? i++ : k++;
        }

        return new RowRanges(common.ToImmutable());
    }
}
