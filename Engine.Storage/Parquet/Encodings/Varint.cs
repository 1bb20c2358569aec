namespace Engine.Storage.Parquet.Encodings;

/// <summary>Numbers of variable length (ULEB128), as runs and deltas begin with.</summary>
internal static unsafe class Varint
{
    /// <summary>Reads one and moves behind it.</summary>
    /// <exception cref="InvalidDataException">It takes more than ten bytes, or the bytes end before it does.</exception>
    public static ulong Read(ref byte* next, byte* end)
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (next >= end)
            {
                throw new InvalidDataException("its values end in the middle of a number");
            }

            var part = *next++;
            value |= (ulong)(part & 127) << shift;
            if (part < 128)
            {
                return value;
            }
        }

        throw new InvalidDataException("a number takes more than ten bytes");
    }

    /// <summary>A signed one: zigzag, small numbers of either sign first.</summary>
    public static long ReadZigZag(ref byte* next, byte* end)
    {
        var value = Read(ref next, end);
        return (long)(value >> 1) ^ -(long)(value & 1);
    }
}
