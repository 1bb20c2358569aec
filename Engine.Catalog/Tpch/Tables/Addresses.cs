using Engine.Catalog.Tpch.Random;
using Engine.Catalog.Tpch.Rows;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Types;

namespace Engine.Catalog.Tpch.Tables;

/// <summary>Where suppliers and customers are reached.</summary>
internal static class Addresses
{
    /// <summary>Draws of the streams of addresses, one for the length and one for each five characters; and of telephone numbers.</summary>
    public const int AddressDraws = 9;

    public const int PhoneDraws = 3;

    private const int MinAddress = 10;
    private const int MaxAddress = 40;
    private const int LettersPerDraw = 5;
    private const int LetterBits = 6;
    private const int FirstCountryCode = 10;

    private static ReadOnlySpan<byte> Letters => "0123456789abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ,"u8;

    /// <summary>Letters without sense.</summary>
    public static Column OfRows(RowBlock rows, RandomStream stream)
    {
        using var builder = new TextBuilder(DataType.Varchar, rows.Pool);
        Span<byte> text = stackalloc byte[MaxAddress];
        var rowState = stream.StateBefore(rows.First);
        var step = RandomStream.Power(stream.DrawsPerRow);
        for (var row = 0; row < rows.RowCount; row++, rowState = RandomStream.Multiply(rowState, step))
        {
            var state = RandomStream.Next(rowState);
            var length = (int)RandomStream.Uniform(state, MinAddress, MaxAddress);
            var bits = 0L;
            for (var i = 0; i < length; i++)
            {
                if (i % LettersPerDraw == 0)
                {
                    state = RandomStream.Next(state);
                    bits = LetterNumbers(state);
                }

                text[i] = Letters[(int)(bits & ((1 << LetterBits) - 1))];
                bits >>= LetterBits;
            }

            builder.Append(text[..length]);
        }

        return builder.Finish();
    }

    /// <summary>The country's code and three random numbers.</summary>
    public static Column PhonesOf(RowBlock rows, RandomStream nations, RandomStream stream)
    {
        using var countries = rows.Draw(nations, 0, Nations.MaxKey);
        using var areas = rows.Draw(stream, 100, 999, draw: 0);
        using var exchanges = rows.Draw(stream, 100, 999, draw: 1);
        using var locals = rows.Draw(stream, 1000, 9999, draw: 2);
        using var builder = new TextBuilder(DataType.Varchar, rows.Pool);
        Span<byte> text = stackalloc byte["10-100-100-1000".Length];
        text.Fill((byte)'-');
        for (var row = 0; row < rows.RowCount; row++)
        {
            Write(FirstCountryCode + countries[row], text[..2]);
            Write(areas[row], text[3..6]);
            Write(exchanges[row], text[7..10]);
            Write(locals[row], text[11..]);
            builder.Append(text);
        }

        return builder.Finish();
    }

    /// <summary>Six bits for each of five letters. The range of this draw overflows in dbgen, so that its numbers are negative.</summary>
    private static long LetterNumbers(ulong state) => (long)((double)state / RandomStream.Modulus * int.MinValue);

    private static void Write(long number, Span<byte> digits)
    {
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            digits[i] = (byte)('0' + (number % 10));
            number /= 10;
        }
    }
}
