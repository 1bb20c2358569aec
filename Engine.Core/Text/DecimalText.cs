namespace Engine.Core.Text;

/// <summary>Exact decimals: unscaled integers with a scale known from the type.</summary>
public static class DecimalText
{
    /// <summary>Bytes that the longest decimal takes: sign, 38 digits, a point and a zero before it.</summary>
    public const int MaxLength = 42;

    private const int MaxDigits = 38;
    private const int MaxExponent = 10_000;

    private static readonly Int128[] Powers = MakePowers();

    public static Int128 PowerOfTen(int exponent) => Powers[exponent];

    /// <summary>Reads a number into an unscaled value of <paramref name="scale"/> fraction digits; false when it has more than <paramref name="precision"/> digits.</summary>
    /// <param name="text">Digits, sign, point, exponent; blanks around.</param>
    /// <param name="precision">Digits in all.</param>
    /// <param name="scale">Digits behind the point.</param>
    /// <param name="isStrict">Whether digits beyond the scale are refused; otherwise they are rounded, halves away from zero.</param>
    /// <param name="value">The unscaled value.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, int precision, int scale, bool isStrict, out Int128 value)
    {
        if (TryParseCompact(text, precision, scale, out var compact))
        {
            value = compact;
            return true;
        }

        return TryParseAny(AsciiText.Trim(text), precision, scale, isStrict, out value);
    }

    /// <summary>As above for precisions of at most 18 digits.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, int precision, int scale, bool isStrict, out long value)
    {
        if (TryParseCompact(text, precision, scale, out value))
        {
            return true;
        }

        var isGood = TryParseAny(AsciiText.Trim(text), precision, scale, isStrict, out var wide);
        value = (long)wide;
        return isGood;
    }

    /// <summary>Writes the number with exactly <paramref name="scale"/> fraction digits.</summary>
    public static int Format(Int128 value, int scale, Span<byte> target)
    {
        Span<byte> digits = stackalloc byte[MaxLength];
        var magnitude = value < 0 ? (UInt128)(-value) : (UInt128)value;
        var count = 0;
        if (magnitude <= ulong.MaxValue)
        {
            count = IntegerText.FormatDigits((ulong)magnitude, digits);
        }
        else
        {
            var (high, low) = UInt128.DivRem(magnitude, IntegerText.PowerOfTen(19));
            count = high <= ulong.MaxValue ? IntegerText.FormatDigits((ulong)high, digits) : FormatHuge(high, digits);
            IntegerText.WriteDigits((ulong)low, 19, digits[count..]);
            count += 19;
        }

        var written = 0;
        if (value < 0)
        {
            target[written++] = (byte)'-';
        }

        var whole = count - scale;
        if (whole <= 0)
        {
            target[written++] = (byte)'0';
        }
        else
        {
            digits[..whole].CopyTo(target[written..]);
            written += whole;
        }

        if (scale == 0)
        {
            return written;
        }

        target[written++] = (byte)'.';
        var zeros = Math.Max(0, -whole);
        target.Slice(written, zeros).Fill((byte)'0');
        written += zeros;
        digits[Math.Max(0, whole)..count].CopyTo(target[written..]);
        return written + count - Math.Max(0, whole);
    }

    private static int FormatHuge(UInt128 high, Span<byte> digits)
    {
        // Only 2^127 itself reaches beyond 38 digits; the first of three groups of 19.
        var (first, second) = UInt128.DivRem(high, IntegerText.PowerOfTen(19));
        var count = IntegerText.FormatDigits((ulong)first, digits);
        IntegerText.WriteDigits((ulong)second, 19, digits[count..]);
        return count + 19;
    }

    /// <summary>Plain digits with no more fraction digits than the scale, in 64 bits.</summary>
    private static bool TryParseCompact(ReadOnlySpan<byte> text, int precision, int scale, out long value)
    {
        value = 0;
        if (text.Length is 0 or > 19)
        {
            return false;
        }

        var isNegative = text[0] == '-';
        long total = 0;
        var fraction = -1;
        var digits = 0;
        for (var i = isNegative ? 1 : 0; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit <= 9)
            {
                total = (total * 10) + digit;
                digits++;
                fraction += fraction >= 0 ? 1 : 0;
            }
            else if (text[i] == '.' && fraction < 0)
            {
                fraction = 0;
            }
            else
            {
                return false;
            }
        }

        var missing = scale - Math.Max(fraction, 0);
        if (digits == 0 || missing < 0 || digits + missing > 18)
        {
            return false;
        }

        total *= (long)IntegerText.PowerOfTen(missing);
        value = isNegative ? -total : total;
        return precision >= 18 || (ulong)total < IntegerText.PowerOfTen(precision);
    }

    private static bool TryParseAny(ReadOnlySpan<byte> text, int precision, int scale, bool isStrict, out Int128 value)
    {
        value = 0;
        var position = 0;
        var isNegative = false;
        if (!text.IsEmpty && text[0] is (byte)'-' or (byte)'+')
        {
            isNegative = text[0] == '-';
            position = 1;
        }

        if (!TryFindExponent(text, out var mantissaEnd, out var exponent))
        {
            return false;
        }

        var point = text[position..mantissaEnd].IndexOf((byte)'.');
        var wholeDigits = point < 0 ? mantissaEnd - position : point;

        // The place behind which digits are cut, counted in digits from the first one.
        var keep = (long)wholeDigits + exponent + scale;
        UInt128 total = 0;
        long index = 0;
        var roundsUp = false;
        var isExact = true;
        for (; position < mantissaEnd; position++)
        {
            if (text[position] == '.')
            {
                if (wholeDigits == index && point >= 0)
                {
                    point = -1;
                    continue;
                }

                return false;
            }

            var digit = (uint)(text[position] - '0');
            if (digit > 9)
            {
                return false;
            }

            if (index < keep)
            {
                total = (total * 10) + digit;
                if (total >= (UInt128)Powers[MaxDigits])
                {
                    return false;
                }
            }
            else
            {
                roundsUp |= index == keep && digit >= 5;
                isExact &= digit == 0;
            }

            index++;
        }

        if (index == 0 || (isStrict && !isExact))
        {
            return false;
        }

        for (; index < keep && total != 0; index++)
        {
            total *= 10;
            if (total >= (UInt128)Powers[MaxDigits])
            {
                return false;
            }
        }

        total += roundsUp ? 1u : 0u;
        value = isNegative ? -(Int128)total : (Int128)total;
        return total < (UInt128)Powers[precision];
    }

    private static bool TryFindExponent(ReadOnlySpan<byte> text, out int mantissaEnd, out int exponent)
    {
        exponent = 0;
        mantissaEnd = text.IndexOfAny((byte)'e', (byte)'E');
        if (mantissaEnd < 0)
        {
            mantissaEnd = text.Length;
            return true;
        }

        return mantissaEnd + 1 < text.Length
            && !AsciiText.IsBlank(text[mantissaEnd + 1])
            && IntegerText.TryParse(text[(mantissaEnd + 1)..], out exponent)
            && Math.Abs((long)exponent) <= MaxExponent;
    }

    private static Int128[] MakePowers()
    {
        var powers = new Int128[MaxDigits + 1];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++)
        {
            powers[i] = powers[i - 1] * 10;
        }

        return powers;
    }
}
