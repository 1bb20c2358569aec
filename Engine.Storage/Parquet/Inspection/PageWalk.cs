using Engine.Storage.Parquet.Footer;

namespace Engine.Storage.Parquet.Inspection;

/// <summary>A page as its head tells of it.</summary>
internal sealed record WalkedPage(long Offset, int HeaderLength, PageHeader Header, PageHeaderDetails Details)
{
    public bool IsData => Header.Type is PageType.Data or PageType.DataV2;
}

/// <summary>Goes through the pages of a column chunk by their heads, without reading what is in them.</summary>
internal static class PageWalk
{
    private const int UsualHeadLength = 256;
    private const int MaxHeadLength = 16 << 20;

    /// <summary>The pages, up to the one with the last value.</summary>
    /// <exception cref="InvalidDataException">A head that is none, or a page that does not fit.</exception>
    public static IEnumerable<WalkedPage> Of(InspectedChunk chunk, CancellationToken cancellationToken)
    {
        var (position, left) = (chunk.Chunk.Start, chunk.Chunk.ValueCount);
        while (left > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = ReadHead(chunk.File, position, cancellationToken);
            if (page.Header.CompressedLength > chunk.File.Footer.FooterStart - position - page.HeaderLength)
            {
                throw new InvalidDataException($"a page of {page.Header.CompressedLength} bytes at {position} does not fit the file");
            }

            if (page.IsData)
            {
                left -= page.Header.ValueCount >= 0 && page.Header.ValueCount <= left
                    ? page.Header.ValueCount
                    : throw new InvalidDataException($"a page at {position} has {page.Header.ValueCount} values where {left} are left");
            }

            yield return page;
            position += page.HeaderLength + page.Header.CompressedLength;
        }
    }

    private static WalkedPage ReadHead(InspectedFile file, long position, CancellationToken cancellationToken)
    {
        var room = file.Footer.FooterStart - position;
        if (position < 0 || room <= 0)
        {
            throw new InvalidDataException($"its pages end at {position} before its last value");
        }

        for (var length = UsualHeadLength; ; length *= 4)
        {
            var bytes = new byte[Math.Min(length, room)];
            var read = file.Reader.Read(position, bytes, cancellationToken);
            file.Metrics.AddBytes(read);
            try
            {
                var thrift = new CompactReader(bytes.AsSpan(0, read));
                var again = thrift;
                var header = PageHeaderParser.Read(ref thrift);
                return new WalkedPage(position, thrift.Position, header, PageHeaderDetails.Read(ref again));
            }
            catch (Exception problem) when (problem is EndOfStreamException or InvalidDataException && length < Math.Min(room, MaxHeadLength))
            {
                // Statistics of long strings make a long head: look further.
            }
            catch (EndOfStreamException problem)
            {
                throw new InvalidDataException($"the head of a page at {position} is cut off", problem);
            }
        }
    }
}
