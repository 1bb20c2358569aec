using System.Buffers.Binary;
using Engine.Core.Errors;
using Engine.Core.Expressions;
using Engine.Core.Text;
using Engine.Core.Types;

namespace Engine.Server.PgWire.Types;

/// <summary>
/// The binary form of numeric: digits to the base 10,000, the exponent of the first of them, the sign, and the digits behind the point that are shown
/// (PostgreSQL, src/backend/utils/adt/numeric.c, numeric_send).
/// </summary>
internal static class NumericFormat
{
    private const int DigitsPerGroup = 4;
    private const int MaxGroups = (DecimalType.MaxPrecision / DigitsPerGroup) + 2;
    private const int Negative = 0x4000;
    private const int HeaderLength = 8;

    public static void Write(Int128 unscaled, int scale, ByteWriter writer)
    {
        Span<short> groups = stackalloc short[MaxGroups];
        var (first, count, weight) = Split(UInt128.CreateChecked(Int128.Abs(unscaled)), scale, groups);
        var target = writer.GetSpan(HeaderLength + (2 * count));
        BinaryPrimitives.WriteInt16BigEndian(target, (short)count);
        BinaryPrimitives.WriteInt16BigEndian(target[2..], (short)weight);
        BinaryPrimitives.WriteInt16BigEndian(target[4..], unscaled < 0 ? (short)Negative : (short)0);
        BinaryPrimitives.WriteInt16BigEndian(target[6..], (short)scale);
        for (var i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteInt16BigEndian(target[(HeaderLength + (2 * i))..], groups[first + i]);
        }

        writer.Advance(HeaderLength + (2 * count));
    }

    /// <summary>The decimal of as many digits as a number in text form has; one with an exponent gets those of plain numeric.</summary>
    public static DecimalType TypeOf(string text)
    {
        var digits = text.Trim().TrimStart('-', '+').TrimStart('0');
        if (digits.Any(symbol => !char.IsAsciiDigit(symbol) && symbol != '.'))
        {
            return TypeName.DefaultDecimal;
        }

        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var scale = point < 0 ? 0 : digits.Length - point - 1;
        var precision = Math.Max(digits.Length - (point < 0 ? 0 : 1), 1);
        return precision <= DecimalType.MaxPrecision ? new DecimalType(precision, scale) : TypeName.DefaultDecimal;
    }

    /// <summary>A number in binary form as a decimal of its own digits.</summary>
    /// <exception cref="QueryException">It is none, not finite, or has more digits than decimals have.</exception>
    public static Literal Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new Protocol.PayloadReader(bytes);
        var (count, weight, sign, scale) = (reader.Int16(), reader.Int16(), (ushort)reader.Int16(), reader.Int16());
        if (sign is not (0 or Negative))
        {
            throw QueryException.NotSupportedYet("NaN and infinity as numeric parameters");
        }

        if (count < 0 || scale < 0)
        {
            throw new QueryException(ErrorCodes.InvalidBinaryRepresentation, "invalid scale in external \"numeric\" value");
        }

        try
        {
            // Digit by digit from the front to the last that is shown.
            var value = UInt128.Zero;
            for (var group = 0; group <= weight || (group - weight - 1) * DigitsPerGroup < scale; group++)
            {
                int digits = group < count ? reader.Int16() : 0;
                if (digits is < 0 or > 9999)
                {
                    throw new QueryException(ErrorCodes.InvalidBinaryRepresentation, "invalid digit in external \"numeric\" value");
                }

                var shown = group <= weight ? DigitsPerGroup : Math.Min(DigitsPerGroup, scale - ((group - weight - 1) * DigitsPerGroup));
                value = checked((value * Power(shown)) + (uint)(digits / (int)Power(DigitsPerGroup - shown)));
            }

            var precision = Math.Max(DigitCount(value), scale);
            if (precision <= DecimalType.MaxPrecision)
            {
                return new Literal(sign == 0 ? (Int128)value : -(Int128)value, new DecimalType(Math.Max(precision, 1), scale));
            }
        }
        catch (OverflowException)
        {
            // More digits than the greatest decimal has: said below.
        }

        throw new QueryException(ErrorCodes.NumericValueOutOfRange, $"number has more than {DecimalType.MaxPrecision} digits");
    }

    /// <summary>The groups of a number without zeros at both ends: the first of them, how many, and the exponent of the first.</summary>
    private static (int First, int Count, int Weight) Split(UInt128 value, int scale, Span<short> groups)
    {
        // The last group holds the digits behind the last multiple of four, filled up with zeros.
        var last = (scale + DigitsPerGroup - 1) / DigitsPerGroup;
        var partial = scale % DigitsPerGroup;
        var next = groups.Length;
        if (partial > 0)
        {
            groups[--next] = (short)((uint)(value % Power(partial)) * Power(DigitsPerGroup - partial));
            value /= Power(partial);
        }

        while (value > 0)
        {
            var rest = value / 10_000;
            groups[--next] = (short)(value - (rest * 10_000));
            value = rest;
        }

        var (first, end) = (next, groups.Length);
        while (first < end && groups[first] == 0)
        {
            first++;
        }

        while (end > first && groups[end - 1] == 0)
        {
            end--;
        }

        // The group before the point has weight 0.
        var weight = groups.Length - 1 - last - first;
        return first == end ? (0, 0, 0) : (first, end - first, weight);
    }

    private static int DigitCount(UInt128 value)
    {
        var count = 0;
        for (; value > 0; value /= 10)
        {
            count++;
        }

        return count;
    }

    private static uint Power(int exponent) => exponent switch { 0 => 1, 1 => 10, 2 => 100, 3 => 1000, _ => 10_000 };
}
