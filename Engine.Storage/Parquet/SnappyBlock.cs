namespace Engine.Storage.Parquet;

/// <summary>Decompresses blocks in Google's Snappy format.</summary>
public static unsafe class SnappyBlock
{
    /// <summary>Decompresses a whole block; false when it is corrupt or does not fill the target exactly.</summary>
    public static bool TryDecompress(ReadOnlySpan<byte> source, Span<byte> target)
    {
        fixed (byte* from = source)
        fixed (byte* to = target)
        {
            var input = from;
            var inputEnd = from + source.Length;
            return TryReadLength(ref input, inputEnd, out var length)
                && length == (ulong)target.Length
                && TryDecompress(input, inputEnd, to, to + target.Length);
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

    private static bool TryDecompress(byte* input, byte* inputEnd, byte* start, byte* outputEnd)
    {
        var output = start;
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

            Repeat(output, distance, length, outputEnd);
            output += length;
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
        var extra = (tag & 3) switch { 1 => 1, 2 => 2, _ => 4 };
        length = extra == 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
        distance = 0;
        if (extra > inputEnd - input)
        {
            return false;
        }

        distance = extra switch
        {
            1 => ((tag >> 5) << 8) | input[0],
            2 => *(ushort*)input,
            _ => *(uint*)input,
        };
        input += extra;
        return true;
    }

    /// <summary>Copies from earlier output, which may overlap what is written: then the pattern repeats.</summary>
    private static void Repeat(byte* output, long distance, int length, byte* outputEnd)
    {
        var from = output - distance;
        if (distance >= 8 && outputEnd - output >= length + 8)
        {
            for (var i = 0; i < length; i += 8)
            {
                *(ulong*)(output + i) = *(ulong*)(from + i);
            }

            return;
        }

        for (var i = 0; i < length; i++)
        {
            output[i] = from[i];
        }
    }
}
