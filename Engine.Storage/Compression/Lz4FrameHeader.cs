using System.Buffers.Binary;

namespace Engine.Storage.Compression;

/// <summary>The header of an LZ4 frame.</summary>
/// <param name="MaxBlockLength">Bytes that a block may have uncompressed.</param>
/// <param name="AreBlocksLinked">Whether matches reach into earlier blocks.</param>
/// <param name="HasBlockChecksums">Whether a hash follows each block.</param>
/// <param name="HasContentChecksum">Whether a hash of all content follows the last block.</param>
/// <param name="ContentLength">Bytes of the content, or null when the frame does not say.</param>
internal sealed record Lz4FrameHeader(int MaxBlockLength, bool AreBlocksLinked, bool HasBlockChecksums, bool HasContentChecksum, ulong? ContentLength)
{
    public const uint Magic = 0x184D2204;
    public const uint SkippableMagic = 0x184D2A50;
    public const uint SkippableMask = 0xFFFFFFF0;
    public const uint UncompressedFlag = 0x80000000;

    /// <summary>Blocks of 4 MiB, independent of each other, with content checksum: what <see cref="Lz4WriteStream"/> writes.</summary>
    public static Lz4FrameHeader Written { get; } = new(4 << 20, false, false, true, null);

    /// <summary>Reads what follows the magic number.</summary>
    public static Lz4FrameHeader Read(Func<int, byte[]> read)
    {
        var fixedPart = read(2);
        var flags = fixedPart[0];
        if (flags >> 6 != 1)
        {
            throw new InvalidDataException("unknown LZ4 frame version");
        }

        if ((flags & 1) != 0)
        {
            throw new InvalidDataException("the LZ4 frame needs a dictionary");
        }

        var blockCode = (fixedPart[1] >> 4) & 7;
        var lengthPart = (flags & 8) != 0 ? read(8) : [];
        if (blockCode < 4 || read(1)[0] != HeaderChecksum([.. fixedPart, .. lengthPart]))
        {
            throw new InvalidDataException("bad LZ4 frame header");
        }

        return new Lz4FrameHeader(
            1 << (8 + (2 * blockCode)),
            (flags & 0x20) == 0,
            (flags & 0x10) != 0,
            (flags & 4) != 0,
            lengthPart.Length == 0 ? null : BinaryPrimitives.ReadUInt64LittleEndian(lengthPart));
    }

    /// <summary>The magic number and the header.</summary>
    public byte[] ToBytes()
    {
        var blockCode = (int)Math.Log2(MaxBlockLength) / 2 - 4;
        byte[] descriptor = [(byte)(0x40 | (AreBlocksLinked ? 0 : 0x20) | (HasContentChecksum ? 4 : 0)), (byte)(blockCode << 4)];
        var bytes = new byte[7];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        descriptor.CopyTo(bytes, 4);
        bytes[6] = HeaderChecksum(descriptor);
        return bytes;
    }

    private static byte HeaderChecksum(ReadOnlySpan<byte> descriptor) => (byte)(XxHash32.Hash(descriptor) >> 8);
}
