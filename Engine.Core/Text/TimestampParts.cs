namespace Engine.Core.Text;

/// <summary>What a <see cref="TimestampPattern"/> has read so far.</summary>
internal struct TimestampParts
{
    private const long NanosPerSecond = 1_000_000_000;

    private int _year;
    private int _month;
    private int _day;
    private int _dayOfYear;
    private int _hour;
    private int _minute;
    private int _second;
    private long _fraction;
    private int _half;
    private long? _epochSeconds;

    public static TimestampParts Empty => new() { _year = 1970, _month = 1, _day = 1, _half = -1 };

    public int OffsetSeconds { get; private set; }

    /// <summary>Since midnight.</summary>
    public readonly long Nanos
    {
        get
        {
            // Noon and midnight are twelve on a twelve-hour clock.
            var hour = _half < 0 ? _hour : (_hour % 12) + (_half * 12);
            return ((((hour * 60L) + _minute) * 60) + _second) * NanosPerSecond + _fraction;
        }
    }

    public readonly bool TryResolveDays(out int days, out long nanos)
    {
        nanos = 0;
        if (_epochSeconds is { } seconds)
        {
            var day = Math.DivRem(seconds, 86_400, out var rest);
            days = (int)Math.Clamp(rest < 0 ? day - 1 : day, int.MinValue, int.MaxValue);
            nanos = (rest < 0 ? rest + 86_400 : rest) * NanosPerSecond;
            return true;
        }

        if (_dayOfYear > 0)
        {
            days = Calendar.ToDays(_year, 1, 1) + _dayOfYear - 1;
            return _dayOfYear <= (Calendar.IsLeapYear(_year) ? 366 : 365);
        }

        return Calendar.TryToDays(_year, _month, _day, out days);
    }

    /// <summary>Reads what one letter stands for. Numbers may have fewer digits where no other number follows.</summary>
    public bool TryRead(char letter, ReadOnlySpan<byte> text, ref int position, bool isFree)
    {
        switch (letter)
        {
            case 'Y': return TryReadNumber(text, ref position, 4, 4, out _year) && _year > 0;
            case 'y':
                var isGood = TryReadNumber(text, ref position, 2, 2, out _year);
                _year += _year < 69 ? 2000 : 1900;
                return isGood;
            case 'm': return TryReadNumber(text, ref position, isFree ? 1 : 2, 2, out _month);
            case 'd': return TryReadPadded(text, ref position, isFree, out _day);
            case 'j': return TryReadNumber(text, ref position, isFree ? 1 : 3, 3, out _dayOfYear) && _dayOfYear > 0;
            case 'H': return TryReadPadded(text, ref position, isFree, out _hour) && _hour <= 23;
            case 'I': return TryReadPadded(text, ref position, isFree, out _hour) && _hour is >= 1 and <= 12;
            case 'M': return TryReadNumber(text, ref position, isFree ? 1 : 2, 2, out _minute) && _minute <= 59;
            case 'S': return TryReadNumber(text, ref position, isFree ? 1 : 2, 2, out _second) && _second <= 60;
            case 'f': return TryReadFraction(text, ref position);
            case 'p': return TryReadHalf(text, ref position);
            case 'b': return TimeNames.TryReadMonth(text, ref position, out _month);
            case 'a': return TimeNames.TryReadWeekday(text, ref position);
            case 's': return TryReadEpoch(text, ref position);
            default:
                if (!TimestampText.TryReadZone(text[position..], out var offset, out var length))
                {
                    return false;
                }

                OffsetSeconds = offset;
                position += length;
                return true;
        }
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> text, ref int position, int minDigits, int maxDigits, out int value)
    {
        var start = position;
        value = DateText.ReadNumber(text, ref position, maxDigits);
        return position - start >= minDigits;
    }

    /// <summary>A number of two digits whose first may be a blank, as syslog pads its days.</summary>
    private static bool TryReadPadded(ReadOnlySpan<byte> text, ref int position, bool isFree, out int value)
    {
        var isPadded = position < text.Length && text[position] == ' ';
        position += isPadded ? 1 : 0;
        return TryReadNumber(text, ref position, isFree || isPadded ? 1 : 2, isPadded ? 1 : 2, out value);
    }

    private bool TryReadFraction(ReadOnlySpan<byte> text, ref int position)
    {
        var start = position;
        var unit = NanosPerSecond / 10;
        for (_fraction = 0; position < text.Length && AsciiText.IsDigit(text[position]); position++)
        {
            _fraction += unit * (text[position] - '0');
            unit /= 10;
        }

        return position > start;
    }

    private bool TryReadHalf(ReadOnlySpan<byte> text, ref int position)
    {
        if (position + 2 > text.Length || (text[position + 1] | 0x20) != 'm')
        {
            return false;
        }

        _half = (text[position] | 0x20) switch { 'a' => 0, 'p' => 1, _ => -1 };
        position += 2;
        return _half >= 0;
    }

    private bool TryReadEpoch(ReadOnlySpan<byte> text, ref int position)
    {
        var start = position;
        while (position < text.Length && (AsciiText.IsDigit(text[position]) || (position == start && text[position] == '-')))
        {
            position++;
        }

        var isGood = IntegerText.TryParse(text[start..position], out long seconds) && Math.Abs(seconds) < 100_000_000_000_000;
        _epochSeconds = seconds;
        return isGood;
    }
}
