using System.IO.Hashing;
using Engine.Core.Connectors;
using Engine.Core.Memory;
using Engine.Storage.Compression;
using Engine.Storage.Parquet.Footer;

namespace Engine.Storage.Parquet.Pages;

/// <summary>Gives the pages of a column chunk, decompressed.</summary>
internal sealed class PageSource(ChunkInput input, ParquetCodec codec, MemoryPool pool, ScanMetrics metrics) : IDisposable
{
    private const int HeadLength = 1 << 10;
    private const int MaxHeadLength = 16 << 20;

    /// <summary>Of the next page, where it has been read already.</summary>
    private PageHeader? _header;

    /// <summary>Where the next page begins in the file.</summary>
    public long Position => input.Position;

    /// <summary>Goes on with a page elsewhere.</summary>
    /// <param name="page">The page.</param>
    /// <param name="skipped">Pages left out on the way.</param>
    public void Seek(PageLocation page, int skipped)
    {
        _header = null;
        metrics.AddPagesSkipped(skipped);
        input.Seek(page.Offset, page.Length);
    }

    /// <summary>The header of the next page, which stays the next one.</summary>
    public PageHeader Peek(CancellationToken cancellationToken) => _header ??= ReadHeader(cancellationToken);

    /// <summary>Leaves the next page out, without a look at its content.</summary>
    public void PassOver(CancellationToken cancellationToken)
    {
        input.Skip(Peek(cancellationToken).CompressedLength);
        _header = null;
        metrics.AddPagesSkipped(1);
    }

    /// <summary>The next page, whose buffer the caller releases.</summary>
    public (PageHeader Header, NativeBuffer Content) Next(CancellationToken cancellationToken)
    {
        var header = Peek(cancellationToken);
        _header = null;
        var stored = input.Peek(header.CompressedLength, cancellationToken);
        if (header.Checksum is { } checksum && Crc32.HashToUInt32(stored) != checksum)
        {
            throw new InvalidDataException($"its checksum is not {checksum:x8}");
        }

        // The levels of a version 2 page stand before what is compressed.
        var bare = header.Type == PageType.DataV2 ? CheckLevels(header) : 0;
        var valueCodec = header.IsCompressed ? codec : ParquetCodec.Uncompressed;
        if (!PageCodec.CanBe(valueCodec, stored[bare..], header.UncompressedLength - bare))
        {
            throw new InvalidDataException($"it claims {header.UncompressedLength} bytes in {header.CompressedLength}");
        }

        var content = pool.Allocate(header.UncompressedLength, "parquet page");
        try
        {
            stored[..bare].CopyTo(content.Span);
            if (header.UncompressedLength > bare)
            {
                PageCodec.Decompress(valueCodec, stored[bare..], content.Span[bare..]);
            }
        }
        catch
        {
            content.Release();
            throw;
        }

        input.Advance(header.CompressedLength);
        metrics.AddPagesRead(1);
        return (header, content);
    }

    public void Dispose() => input.Dispose();

    private static int CheckLevels(PageHeader header)
    {
        var (definition, repetition) = (header.DefinitionLength, header.RepetitionLength);
        return definition >= 0 && repetition >= 0 && (long)definition + repetition <= Math.Min(header.CompressedLength, header.UncompressedLength)
            ? definition + repetition
            : throw new InvalidDataException($"levels of {definition} and {repetition} bytes in a page of {header.CompressedLength}");
    }

    private PageHeader ReadHeader(CancellationToken cancellationToken)
    {
        if (input.Left <= 0)
        {
            throw new InvalidDataException("its pages end before its last row");
        }

        for (var length = input.Expected > 0 ? (int)Math.Min(HeadLength, input.Expected) : HeadLength; ; length *= 4)
        {
            var head = input.Peek((int)Math.Min(length, input.Left), cancellationToken);
            var thrift = new CompactReader(head);
            try
            {
                var header = PageHeaderParser.Read(ref thrift);
                input.Advance(thrift.Position);
                return header;
            }
            catch (Exception problem) when (problem is EndOfStreamException or InvalidDataException && length < Math.Min(input.Left, MaxHeadLength))
            {
                // Statistics of long strings make a long head: look further.
            }
        }
    }
}
