using System.Numerics;

namespace Engine.Storage.Parquet.Writing;

/// <summary>
/// Writes the hybrid of runs and bit-packed groups that levels and dictionary ids are stored in ("RLE" in Encodings.md of the format), the
/// counterpart of <see cref="RunReader"/>.
/// </summary>
internal static class RunWriter
{
    private const int GroupLength = 8;

    /// <summary>A run shorter than so many bits is cheaper packed with its neighbours.</summary>
    private const int MinRunBits = 64;

    /// <param name="values">Each below 2^<paramref name="width"/>.</param>
    /// <param name="width">0 to 32 bits.</param>
    /// <param name="target">Runs are appended to it.</param>
    public static void Write<T>(ReadOnlySpan<T> values, int width, ByteSink target)
        where T : unmanaged, IBinaryInteger<T>
    {
        var minRun = width == 0 ? 1 : Math.Max(GroupLength, MinRunBits / width);
        var packedStart = 0;
        var next = 0;
        while (next < values.Length)
        {
            var run = RunLength(values[next..]);
            if (run < minRun)
            {
                // Groups are of eight; only the last of all may be filled up, as nothing follows it.
                next = Math.Min(next + GroupLength, values.Length);
                continue;
            }

            WritePacked(values[packedStart..next], width, target);
            WriteRun(values[next], run, width, target);
            next += run;
            packedStart = next;
        }

        WritePacked(values[packedStart..], width, target);
    }

    private static int RunLength<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryInteger<T>
    {
        // Most runs end at once: the vector search is for those that do not.
        if (values.Length > 1 && values[1] != values[0])
        {
            return 1;
        }

        var end = values.IndexOfAnyExcept(values[0]);
        return end < 0 ? values.Length : end;
    }

    private static void WriteRun<T>(T value, int length, int width, ByteSink target)
        where T : unmanaged, IBinaryInteger<T>
    {
        target.AddVarint((ulong)length << 1);
        var bits = uint.CreateTruncating(value);
        for (var i = 0; i < width; i += 8)
        {
            target.Add((byte)(bits >> i));
        }
    }

    private static void WritePacked<T>(ReadOnlySpan<T> values, int width, ByteSink target)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (values.IsEmpty)
        {
            return;
        }

        var groups = (values.Length + GroupLength - 1) / GroupLength;
        target.AddVarint(((ulong)groups << 1) | 1);
        var start = target.Length;
        BitPacker.Pack(values, width, target);
        for (var missing = (groups * width) - (target.Length - start); missing > 0; missing--)
        {
            target.Add(0);
        }
    }
}
