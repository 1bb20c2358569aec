using System.Buffers.Binary;

namespace Engine.Storage.Compression;

/// <summary>The LZ4 block format: literals and matches up to 64 KiB back.</summary>
public static unsafe class Lz4Block
{
    internal const int MaxDistance = 65_535;

    private const int MinMatch = 4;
    private const int LastLiterals = 5;
    private const int MatchFindLimit = 12;
    private const int HashBits = 13;
    private const int SkipTrigger = 6;
    private const int LongLength = 15;

    /// <summary>The largest size that compressing so many bytes can give.</summary>
    public static int MaxCompressedLength(int byteCount) => checked(byteCount + (byteCount / 255) + 16);

    /// <summary>Decompresses one block; false when it is corrupt or does not fit the target.</summary>
    public static bool TryDecompress(ReadOnlySpan<byte> source, Span<byte> target, out int written)
    {
        var isGood = TryDecompress(source, target, 0, out var end);
        written = end;
        return isGood;
    }

    /// <summary>Decompresses behind <paramref name="start"/> bytes of earlier output, which matches may reach back into.</summary>
    internal static bool TryDecompress(ReadOnlySpan<byte> source, Span<byte> target, int start, out int end)
    {
        end = start;
        fixed (byte* from = source)
        fixed (byte* to = target)
        {
            var input = from;
            var inputEnd = from + source.Length;
            var output = to + start;
            var outputEnd = to + target.Length;
            while (input < inputEnd)
            {
                var token = *input++;
                if (!TryReadLength(token >> 4, ref input, inputEnd, out var literals)
                    || literals > inputEnd - input
                    || literals > outputEnd - output)
                {
                    return false;
                }

                Buffer.MemoryCopy(input, output, outputEnd - output, literals);
                input += literals;
                output += literals;
                if (input == inputEnd)
                {
                    // A block ends with literals alone.
                    end = (int)(output - to);
                    return true;
                }

                if (inputEnd - input < 2)
                {
                    return false;
                }

                var distance = input[0] | (input[1] << 8);
                input += 2;
                if (distance == 0
                    || distance > output - to
                    || !TryReadLength(token & LongLength, ref input, inputEnd, out var length)
                    || (length += MinMatch) > outputEnd - output)
                {
                    return false;
                }

                CopyMatch(output, distance, length);
                output += length;
            }
        }

        return false;
    }

    /// <summary>Compresses one block; the target has room for <see cref="MaxCompressedLength"/> bytes.</summary>
    public static int Compress(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var table = new int[1 << HashBits];
        table.AsSpan().Fill(-1);
        var written = 0;
        var anchor = 0;
        var position = 0;
        var searches = 1 << SkipTrigger;
        while (position < source.Length - MatchFindLimit)
        {
            var sequence = BinaryPrimitives.ReadUInt32LittleEndian(source[position..]);
            var hash = (sequence * 2654435761u) >> (32 - HashBits);
            var candidate = table[hash];
            table[hash] = position;
            if (candidate < 0 || position - candidate > MaxDistance || BinaryPrimitives.ReadUInt32LittleEndian(source[candidate..]) != sequence)
            {
                // Where nothing matches for long, steps grow.
                position += searches++ >> SkipTrigger;
                continue;
            }

            searches = 1 << SkipTrigger;
            var length = MinMatch + source[(position + MinMatch)..^LastLiterals].CommonPrefixLength(source[(candidate + MinMatch)..]);
            written += WriteSequence(source[anchor..position], position - candidate, length, target[written..]);
            position += length;
            anchor = position;
        }

        return written + WriteSequence(source[anchor..], 0, 0, target[written..]);
    }

    private static bool TryReadLength(int nibble, ref byte* input, byte* inputEnd, out long length)
    {
        length = nibble;
        if (nibble != LongLength)
        {
            return true;
        }

        byte more;
        do
        {
            if (input >= inputEnd)
            {
                return false;
            }

            more = *input++;
            length += more;
        }
        while (more == 255);
        return true;
    }

    private static void CopyMatch(byte* output, int distance, long length)
    {
        var match = output - distance;
        if (distance >= length)
        {
            Buffer.MemoryCopy(match, output, length, length);
            return;
        }

        // The match overlaps what it produces: a pattern that repeats.
        if (distance >= 8)
        {
            for (; length >= 8; length -= 8, output += 8, match += 8)
            {
                *(ulong*)output = *(ulong*)match;
            }
        }

        for (; length > 0; length--)
        {
            *output++ = *match++;
        }
    }

    private static int WriteSequence(ReadOnlySpan<byte> literals, int distance, int length, Span<byte> target)
    {
        var written = 1;
        var matchPart = distance == 0 ? 0 : length - MinMatch;
        target[0] = (byte)((Math.Min(literals.Length, LongLength) << 4) | Math.Min(matchPart, LongLength));
        WriteLength(literals.Length, target, ref written);
        literals.CopyTo(target[written..]);
        written += literals.Length;
        if (distance > 0)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(target[written..], (ushort)distance);
            written += 2;
            WriteLength(matchPart, target, ref written);
        }

        return written;
    }

    private static void WriteLength(int length, Span<byte> target, ref int written)
    {
        if (length < LongLength)
        {
            return;
        }

        for (length -= LongLength; length >= 255; length -= 255)
        {
            target[written++] = 255;
        }

        target[written++] = (byte)length;
    }
}
