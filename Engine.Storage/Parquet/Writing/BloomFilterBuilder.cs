using System.Numerics;
using System.Runtime.InteropServices;

namespace Engine.Storage.Parquet.Writing;

/// <summary>Builds bloom filters of whole column chunks, the counterpart of <see cref="Statistics.BloomFilter"/>.</summary>
internal static class BloomFilterBuilder
{
    /// <summary>Bits a distinct value: one in a hundred absent values is let through.</summary>
    private const int BitsPerValue = 11;

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

        var wanted = Math.Clamp(distinct * BitsPerValue / 8, BloomBlock.Length, BloomBlock.MaxFilterLength);
        var bits = new byte[(int)BitOperations.RoundUpToPowerOf2((ulong)wanted)];
        var words = MemoryMarshal.Cast<byte, uint>(bits.AsSpan());
        var blockCount = bits.Length / BloomBlock.Length;
        foreach (var hash in hashes)
        {
            var block = words.Slice(BloomBlock.IndexOf(hash, blockCount) * BloomBlock.WordCount, BloomBlock.WordCount);
            for (var i = 0; i < block.Length; i++)
            {
                block[i] |= BloomBlock.BitOf(hash, i);
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
