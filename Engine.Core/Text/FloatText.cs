using System.Globalization;

namespace Engine.Core.Text;

/// <summary>
/// Floating-point numbers as PostgreSQL writes them: the fewest digits that read back the same, exponents of two digits or more, and
/// <c>Infinity</c>, <c>-Infinity</c>, <c>NaN</c>. Reading is exactly rounded.
/// </summary>
public static class FloatText
{
    /// <summary>Bytes that the longest number takes.</summary>
    public const int MaxLength = 40;

    private const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
    private const int MaxExactDigits = 19;
    private const int MaxExactPower = 22;
    private const ulong MaxExactMantissa = 1UL << 53;

    private static ReadOnlySpan<double> ExactPowers =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    public static bool TryParse(ReadOnlySpan<byte> text, out double value) => TryParseShort(text, out value) || TryParseAny(text, out value);

    public static bool TryParse(ReadOnlySpan<byte> text, out float value)
    {
        // Rounding twice would be wrong, so that only the general way can read a float.
        text = AsciiText.Trim(text);
        if (text.IsEmpty)
        {
            value = 0;
            return false;
        }

        if (TryParseWord(text, out var special))
        {
            value = (float)special;
            return true;
        }

        return float.TryParse(text, Styles, CultureInfo.InvariantCulture, out value) && !float.IsInfinity(value) && IsPlain(text);
    }

    /// <summary>Writes the number; the target has room for <see cref="MaxLength"/> bytes.</summary>
    public static int Format(double value, Span<byte> target)
    {
        if (TryFormatSpecial(value, target, out var written))
        {
            return written;
        }

        Span<byte> raw = stackalloc byte[MaxLength];
        value.TryFormat(raw, out var length, default, CultureInfo.InvariantCulture);

        // Below a power of two numbers lie closer: the framework's shortest form may read back as the one below.
        if (double.IsPow2(Math.Abs(value)) && double.Parse(raw[..length], Styles, CultureInfo.InvariantCulture) != value)
        {
            value.TryFormat(raw, out length, "G17", CultureInfo.InvariantCulture);
        }

        return LayOut(raw[..length], maxIntegerDigits: 15, target);
    }

    public static int Format(float value, Span<byte> target)
    {
        if (TryFormatSpecial(value, target, out var written))
        {
            return written;
        }

        Span<byte> raw = stackalloc byte[MaxLength];
        value.TryFormat(raw, out var length, default, CultureInfo.InvariantCulture);
        if (float.IsPow2(Math.Abs(value)) && float.Parse(raw[..length], Styles, CultureInfo.InvariantCulture) != value)
        {
            value.TryFormat(raw, out length, "G9", CultureInfo.InvariantCulture);
        }

        return LayOut(raw[..length], maxIntegerDigits: 6, target);
    }

    /// <summary>Numbers of few digits and small exponents, where one exact division or multiplication gives the correctly rounded result.</summary>
    private static bool TryParseShort(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        var position = 0;
        var isNegative = !text.IsEmpty && text[0] == '-';
        if (isNegative)
        {
            position = 1;
        }

        ulong mantissa = 0;
        var digits = 0;
        var pointAt = -1;
        for (; position < text.Length; position++)
        {
            var digit = (uint)(text[position] - '0');
            if (digit <= 9)
            {
                mantissa = (mantissa * 10) + digit;
                digits++;
            }
            else if (text[position] == '.' && pointAt < 0)
            {
                pointAt = digits;
            }
            else
            {
                return false;
            }
        }

        var scale = pointAt < 0 ? 0 : digits - pointAt;
        if (digits is 0 or > MaxExactDigits || mantissa > MaxExactMantissa || scale > MaxExactPower)
        {
            return false;
        }

        var magnitude = mantissa / ExactPowers[scale];
        value = isNegative ? -magnitude : magnitude;
        return true;
    }

    private static bool TryParseAny(ReadOnlySpan<byte> text, out double value)
    {
        text = AsciiText.Trim(text);
        if (text.IsEmpty)
        {
            value = 0;
            return false;
        }

        return TryParseWord(text, out value)
            || (double.TryParse(text, Styles, CultureInfo.InvariantCulture, out value) && !double.IsInfinity(value) && IsPlain(text));
    }

    /// <summary>The framework also reads its own words for the special values; those were handled before.</summary>
    private static bool IsPlain(ReadOnlySpan<byte> text) => AsciiText.IsDigit(text[^1]) || text[^1] == '.';

    private static bool TryParseWord(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        var isNegative = text[0] == '-';
        var word = text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
        if (word.IsEmpty || (word[0] | 0x20) is not ('n' or 'i'))
        {
            return false;
        }

        if (AsciiText.EqualsIgnoreCase(word, "nan"u8))
        {
            value = double.NaN;
            return true;
        }

        if (AsciiText.EqualsIgnoreCase(word, "infinity"u8) || AsciiText.EqualsIgnoreCase(word, "inf"u8))
        {
            value = isNegative ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        return false;
    }

    private static bool TryFormatSpecial(double value, Span<byte> target, out int written)
    {
        var text = double.IsNaN(value) ? "NaN"u8
            : double.IsPositiveInfinity(value) ? "Infinity"u8
            : double.IsNegativeInfinity(value) ? "-Infinity"u8
            : default;
        text.CopyTo(target);
        written = text.Length;
        return written != 0;
    }

    /// <summary>Turns the framework's shortest form (plain or with E) into PostgreSQL's layout.</summary>
    private static int LayOut(ReadOnlySpan<byte> raw, int maxIntegerDigits, Span<byte> target)
    {
        Span<byte> digits = stackalloc byte[MaxLength];
        var count = 0;
        var pointAt = -1;
        var written = 0;
        var exponent = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            var symbol = raw[i];
            if (AsciiText.IsDigit(symbol))
            {
                if (count > 0 || symbol != '0')
                {
                    digits[count++] = symbol;
                }
                else if (pointAt >= 0)
                {
                    // A zero behind the point and before the first digit that counts.
                    exponent--;
                }
            }
            else if (symbol == '.')
            {
                pointAt = count;
            }
            else if (symbol == '-')
            {
                target[written++] = symbol;
            }
            else
            {
                exponent += IntegerText.TryParse(raw[(i + 1)..], out int power) ? power : 0;
                break;
            }
        }

        if (count == 0)
        {
            target[written++] = (byte)'0';
            return written;
        }

        // The value is 0.DIGITS * 10^point.
        var point = (pointAt < 0 ? count : pointAt) + exponent;
        while (count > 1 && digits[count - 1] == '0')
        {
            count--;
        }

        return written + (point - 1 < -4 || point > maxIntegerDigits
            ? WriteScientific(digits[..count], point - 1, target[written..])
            : WritePlain(digits[..count], point, target[written..]));
    }

    private static int WriteScientific(ReadOnlySpan<byte> digits, int exponent, Span<byte> target)
    {
        var written = 0;
        target[written++] = digits[0];
        if (digits.Length > 1)
        {
            target[written++] = (byte)'.';
            digits[1..].CopyTo(target[written..]);
            written += digits.Length - 1;
        }

        target[written++] = (byte)'e';
        target[written++] = exponent < 0 ? (byte)'-' : (byte)'+';
        var magnitude = (ulong)Math.Abs(exponent);
        var width = magnitude >= 100 ? 3 : 2;
        IntegerText.WriteDigits(magnitude, width, target[written..]);
        return written + width;
    }

    private static int WritePlain(ReadOnlySpan<byte> digits, int point, Span<byte> target)
    {
        var written = 0;
        if (point <= 0)
        {
            "0."u8.CopyTo(target);
            target.Slice(2, -point).Fill((byte)'0');
            written = 2 - point;
            digits.CopyTo(target[written..]);
            return written + digits.Length;
        }

        var whole = Math.Min(point, digits.Length);
        digits[..whole].CopyTo(target);
        target[whole..point].Fill((byte)'0');
        written = point;
        if (digits.Length > point)
        {
            target[written++] = (byte)'.';
            digits[point..].CopyTo(target[written..]);
            written += digits.Length - point;
        }

        return written;
    }
}
