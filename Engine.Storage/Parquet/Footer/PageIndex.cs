using System.Collections.Immutable;

namespace Engine.Storage.Parquet.Footer;

/// <summary>A stretch of a file.</summary>
internal readonly record struct FileRange(long Offset, int Length);

/// <summary>The bounds of each page of a column chunk (PageIndex.md).</summary>
/// <param name="Pages">In the order of the file; those of a page of NULLs alone have no bounds.</param>
/// <param name="NullPages">Which pages hold NULLs alone.</param>
internal sealed record ColumnIndex(ImmutableArray<ChunkStatistics> Pages, ImmutableArray<bool> NullPages);

/// <summary>Where a page begins, its head included, and with which row of its group.</summary>
internal readonly record struct PageLocation(long Offset, int Length, long FirstRow);

/// <summary>Reads the structures of the page index.</summary>
internal static class PageIndexParser
{
    /// <exception cref="InvalidDataException">Its lists are of different lengths.</exception>
    public static ColumnIndex ReadColumnIndex(ref CompactReader reader)
    {
        var (nullPages, lows, highs, nullCounts) = (new List<bool>(), new List<byte[]>(), new List<byte[]>(), new List<long>());
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            if (type != CompactType.List || id is not (1 or 2 or 3 or 5))
            {
                reader.Skip(type);
                continue;
            }

            var count = reader.ReadListHead(out var element);
            for (; count > 0; count--)
            {
                switch (id, element)
                {
                    case (1, CompactType.True or CompactType.False):
                        nullPages.Add(reader.ReadInt8() == (int)CompactType.True);
                        break;
                    case (2 or 3, CompactType.Binary):
                        (id == 2 ? lows : highs).Add(reader.ReadBinary().ToArray());
                        break;
                    case (5, CompactType.Int64):
                        nullCounts.Add(reader.ReadInt64());
                        break;
                    default:
                        throw new InvalidDataException($"a column index has a list of {element}");
                }
            }
        }

        if (lows.Count != nullPages.Count || highs.Count != nullPages.Count || (nullCounts.Count != 0 && nullCounts.Count != nullPages.Count))
        {
            throw new InvalidDataException("the lists of a column index are of different lengths");
        }

        var pages = nullPages.Select((isNull, page) => new ChunkStatistics
        {
            Min = isNull ? null : lows[page],
            Max = isNull ? null : highs[page],
            NullCount = nullCounts.Count == 0 ? null : nullCounts[page],
        });
        return new ColumnIndex([.. pages], [.. nullPages]);
    }

    public static ImmutableArray<PageLocation> ReadOffsetIndex(ref CompactReader reader)
    {
        var pages = ImmutableArray.CreateBuilder<PageLocation>();
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            if ((id, type) != (1, CompactType.List))
            {
                reader.Skip(type);
                continue;
            }

            var count = reader.ReadListHead(out var element);
            if (element != CompactType.Struct && count > 0)
            {
                throw new InvalidDataException($"an offset index has a list of {element}");
            }

            for (; count > 0; count--)
            {
                pages.Add(ReadLocation(ref reader));
            }
        }

        return pages.ToImmutable();
    }

    private static PageLocation ReadLocation(ref CompactReader reader)
    {
        var location = new PageLocation(-1, -1, -1);
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            switch (id, type)
            {
                case (1, CompactType.Int64):
                    location = location with { Offset = reader.ReadInt64() };
                    break;
                case (2, CompactType.Int32):
                    location = location with { Length = reader.ReadInt32() };
                    break;
                case (3, CompactType.Int64):
                    location = location with { FirstRow = reader.ReadInt64() };
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return location;
    }
}
