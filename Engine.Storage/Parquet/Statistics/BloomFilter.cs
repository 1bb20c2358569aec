using System.Buffers.Binary;
using System.Text;
using Engine.Storage.Compression;
using Engine.Storage.ObjectStores;
using Engine.Storage.Parquet.Footer;
using Engine.Storage.Parquet.Layout;

namespace Engine.Storage.Parquet.Statistics;

/// <summary>Asks a column chunk's bloom filter (BloomFilter.md: blocks of 256 bits, xxHash). Only the one block that a value falls into is read.</summary>
internal static class BloomFilter
{
    private const int MaxHeadLength = 64;

    /// <summary>Whether the value may be among those of the chunk; true when the filter cannot tell.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="chunk">Of the column.</param>
    /// <param name="leaf">Whose values it holds.</param>
    /// <param name="value">In managed form, of the leaf's type.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public static bool MayContain(IRangeReader reader, ColumnChunk chunk, LeafNode leaf, object value, CancellationToken cancellationToken)
    {
        if (chunk.BloomOffset is not { } offset || offset < 4 || offset > reader.Length - BloomBlock.Length || Encode(leaf, value) is not { } bytes)
        {
            return true;
        }

        var head = new byte[(int)Math.Min(MaxHeadLength, reader.Length - offset)];
        var thrift = new CompactReader(head.AsSpan(0, reader.Read(offset, head, cancellationToken)));
        int length;
        try
        {
            length = ReadLength(ref thrift);
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException)
        {
            // A filter that cannot be read rules nothing out.
            return true;
        }

        var start = offset + thrift.Position;
        if (length is <= 0 or > BloomBlock.MaxFilterLength || length % BloomBlock.Length != 0 || length > reader.Length - start)
        {
            return true;
        }

        var hash = XxHash64.Hash(bytes);
        var block = (long)BloomBlock.IndexOf(hash, length / BloomBlock.Length);
        Span<byte> words = stackalloc byte[BloomBlock.Length];
        return reader.Read(start + (block * BloomBlock.Length), words, cancellationToken) < BloomBlock.Length || HasBits(words, hash);
    }

    /// <summary>A bit in each of the block's eight words.</summary>
    private static bool HasBits(ReadOnlySpan<byte> block, ulong hash)
    {
        for (var i = 0; i < BloomBlock.WordCount; i++)
        {
            if ((BinaryPrimitives.ReadUInt32LittleEndian(block[(i * 4)..]) & BloomBlock.BitOf(hash, i)) == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The filter's length, from its head; 0 when it is of a kind that is not known: fields 2 to 4 are unions whose first member is.</summary>
    private static int ReadLength(ref CompactReader reader)
    {
        var (length, isKnown) = (0, true);
        var id = 0;
        while (reader.NextField(ref id, out var type))
        {
            if (id == 1 && type == CompactType.Int32)
            {
                length = reader.ReadInt32();
                continue;
            }

            if (id is >= 2 and <= 4 && type == CompactType.Struct)
            {
                var member = 0;
                while (reader.NextField(ref member, out var memberType))
                {
                    isKnown &= member == 1;
                    reader.Skip(memberType);
                }

                continue;
            }

            reader.Skip(type);
        }

        return isKnown ? length : 0;
    }

    /// <summary>The value as PLAIN stores it; null for types whose values do not come back from the engine's form for certain.</summary>
    private static byte[]? Encode(LeafNode leaf, object value)
    {
        var bytes = new byte[8];
        switch (leaf.Element.Physical, leaf.Mapping.Conversion, value)
        {
            case (PhysicalType.Int32, Conversion.None, int number):
                BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
                return bytes[..4];
            case (PhysicalType.Int32, Conversion.Int32ToInt8, sbyte number):
                BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
                return bytes[..4];
            case (PhysicalType.Int32, Conversion.Int32ToInt16, short number):
                BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
                return bytes[..4];
            case (PhysicalType.Int64, Conversion.None, long number):
                BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
                return bytes;
            case (PhysicalType.ByteArray, Conversion.None, string text):
                return Encoding.UTF8.GetBytes(text);
            default:
                return null;
        }
    }
}
