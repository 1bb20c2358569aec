using System.Runtime.CompilerServices;

namespace Engine.Core.Text;

/// <summary>Eight bytes of text at a time in one register (SIMD within a register).</summary>
internal static class Swar
{
    public const ulong Zeros = 0x3030303030303030;

    /// <summary>The first up to eight bytes of a span, the first one lowest; what is missing is zero. Reads nothing outside the span.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Load(ref byte text, int length)
    {
        if (length >= 8)
        {
            return Unsafe.ReadUnaligned<ulong>(ref text);
        }

        if (length >= 4)
        {
            ulong low = Unsafe.ReadUnaligned<uint>(ref text);
            ulong high = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref text, length - 4));
            return low | (high << ((length - 4) * 8));
        }

        if (length >= 2)
        {
            ulong low = Unsafe.ReadUnaligned<ushort>(ref text);
            ulong high = Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref text, length - 2));
            return low | (high << ((length - 2) * 8));
        }

        return length == 1 ? text : 0UL;
    }

    /// <summary>Whether all eight bytes are decimal digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreDigits(ulong chunk) =>
        ((chunk & 0xF0F0F0F0F0F0F0F0) | (((chunk + 0x0606060606060606) & 0xF0F0F0F0F0F0F0F0) >> 4)) == 0x3333333333333333;

    /// <summary>The number that eight digits spell, the first one lowest in the register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint ToNumber(ulong digits)
    {
        digits = ((digits & 0x0F0F0F0F0F0F0F0F) * 2561) >> 8;
        digits = ((digits & 0x00FF00FF00FF00FF) * 6553601) >> 16;
        return (uint)(((digits & 0x0000FFFF0000FFFF) * 42949672960001) >> 32);
    }

    /// <summary>In byte i the number that the digits i and i + 1 spell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ToPairs(ulong digits)
    {
        digits &= 0x0F0F0F0F0F0F0F0F;
        return (digits * 10) + (digits >> 8);
    }
}
