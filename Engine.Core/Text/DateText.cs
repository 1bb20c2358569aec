using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Engine.Core.Text;

/// <summary>Dates as <c>2025-07-30</c>, days since 1970-01-01. Years have four to six digits; <c>BC</c> may follow.
/// <c>infinity</c>, <c>-infinity</c> and <c>epoch</c> are dates too.</summary>
public static class DateText
{
    public const int MaxLength = 20;

    private const int IsoLength = 10;
    private const ulong HyphensToZeros = 0x1D00001D00000000;
    private const ulong HyphenPlaces = 0xFF0000FF00000000;

    public static bool TryParse(ReadOnlySpan<byte> text, out int days)
    {
        if (text.Length == IsoLength && TryParseIso(text, out days))
        {
            return true;
        }

        text = AsciiText.Trim(text);
        if (TryReadDate(text, out days, out var length) && length == text.Length)
        {
            return true;
        }

        if (InfiniteTime.TryParse(text, out var infinity))
        {
            days = InfiniteTime.ToDate(infinity);
            return true;
        }

        days = 0;
        return AsciiText.EqualsIgnoreCase(text, "epoch"u8);
    }

    public static int Format(int days, Span<byte> target)
    {
        if (InfiniteTime.IsInfinite(days))
        {
            return InfiniteTime.Format(days < 0, target);
        }

        var (year, month, day) = Calendar.FromDays(days);
        var written = WriteDate(year, month, day, target);
        return written + WriteEra(year, target[written..]);
    }

    /// <summary>Exactly <c>yyyy-MM-dd</c> in the first ten bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryParseIso(ReadOnlySpan<byte> text, out int days)
    {
        ref var first = ref MemoryMarshal.GetReference(text);
        var chunk = Unsafe.ReadUnaligned<ulong>(ref first) ^ HyphensToZeros;
        var dayTens = (uint)(Unsafe.Add(ref first, 8) - '0');
        var dayOnes = (uint)(Unsafe.Add(ref first, 9) - '0');
        if ((chunk & HyphenPlaces) != (Swar.Zeros & HyphenPlaces) || !Swar.AreDigits(chunk) || dayTens > 9 || dayOnes > 9)
        {
            days = 0;
            return false;
        }

        var pairs = Swar.ToPairs(chunk);
        var year = ((int)(pairs & 0xFF) * 100) + (int)((pairs >> 16) & 0xFF);
        var month = (int)((pairs >> 40) & 0xFF);
        return Calendar.TryToDays(year, month, (int)((dayTens * 10) + dayOnes), out days) && year > 0;
    }

    /// <summary>Reads a date at the start of a text: year, month and day with hyphens or slashes, one or two digits in the latter.</summary>
    internal static bool TryReadDate(ReadOnlySpan<byte> text, out int days, out int length)
    {
        days = 0;
        length = 0;
        var position = 0;
        var year = ReadNumber(text, ref position, 6);
        if (position < 4 || position >= text.Length || text[position] is not ((byte)'-' or (byte)'/'))
        {
            return false;
        }

        var separator = text[position++];
        var monthAt = position;
        var month = ReadNumber(text, ref position, 2);
        if (position == monthAt || position >= text.Length || text[position] != separator)
        {
            return false;
        }

        var dayAt = ++position;
        var day = ReadNumber(text, ref position, 2);
        if (position == dayAt || year == 0 || (position < text.Length && AsciiText.IsDigit(text[position])))
        {
            return false;
        }

        length = position;
        if (text[position..].StartsWith(" BC"u8) || text[position..].StartsWith(" bc"u8))
        {
            year = 1 - year;
            length += 3;
        }

        return Calendar.TryToDays(year, month, day, out days);
    }

    internal static int ReadNumber(ReadOnlySpan<byte> text, ref int position, int maxDigits)
    {
        var value = 0;
        for (var end = Math.Min(text.Length, position + maxDigits); position < end && AsciiText.IsDigit(text[position]); position++)
        {
            value = (value * 10) + text[position] - '0';
        }

        return value;
    }

    /// <summary>Writes year, month and day without the era.</summary>
    internal static int WriteDate(int year, int month, int day, Span<byte> target)
    {
        var shown = (ulong)(year > 0 ? year : 1 - (long)year);
        var width = Math.Max(4, IntegerText.CountDigits(shown));
        IntegerText.WriteDigits(shown, width, target);
        target[width] = (byte)'-';
        IntegerText.WriteDigits((ulong)month, 2, target[(width + 1)..]);
        target[width + 3] = (byte)'-';
        IntegerText.WriteDigits((ulong)day, 2, target[(width + 4)..]);
        return width + 6;
    }

    internal static int WriteEra(int year, Span<byte> target)
    {
        if (year > 0)
        {
            return 0;
        }

        " BC"u8.CopyTo(target);
        return 3;
    }
}
