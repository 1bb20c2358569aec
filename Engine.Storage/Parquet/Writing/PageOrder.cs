namespace Engine.Storage.Parquet.Writing;

/// <summary>Whether the pages of a chunk are sorted by their bounds, so that readers may search rather than look at each.</summary>
internal static class PageOrder
{
    /// <summary>Null where a page with values has no bounds: the format then has no index of the chunk's bounds.</summary>
    public static BoundaryOrder? Of(IReadOnlyList<WrittenPage> pages, ValueBuffer values)
    {
        var (isAscending, isDescending) = (true, true);
        ValueBounds? last = null;
        foreach (var page in pages)
        {
            if (page.Bounds is not { } bounds)
            {
                if (page.NullCount < page.ValueCount)
                {
                    return null;
                }

                continue;
            }

            if (last is not null)
            {
                var (min, max) = (values.Compare(last.Min, bounds.Min), values.Compare(last.Max, bounds.Max));
                isAscending &= min <= 0 && max <= 0;
                isDescending &= min >= 0 && max >= 0;
            }

            last = bounds;
        }

        return isAscending ? BoundaryOrder.Ascending : isDescending ? BoundaryOrder.Descending : BoundaryOrder.Unordered;
    }
}
