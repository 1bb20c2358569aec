using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Engine.Core.Text;

/// <summary>Integers: an optional sign and decimal digits; blanks around them are allowed, as in PostgreSQL. What does not fit is refused.</summary>
public static class IntegerText
{
    /// <summary>Bytes that the longest bigint takes.</summary>
    public const int MaxLength = 20;

    private static ReadOnlySpan<ulong> PowersOfTen =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000,
        1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000,
        100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
    ];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        if (text.Length - 1 < 8)
        {
            // One to eight digits without a sign: most integers that ever appear in a file.
            var shift = (8 - text.Length) * 8;
            var chunk = text.Length == 8
                ? Swar.Load(ref MemoryMarshal.GetReference(text), 8)
                : text.Length == 0 ? 0 : (Swar.Load(ref MemoryMarshal.GetReference(text), text.Length) << shift) | (Swar.Zeros >> (64 - shift));
            if (Swar.AreDigits(chunk))
            {
                value = Swar.ToNumber(chunk);
                return true;
            }
        }

        return TryParseSigned(text, out value);
    }

    public static bool TryParse(ReadOnlySpan<byte> text, out int value)
    {
        var isGood = TryParse(text, out long wide);
        value = (int)wide;
        return isGood && value == wide;
    }

    public static bool TryParse(ReadOnlySpan<byte> text, out short value)
    {
        var isGood = TryParse(text, out long wide);
        value = (short)wide;
        return isGood && value == wide;
    }

    public static bool TryParse(ReadOnlySpan<byte> text, out sbyte value)
    {
        var isGood = TryParse(text, out long wide);
        value = (sbyte)wide;
        return isGood && value == wide;
    }

    /// <summary>Digits alone, no sign and no blanks, up to the largest <see cref="ulong"/>.</summary>
    public static bool TryParseDigits(ReadOnlySpan<byte> text, out ulong value)
    {
        value = 0;
        if (text.IsEmpty)
        {
            return false;
        }

        while (text.Length > 20 && text[0] == '0')
        {
            text = text[1..];
        }

        if (text.Length > 20)
        {
            return false;
        }

        ulong total = 0;
        ref var first = ref MemoryMarshal.GetReference(text);
        var position = 0;
        for (; position + 8 <= text.Length && position < 16; position += 8)
        {
            var chunk = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, position));
            if (!Swar.AreDigits(chunk))
            {
                return false;
            }

            total = (total * 100_000_000) + Swar.ToNumber(chunk);
        }

        for (; position < text.Length; position++)
        {
            var digit = (uint)(text[position] - '0');
            if (digit > 9 || (position == 19 && (total > ulong.MaxValue / 10 || (total == ulong.MaxValue / 10 && digit > 5))))
            {
                return false;
            }

            total = (total * 10) + digit;
        }

        value = total;
        return true;
    }

    /// <summary>Writes the number; the target has room for <see cref="MaxLength"/> bytes.</summary>
    public static int Format(long value, Span<byte> target)
    {
        if (value >= 0)
        {
            return FormatDigits((ulong)value, target);
        }

        target[0] = (byte)'-';
        return 1 + FormatDigits((ulong)-value, target[1..]);
    }

    /// <summary>Writes the digits of an unsigned number.</summary>
    public static int FormatDigits(ulong value, Span<byte> target)
    {
        var count = CountDigits(value);
        WriteDigits(value, count, target);
        return count;
    }

    /// <summary>Writes exactly <paramref name="count"/> digits, with leading zeros.</summary>
    public static void WriteDigits(ulong value, int count, Span<byte> target)
    {
        for (var i = count - 1; i >= 0; i--)
        {
            var rest = value / 10;
            target[i] = (byte)('0' + (int)(value - (rest * 10)));
            value = rest;
        }
    }

    internal static int CountDigits(ulong value)
    {
        // The number of digits is within one of bits * log10(2).
        var guess = ((64 - System.Numerics.BitOperations.LeadingZeroCount(value | 1)) * 1233) >> 12;
        return guess + (guess < 20 && value >= PowersOfTen[guess] ? 1 : 0) is var count && count == 0 ? 1 : count;
    }

    internal static ulong PowerOfTen(int exponent) => PowersOfTen[exponent];

    private static bool TryParseSigned(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        text = AsciiText.Trim(text);
        var isNegative = false;
        if (!text.IsEmpty && text[0] is (byte)'-' or (byte)'+')
        {
            isNegative = text[0] == '-';
            text = text[1..];
        }

        if (!TryParseDigits(text, out var magnitude) || magnitude > (isNegative ? 1UL << 63 : long.MaxValue))
        {
            return false;
        }

        value = isNegative ? -(long)magnitude : (long)magnitude;
        return true;
    }
}
