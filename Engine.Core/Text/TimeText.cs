using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Engine.Core.Text;

/// <summary>Times of day as <c>12:34:56.789</c>, microseconds since midnight; <c>24:00:00</c> is the end of the day.</summary>
public static class TimeText
{
    public const int MaxLength = 18;

    internal const int ClockLength = 8;
    private const ulong ColonsToZeros = 0x00000A00000A0000;
    private const ulong ColonPlaces = 0x0000FF0000FF0000;
    private const long NanosPerSecond = 1_000_000_000;

    public static bool TryParse(ReadOnlySpan<byte> text, out long micros)
    {
        text = AsciiText.Trim(text);
        var isGood = TryReadTime(text, out var nanos, out var length) && length == text.Length;
        micros = RoundToMicros(nanos);
        return isGood;
    }

    public static int Format(long micros, Span<byte> target) => WriteTime(micros * 1000, target);

    /// <summary>Halves go up, as PostgreSQL rounds what it cannot store.</summary>
    internal static long RoundToMicros(long nanos) => (nanos + 500) / 1000;

    /// <summary>Reads hours and minutes, with seconds and a fraction if there are any, at the start of a text.</summary>
    internal static bool TryReadTime(ReadOnlySpan<byte> text, out long nanos, out int length)
    {
        if (text.Length >= ClockLength && TryReadClock(text, out var seconds))
        {
            length = ClockLength;
            nanos = seconds * NanosPerSecond;
        }
        else
        {
            nanos = 0;
            length = 0;
            var position = 0;
            var hour = DateText.ReadNumber(text, ref position, 2);
            if (position == 0 || position >= text.Length || text[position] != ':')
            {
                return false;
            }

            var minuteAt = ++position;
            var minute = DateText.ReadNumber(text, ref position, 2);
            if (position != minuteAt + 2 || hour > 24 || minute > 59)
            {
                return false;
            }

            var second = 0;
            if (position < text.Length && text[position] == ':')
            {
                var secondAt = ++position;
                second = DateText.ReadNumber(text, ref position, 2);
                if (position != secondAt + 2 || second > 60)
                {
                    return false;
                }
            }

            length = position;
            nanos = ((((hour * 60L) + minute) * 60) + second) * NanosPerSecond;
            if (hour == 24 && nanos > 24 * 3600 * NanosPerSecond)
            {
                return false;
            }
        }

        return length >= text.Length || text[length] is not ((byte)'.' or (byte)',') || TryReadFraction(text, ref length, ref nanos);
    }

    /// <summary>Exactly <c>HH:mm:ss</c> in the first eight bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryReadClock(ReadOnlySpan<byte> text, out long seconds)
    {
        var chunk = Unsafe.ReadUnaligned<ulong>(ref MemoryMarshal.GetReference(text)) ^ ColonsToZeros;
        var pairs = Swar.ToPairs(chunk);
        var hour = (long)(pairs & 0xFF);
        var minute = (long)((pairs >> 24) & 0xFF);
        var second = (long)((pairs >> 48) & 0xFF);
        seconds = (hour * 3600) + (minute * 60) + second;

        // Second 60 is a leap second: PostgreSQL takes it as the next minute's first.
        return (chunk & ColonPlaces) == (Swar.Zeros & ColonPlaces) && Swar.AreDigits(chunk) && hour <= 24 && minute <= 59 && second <= 60 && (hour < 24 || seconds == 86_400);
    }

    internal static int WriteTime(long nanos, Span<byte> target)
    {
        var seconds = nanos / NanosPerSecond;
        WriteClock(seconds, target);
        return ClockLength + WriteFraction(nanos - (seconds * NanosPerSecond), target[ClockLength..]);
    }

    /// <summary>Writes a point and the digits of a fraction of a second, trailing zeros left off; nothing for zero.</summary>
    internal static int WriteFraction(long nanos, Span<byte> target)
    {
        if (nanos == 0)
        {
            return 0;
        }

        var digits = 9;
        while (nanos % 10 == 0)
        {
            nanos /= 10;
            digits--;
        }

        target[0] = (byte)'.';
        IntegerText.WriteDigits((ulong)nanos, digits, target[1..]);
        return digits + 1;
    }

    private static void WriteClock(long seconds, Span<byte> target)
    {
        IntegerText.WriteDigits((ulong)(seconds / 3600), 2, target);
        target[2] = (byte)':';
        IntegerText.WriteDigits((ulong)(seconds / 60 % 60), 2, target[3..]);
        target[5] = (byte)':';
        IntegerText.WriteDigits((ulong)(seconds % 60), 2, target[6..]);
    }

    private static bool TryReadFraction(ReadOnlySpan<byte> text, ref int length, ref long nanos)
    {
        var position = length + 1;
        var unit = NanosPerSecond / 10;
        for (; position < text.Length && AsciiText.IsDigit(text[position]); position++)
        {
            nanos += unit * (text[position] - '0');
            unit /= 10;
        }

        var hasDigits = position > length + 1;
        length = position;
        return hasDigits;
    }
}
