namespace Engine.Storage.ObjectStores;

/// <summary>A stretch of a file's bytes.</summary>
public readonly record struct ByteRange(long Start, long Length)
{
    /// <summary>Behind the last byte.</summary>
    public long End => Start + Length;

    /// <summary>Joins ranges, in file order, that lie so close to each other that one request for both costs less than two.</summary>
    /// <param name="ranges">In any order; they may overlap.</param>
    /// <param name="gap">Bytes between two that are fetched for nothing at most.</param>
    public static IReadOnlyList<ByteRange> Coalesce(IEnumerable<ByteRange> ranges, long gap)
    {
        var joined = new List<ByteRange>();
        foreach (var range in ranges.OrderBy(range => range.Start))
        {
            if (joined is [.., var last] && range.Start - last.End <= gap)
            {
                joined[^1] = last with { Length = Math.Max(last.End, range.End) - last.Start };
            }
            else
            {
                joined.Add(range);
            }
        }

        return joined;
    }
}
