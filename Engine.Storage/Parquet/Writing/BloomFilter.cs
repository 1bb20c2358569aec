using System.Numerics;
using System.Runtime.InteropServices;

namespace Engine.Storage.Parquet.Writing;

/// <summary>Split block bloom filters (BloomFilter.md of the format): a block of 256 bits by the hash's upper half, one bit in each of its eight words by the lower.</summary>
internal static class BloomFilter
{
    private const int BlockBytes = 32;
    private const int MaxBytes = 128 << 20;

    /// <summary>Bits a distinct value: one in a hundred absent values is let through.</summary>
    private const int BitsPerValue = 11;

    private static readonly uint[] Salts =
        [0x47b6137b, 0x44974d91, 0x8824ad5b, 0xa2b7289d, 0x705495c7, 0x2df1424b, 0x9efc4947, 0x5c6bfb31];

    /// <summary>The filter with its header, sized by how many hashes are distinct.</summary>
    /// <param name="hashes">Of all values; sorted here.</param>
    public static byte[] Build(Span<ulong> hashes)
    {
        hashes.Sort();
        var distinct = hashes.IsEmpty ? 0L : 1;
        for (var i = 1; i < hashes.Length; i++)
        {
            distinct += hashes[i] != hashes[i - 1] ? 1 : 0;
        }

        var wanted = Math.Clamp(distinct * BitsPerValue / 8, BlockBytes, MaxBytes);
        var bits = new byte[(int)BitOperations.RoundUpToPowerOf2((ulong)wanted)];
        var words = MemoryMarshal.Cast<byte, uint>(bits.AsSpan());
        var blockCount = (ulong)bits.Length / BlockBytes;
        foreach (var hash in hashes)
        {
            var block = (int)(((hash >> 32) * blockCount) >> 32) * Salts.Length;
            for (var i = 0; i < Salts.Length; i++)
            {
                words[block + i] |= 1u << (int)(unchecked((uint)hash * Salts[i]) >> 27);
            }
        }

        var header = new CompactWriter();
        WriteHeader(header, bits.Length);
        return [.. header.Written, .. bits];
    }

    /// <summary>Each union has one choice: split blocks, xxHash, uncompressed.</summary>
    private static void WriteHeader(CompactWriter writer, int byteCount)
    {
        writer.BeginStruct();
        writer.Write(1, byteCount);
        for (var union = 2; union <= 4; union++)
        {
            writer.BeginStruct(union);
            writer.WriteEmptyStruct(1);
            writer.EndStruct();
        }

        writer.EndStruct();
    }
}
