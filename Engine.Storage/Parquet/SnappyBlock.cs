using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Engine.Storage.Parquet;

/// <summary>
/// Decompresses blocks in Google's Snappy format (format_description.txt of that project). While both ends are far away, elements are copied in whole
/// registers, further than they go: what comes next is written over it. The last bytes are copied one by one.
/// </summary>
public static unsafe class SnappyBlock
{
    /// <summary>Bytes that must be left of the input for a short literal and a copy behind it to be read without checks, in whole registers.</summary>
    private const int InputSlack = 1 + MaxElement + 1 + 8;

    /// <summary>Bytes that must be left of the output for the two to be written in whole registers.</summary>
    private const int OutputSlack = MaxElement + MaxElement + 16;

    /// <summary>The longest copy, and the most that is copied at once.</summary>
    private const int MaxElement = 64;

    /// <summary>The longest literal whose length is in its tag.</summary>
    private const int MaxShortLiteral = 60;

    /// <summary>For each tag of a copy: its length, the high bits of its distance (from bit 8 on), and the bytes that follow the tag (from bit 11 on).</summary>
    private static readonly ushort* Copies = ListCopies();

    /// <summary>For each distance below 16: the places of a register that repeat that many bytes.</summary>
    private static readonly Vector128<byte>* Repeats = ListRepeats();

    /// <summary>Decompresses a whole block; false when it is corrupt or does not fill the target exactly.</summary>
    public static bool TryDecompress(ReadOnlySpan<byte> source, Span<byte> target)
    {
        fixed (byte* from = source)
        fixed (byte* to = target)
        {
            var input = from;
            var inputEnd = from + source.Length;
            if (!TryReadLength(ref input, inputEnd, out var length) || length != (ulong)target.Length)
            {
                return false;
            }

            var output = to;
            var outputEnd = to + target.Length;
            return (!Vector128.IsHardwareAccelerated || TryDecompressFast(ref input, inputEnd, ref output, to, outputEnd, Copies, Repeats))
                && TryDecompressSlow(input, inputEnd, output, to, outputEnd);
        }
    }

    /// <summary>The same without whole registers.</summary>
    internal static bool TryDecompressSingly(ReadOnlySpan<byte> source, Span<byte> target)
    {
        fixed (byte* from = source)
        fixed (byte* to = target)
        {
            var input = from;
            return TryReadLength(ref input, from + source.Length, out var length) && length == (ulong)target.Length
                && TryDecompressSlow(input, from + source.Length, to, to, to + target.Length);
        }
    }

    private static bool TryReadLength(ref byte* input, byte* inputEnd, out ulong length)
    {
        length = 0;
        for (var shift = 0; shift < 35 && input < inputEnd; shift += 7)
        {
            var part = *input++;
            length |= (ulong)(part & 127) << shift;
            if (part < 128)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Decompresses until one of the ends is near; false when the block is corrupt.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryDecompressFast(
        ref byte* inputPlace, byte* inputEnd, ref byte* outputPlace, byte* start, byte* outputEnd, ushort* copies, Vector128<byte>* repeats)
    {
        var input = inputPlace;
        var output = outputPlace;
        var inputLimit = inputEnd - InputSlack;
        var outputLimit = outputEnd - OutputSlack;
        while (input <= inputLimit && output <= outputLimit)
        {
            // Where the next tag lies waits for nothing but this one: the kind of a copy is the number of bytes behind its tag, all but the rare last.
            uint tag = *input++;
            var kind = tag & 3;
            if (kind == 0)
            {
                long literals = (tag >> 2) + 1;
                if (literals > MaxShortLiteral)
                {
                    // In variables of their own: one whose address is taken never stays in a register.
                    var text = input;
                    if (!TryReadLiteralLength((int)(tag >> 2), ref text, inputEnd, out var many) || many > inputEnd - text || many > outputEnd - output)
                    {
                        return false;
                    }

                    Buffer.MemoryCopy(text, output, many, many);
                    input = text + many;
                    output += many;
                    continue;
                }

                // Without a look at how many: a wrong guess costs more than a long store. Behind a literal a copy follows, or it would be one literal.
                Copy64(input, output);
                input += literals;
                output += literals;
                tag = *input++;
                kind = tag & 3;
                if (kind == 0)
                {
                    input--;
                    continue;
                }
            }

            uint entry = copies[tag];
            long length = entry & 0xFF;
            long distance = (entry & 0x700) + (*(uint*)input & ((1u << (int)(kind * 8)) - 1));
            input += kind;
            if (kind == 3)
            {
                distance = *(uint*)(input - 3);
                input++;
            }

            if ((ulong)(distance - 1) >= (ulong)(output - start))
            {
                return false;
            }

            var from = output - distance;
            if (distance >= 32)
            {
                Vector256.Store(Vector256.Load(from), output);
                Vector256.Store(Vector256.Load(from + 32), output + 32);
            }
            else if (distance >= 16)
            {
                for (var i = 0L; i < length; i += 16)
                {
                    Vector128.Store(Vector128.Load(from + i), output + i);
                }
            }
            else if (distance == 8 && length <= 8)
            {
                *(ulong*)output = *(ulong*)from;
            }
            else
            {
                // Bytes that repeat within a register: it is stored again and again, each time by as many bytes as are whole repetitions.
                var pattern = Vector128.Shuffle(Vector128.Load(from), repeats[distance]);
                var stride = 16 - (16 % distance);
                for (var i = 0L; i < length; i += stride)
                {
                    Vector128.Store(pattern, output + i);
                }
            }

            output += length;
        }

        inputPlace = input;
        outputPlace = output;
        return true;
    }

    private static bool TryDecompressSlow(byte* input, byte* inputEnd, byte* output, byte* start, byte* outputEnd)
    {
        while (input < inputEnd)
        {
            var tag = *input++;
            if ((tag & 3) == 0)
            {
                if (!TryReadLiteralLength(tag >> 2, ref input, inputEnd, out var literals) || literals > inputEnd - input || literals > outputEnd - output)
                {
                    return false;
                }

                Buffer.MemoryCopy(input, output, literals, literals);
                input += literals;
                output += literals;
                continue;
            }

            if (!TryReadCopy(tag, ref input, inputEnd, out var length, out var distance)
                || distance == 0 || distance > output - start || length > outputEnd - output)
            {
                return false;
            }

            for (var i = 0; i < length; i++, output++)
            {
                *output = *(output - distance);
            }
        }

        return output == outputEnd;
    }

    private static bool TryReadLiteralLength(int code, ref byte* input, byte* inputEnd, out long length)
    {
        length = code + 1;
        var extra = code - 59;
        if (extra <= 0)
        {
            return true;
        }

        if (extra > inputEnd - input)
        {
            return false;
        }

        length = 0;
        for (var i = 0; i < extra; i++)
        {
            length |= (long)input[i] << (8 * i);
        }

        length++;
        input += extra;
        return true;
    }

    private static bool TryReadCopy(byte tag, ref byte* input, byte* inputEnd, out int length, out long distance)
    {
        uint entry = Copies[tag];
        var extra = (int)(entry >> 11);
        length = (int)(entry & 0xFF);
        distance = entry & 0x700;
        if (extra > inputEnd - input)
        {
            return false;
        }

        for (var i = 0; i < extra; i++)
        {
            distance += (long)input[i] << (8 * i);
        }

        input += extra;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy64(byte* from, byte* to)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512.Store(Vector512.Load(from), to);
            return;
        }

        Vector128.Store(Vector128.Load(from), to);
        Vector128.Store(Vector128.Load(from + 16), to + 16);
        Vector128.Store(Vector128.Load(from + 32), to + 32);
        Vector128.Store(Vector128.Load(from + 48), to + 48);
    }

    private static ushort* ListCopies()
    {
        var entries = (ushort*)NativeMemory.Alloc(256, sizeof(ushort));
        for (var tag = 0; tag < 256; tag++)
        {
            // A copy of one extra byte has three bits more of its distance in the tag.
            var (length, high, extra) = (tag & 3) switch
            {
                1 => (((tag >> 2) & 7) + 4, tag >> 5, 1),
                2 => ((tag >> 2) + 1, 0, 2),
                _ => ((tag >> 2) + 1, 0, 4),
            };
            entries[tag] = (ushort)(length | (high << 8) | (extra << 11));
        }

        return entries;
    }

    private static Vector128<byte>* ListRepeats()
    {
        var patterns = (Vector128<byte>*)NativeMemory.AlignedAlloc((nuint)(16 * sizeof(Vector128<byte>)), 16);
        for (var i = 0; i < 16 * 16; i++)
        {
            var distance = Math.Max(1, i / 16);
            ((byte*)patterns)[i] = (byte)(i % 16 % distance);
        }

        return patterns;
    }
}
