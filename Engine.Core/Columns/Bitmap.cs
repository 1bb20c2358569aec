using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Core.Memory;

namespace Engine.Core.Columns;

/// <summary>Bit sequences as Arrow lays them: least significant bit first, buffers padded so that whole words may be read past the end.</summary>
public static unsafe class Bitmap
{
    public static int WordCount(int bitCount) => (bitCount + 63) >> 6;

    /// <summary>Bytes to allocate: whole words.</summary>
    public static int ByteCount(int bitCount) => WordCount(bitCount) * sizeof(ulong);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Get(byte* bits, int index) => (bits[index >> 3] >> (index & 7) & 1) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Set(byte* bits, int index) => bits[index >> 3] |= (byte)(1 << (index & 7));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Clear(byte* bits, int index) => bits[index >> 3] &= (byte)~(1 << (index & 7));

    /// <summary>The bits of the last word that lie inside the sequence.</summary>
    public static ulong TailMask(int bitCount) => (bitCount & 63) == 0 ? ulong.MaxValue : (1UL << (bitCount & 63)) - 1;

    /// <summary>Set bits among the first <paramref name="bitCount"/>.</summary>
    public static int CountSet(byte* bits, int bitCount)
    {
        var words = (ulong*)bits;
        var full = bitCount >> 6;
        var count = 0;
        for (var i = 0; i < full; i++)
        {
            count += BitOperations.PopCount(words[i]);
        }

        return (bitCount & 63) == 0 ? count : count + BitOperations.PopCount(words[full] & TailMask(bitCount));
    }

    /// <summary>Sets or clears the first <paramref name="bitCount"/> bits; the rest of the last word is cleared.</summary>
    public static void Fill(byte* bits, int bitCount, bool value)
    {
        var words = (ulong*)bits;
        var count = WordCount(bitCount);
        for (var i = 0; i < count; i++)
        {
            words[i] = value ? ulong.MaxValue : 0;
        }

        if (value && count > 0)
        {
            words[count - 1] &= TailMask(bitCount);
        }
    }

    /// <summary>Copies bits from any bit offset to the start of <paramref name="target"/>, whole words written.</summary>
    public static void Copy(byte* source, long sourceOffset, byte* target, int bitCount)
    {
        var from = source + (sourceOffset >> 3);
        var shift = (int)(sourceOffset & 7);
        var words = (ulong*)target;
        var count = WordCount(bitCount);
        for (var i = 0; i < count; i++)
        {
            var word = Unsafe.ReadUnaligned<ulong>(from + (i * 8L));
            words[i] = shift == 0 ? word : word >> shift | (ulong)from[(i * 8L) + 8] << (64 - shift);
        }

        if (count > 0)
        {
            words[count - 1] &= TailMask(bitCount);
        }
    }

    /// <summary>A view of the bits from <paramref name="offset"/> on: shared where that is on a byte, else copied.</summary>
    public static BufferSlice Slice(BufferSlice bits, int offset, int length, MemoryPool pool)
    {
        if (bits.IsNone || (offset & 7) == 0)
        {
            return bits.RetainFrom(offset >> 3);
        }

        var copy = pool.Allocate(ByteCount(length), "bitmap");
        Copy(bits.Pointer, offset, copy.Pointer, length);
        return new BufferSlice(copy);
    }

    /// <summary>target = left AND right, word by word.</summary>
    public static void And(byte* left, byte* right, byte* target, int bitCount)
    {
        var words = WordCount(bitCount);
        for (var i = 0; i < words; i++)
        {
            ((ulong*)target)[i] = ((ulong*)left)[i] & ((ulong*)right)[i];
        }
    }
}
