using System.Buffers.Binary;

namespace Engine.Storage.Compression;

/// <summary>One LZ4 frame from memory to memory; streams of them are for <see cref="Lz4ReadStream"/> and <see cref="Lz4WriteStream"/>.</summary>
public static class Lz4Frame
{
    private const int MaxHeaderLength = 15;

    /// <summary>The largest size that compressing so many bytes can give.</summary>
    public static int MaxCompressedLength(int byteCount)
    {
        var blockCount = (byteCount / Lz4FrameHeader.Written.MaxBlockLength) + 1;
        return checked(MaxHeaderLength + Lz4Block.MaxCompressedLength(byteCount) + (blockCount * 20) + (2 * sizeof(uint)));
    }

    /// <summary>Compresses into one frame; the target has room for <see cref="MaxCompressedLength"/> bytes.</summary>
    public static int Compress(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var header = Lz4FrameHeader.Written.ToBytes();
        header.CopyTo(target);
        var written = header.Length;
        var hash = XxHash32.Hash(source);
        for (; !source.IsEmpty; source = source[Math.Min(source.Length, Lz4FrameHeader.Written.MaxBlockLength)..])
        {
            var block = source[..Math.Min(source.Length, Lz4FrameHeader.Written.MaxBlockLength)];
            var content = target[(written + sizeof(uint))..];
            var length = Lz4Block.Compress(block, content);
            var flag = 0u;
            if (length >= block.Length)
            {
                block.CopyTo(content);
                (length, flag) = (block.Length, Lz4FrameHeader.UncompressedFlag);
            }

            BinaryPrimitives.WriteUInt32LittleEndian(target[written..], (uint)length | flag);
            written += sizeof(uint) + length;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(target[written..], 0);
        BinaryPrimitives.WriteUInt32LittleEndian(target[(written + sizeof(uint))..], hash);
        return written + (2 * sizeof(uint));
    }

    /// <summary>Decompresses one frame; false when it is corrupt, not all of the source, or does not fill the target exactly.</summary>
    public static bool TryDecompress(ReadOnlySpan<byte> source, Span<byte> target)
    {
        if (source.Length < sizeof(uint) || BinaryPrimitives.ReadUInt32LittleEndian(source) != Lz4FrameHeader.Magic)
        {
            return false;
        }

        var start = source.Slice(sizeof(uint), Math.Min(MaxHeaderLength, source.Length - sizeof(uint))).ToArray();
        var at = 0;
        Lz4FrameHeader header;
        try
        {
            header = Lz4FrameHeader.Read(count => (at += count) <= start.Length ? start[(at - count)..at] : throw new InvalidDataException("the LZ4 frame is cut off"));
        }
        catch (InvalidDataException)
        {
            return false;
        }

        return TryDecompressBlocks(header, source[(sizeof(uint) + at)..], target);
    }

    private static bool TryDecompressBlocks(Lz4FrameHeader header, ReadOnlySpan<byte> source, Span<byte> target)
    {
        var filled = 0;
        while (TryRead(ref source, out var size))
        {
            if (size == 0)
            {
                return filled == target.Length && TryReadEnd(header, source, target);
            }

            var length = size & ~Lz4FrameHeader.UncompressedFlag;
            if (length > header.MaxBlockLength || length > source.Length)
            {
                return false;
            }

            var block = source[..(int)length];
            source = source[(int)length..];
            if (header.HasBlockChecksums && !(TryRead(ref source, out var checksum) && checksum == XxHash32.Hash(block)))
            {
                return false;
            }

            if ((size & Lz4FrameHeader.UncompressedFlag) == 0)
            {
                var room = target[..Math.Min(target.Length, filled + header.MaxBlockLength)];
                if (!Lz4Block.TryDecompress(block, room, filled, out filled))
                {
                    return false;
                }
            }
            else if (block.TryCopyTo(target[filled..]))
            {
                filled += block.Length;
            }
            else
            {
                return false;
            }
        }

        return false;
    }

    private static bool TryReadEnd(Lz4FrameHeader header, ReadOnlySpan<byte> source, ReadOnlySpan<byte> content) =>
        (header.ContentLength is not { } length || length == (ulong)content.Length)
        && (!header.HasContentChecksum || (TryRead(ref source, out var checksum) && checksum == XxHash32.Hash(content)))
        && source.IsEmpty;

    private static bool TryRead(ref ReadOnlySpan<byte> source, out uint number)
    {
        if (!BinaryPrimitives.TryReadUInt32LittleEndian(source, out number))
        {
            return false;
        }

        source = source[sizeof(uint)..];
        return true;
    }
}
