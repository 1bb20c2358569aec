using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text.Unicode;

namespace Engine.Core.Text;

/// <summary>
/// Whether bytes are well-formed UTF-8, a register at a time whatever the language (Keiser and Lemire, "Validating UTF-8 In Less Than One
/// Instruction Per Byte", 2021): all that can be wrong about two neighbours shows in three of their nibbles, each of which one table look-up turns
/// into the set of faults that it allows.
/// </summary>
public static unsafe class Utf8Validator
{
    /// <summary>A continuation behind a continuation: right where the third or fourth byte of a character stands, and only there.</summary>
    private const byte TwoContinuations = 0x80;

    private const int Continuations = 0b_0000_1111_0000_0000;
    private const int All = 0xFFFF;

    /// <summary>Of each fault of two bytes: the high nibbles and the low nibbles of the first, and the high nibbles of the second, as masks.</summary>
    private static readonly (byte Fault, int FirstHigh, int FirstLow, int SecondHigh)[] Faults =
    [
        (0x01, 0b_1111_0000_0000_0000, All, All & ~Continuations), // a character begun and not continued
        (0x02, 0b_0000_0000_1111_1111, All, Continuations), // ASCII continued
        (0x04, 1 << 0xC, 0b_11, Continuations), // C0, C1: two bytes for what one says
        (0x08, 1 << 0xE, 1 << 0, 0b_0011_0000_0000), // E0: three bytes for what two say
        (0x10, 1 << 0xE, 1 << 0xD, 0b_1100_0000_0000), // ED: half of a surrogate pair
        (0x20, 1 << 0xF, All & ~0b_1111, 0b_1110_0000_0000), // F4 and above: more than U+10FFFF
        (0x40, 1 << 0xF, All & ~0b_1_1110, 0b_0001_0000_0000), // F5 and above: more than U+10FFFF; F0: four bytes for what three say
        (TwoContinuations, Continuations, All, Continuations),
    ];

    private static readonly Vector128<byte> FirstHigh = Table(fault => fault.FirstHigh);
    private static readonly Vector128<byte> FirstLow = Table(fault => fault.FirstLow);
    private static readonly Vector128<byte> SecondHigh = Table(fault => fault.SecondHigh);

    public static bool IsValid(ReadOnlySpan<byte> text)
    {
        if (text.Length < Vector512<byte>.Count)
        {
            return Utf8.IsValid(text);
        }

        return Avx512BW.IsSupported ? IsValidBy512(text) : Vector128.IsHardwareAccelerated ? IsValidBy128(text) : Utf8.IsValid(text);
    }

    internal static bool IsValidBy512(ReadOnlySpan<byte> text)
    {
        const int Width = 64;
        var head = stackalloc byte[4 + Width];
        var tail = stackalloc byte[4 + Width];
        fixed (byte* start = text)
        {
            var end = start + text.Length;
            var next = FillHead(head, start, end, Width);
            var faults = FaultsOf512(head + 4);
            for (; end - next >= Width; next += Width)
            {
                // Faults are looked at once in a while only: text is as good as always valid.
                faults |= FaultsOf512(next);
            }

            FillTail(tail, start, next, end, Width);
            return (faults | FaultsOf512(tail + 4)) == Vector512<byte>.Zero;
        }
    }

    internal static bool IsValidBy128(ReadOnlySpan<byte> text)
    {
        const int Width = 16;
        var head = stackalloc byte[4 + Width];
        var tail = stackalloc byte[4 + Width];
        fixed (byte* start = text)
        {
            var end = start + text.Length;
            var next = FillHead(head, start, end, Width);
            var faults = FaultsOf128(head + 4);
            for (; end - next >= Width; next += Width)
            {
                faults |= FaultsOf128(next);
            }

            FillTail(tail, start, next, end, Width);
            return (faults | FaultsOf128(tail + 4)) == Vector128<byte>.Zero;
        }
    }

    /// <summary>The first register, with ASCII before it; behind the text as well, where it is shorter.</summary>
    private static byte* FillHead(byte* room, byte* start, byte* end, int width)
    {
        var length = (int)Math.Min(width, end - start);
        new Span<byte>(room, 4 + width).Clear();
        new ReadOnlySpan<byte>(start, length).CopyTo(new Span<byte>(room + 4, width));
        return start + length;
    }

    /// <summary>What is left, less than a register, with what stands before it and ASCII behind: nothing may be left open.</summary>
    private static void FillTail(byte* room, byte* start, byte* next, byte* end, int width)
    {
        var before = (int)Math.Min(4, next - start);
        new Span<byte>(room, 4 + width).Clear();
        new ReadOnlySpan<byte>(next - before, (int)(end - next) + before).CopyTo(new Span<byte>(room + 4 - before, width + before));
    }

    /// <summary>Reads the three bytes before as well.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> FaultsOf512(byte* text)
    {
        var second = Vector512.Load(text);
        var third = Vector512.Load(text - 3);
        if (((second | third) & Vector512.Create((byte)0x80)) == Vector512<byte>.Zero)
        {
            return Vector512<byte>.Zero;
        }

        var first = Vector512.Load(text - 1);
        var low = Vector512.Create((byte)0x0F);
        var faults = Avx512BW.Shuffle(Spread(FirstHigh), (first.AsUInt16() >> 4).AsByte() & low)
            & Avx512BW.Shuffle(Spread(FirstLow), first & low)
            & Avx512BW.Shuffle(Spread(SecondHigh), (second.AsUInt16() >> 4).AsByte() & low);
        var continued = Vector512.SubtractSaturate(Vector512.Load(text - 2), Vector512.Create((byte)(0xE0 - 0x80)))
            | Vector512.SubtractSaturate(third, Vector512.Create((byte)(0xF0 - 0x80)));
        return faults ^ (continued & Vector512.Create(TwoContinuations));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Spread(Vector128<byte> table) => Vector512.Create(Vector256.Create(table, table), Vector256.Create(table, table));

    /// <summary>Reads the three bytes before as well.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> FaultsOf128(byte* text)
    {
        var second = Vector128.Load(text);
        var third = Vector128.Load(text - 3);
        if (((second | third) & Vector128.Create((byte)0x80)) == Vector128<byte>.Zero)
        {
            return Vector128<byte>.Zero;
        }

        var first = Vector128.Load(text - 1);
        var faults = Vector128.Shuffle(FirstHigh, first >> 4)
            & Vector128.Shuffle(FirstLow, first & Vector128.Create((byte)0x0F))
            & Vector128.Shuffle(SecondHigh, second >> 4);
        var continued = Vector128.SubtractSaturate(Vector128.Load(text - 2), Vector128.Create((byte)(0xE0 - 0x80)))
            | Vector128.SubtractSaturate(third, Vector128.Create((byte)(0xF0 - 0x80)));
        return faults ^ (continued & Vector128.Create(TwoContinuations));
    }

    /// <summary>For each nibble the faults that it allows.</summary>
    private static Vector128<byte> Table(Func<(byte Fault, int FirstHigh, int FirstLow, int SecondHigh), int> nibbles)
    {
        Span<byte> table = stackalloc byte[16];
        foreach (var fault in Faults)
        {
            for (var nibble = 0; nibble < 16; nibble++)
            {
                table[nibble] |= (byte)((nibbles(fault) >> nibble & 1) * fault.Fault);
            }
        }

        return Vector128.Create(table);
    }
}
