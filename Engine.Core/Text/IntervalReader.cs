using Engine.Core.Types;

namespace Engine.Core.Text;

/// <summary>Reads one interval text.</summary>
internal ref struct IntervalReader(ReadOnlySpan<byte> text)
{
    private const double MicrosPerDay = Calendar.MicrosPerDay;

    private readonly ReadOnlySpan<byte> _text = text;
    private int _position;
    private double _months;
    private double _days;
    private Int128 _micros;

    public bool TryRead(out Interval value)
    {
        value = default;
        if (_text.IsEmpty || !(_text[0] is (byte)'P' or (byte)'p' ? TryReadIso() : TryReadUnits()))
        {
            return false;
        }

        if (Math.Abs(_months) > int.MaxValue || Math.Abs(_days) > int.MaxValue || _micros > long.MaxValue || _micros < long.MinValue)
        {
            return false;
        }

        value = new Interval((int)_months, (int)_days, (long)_micros);
        return true;
    }

    private bool TryReadUnits()
    {
        var isAgo = false;
        var parts = 0;
        if (_text[0] == '@')
        {
            _position++;
        }

        while (SkipBlanks())
        {
            if (AsciiText.EqualsIgnoreCase(_text[_position..], "ago"u8) && parts > 0)
            {
                isAgo = true;
                break;
            }

            if (!TryReadPart())
            {
                return false;
            }

            parts++;
        }

        if (isAgo)
        {
            (_months, _days, _micros) = (-_months, -_days, -_micros);
        }

        return parts > 0;
    }

    /// <summary>One number with its unit, one clock, or one SQL year-month pair.</summary>
    private bool TryReadPart()
    {
        var isNegative = _text[_position] == '-';
        if (_text[_position] is (byte)'-' or (byte)'+')
        {
            _position++;
        }

        var start = _position;
        var whole = ReadDigits(out var digits);
        if (_position < _text.Length && _text[_position] == ':' && digits > 0)
        {
            return TryReadClock(whole, isNegative);
        }

        if (_position < _text.Length && _text[_position] == '-' && digits > 0)
        {
            _position++;
            var months = ReadDigits(out digits);
            _months += (isNegative ? -1 : 1) * (((double)whole * 12) + (double)months);
            return digits > 0 && months < 12;
        }

        double fraction = 0;
        if (_position < _text.Length && _text[_position] == '.')
        {
            var pointAt = _position++;
            ReadDigits(out var fractionDigits);
            digits += fractionDigits;
            if (fractionDigits > 0 && FloatText.TryParse(_text[pointAt.._position], out double parsed))
            {
                fraction = parsed;
            }
        }

        if (digits == 0 || _position == start)
        {
            return false;
        }

        SkipBlanks();
        var unitAt = _position;
        while (_position < _text.Length && AsciiText.IsLetter(_text[_position]))
        {
            _position++;
        }

        // A number alone counts seconds at the end, and days before a clock, as in SQL's '1 12:00:00'.
        var unit = _text[unitAt.._position];
        return TryAdd(unit.IsEmpty ? _position < _text.Length ? "day"u8 : "s"u8 : unit, whole, fraction, isNegative);
    }

    private bool TryReadClock(Int128 hours, bool isNegative)
    {
        _position++;
        var minutes = ReadDigits(out var minuteDigits);
        Int128 seconds = 0;
        double fraction = 0;
        if (_position < _text.Length && _text[_position] == ':')
        {
            _position++;
            seconds = ReadDigits(out var secondDigits);
            if (secondDigits == 0)
            {
                return false;
            }
        }

        if (_position < _text.Length && _text[_position] == '.')
        {
            var pointAt = _position++;
            ReadDigits(out _);
            if (!FloatText.TryParse(_text[pointAt.._position], out fraction))
            {
                return false;
            }
        }

        if (hours > long.MaxValue)
        {
            return false;
        }

        var total = ((hours * 3600) + (minutes * 60) + seconds) * 1_000_000;
        total += (Int128)Math.Round(fraction * 1e6, MidpointRounding.AwayFromZero);
        _micros += isNegative ? -total : total;
        return minuteDigits is 1 or 2 && minutes < 60 && seconds <= 60;
    }

    private bool TryReadIso()
    {
        _position = 1;
        var inTime = false;
        var parts = 0;
        while (_position < _text.Length)
        {
            if (_text[_position] is (byte)'T' or (byte)'t')
            {
                inTime = true;
                _position++;
                continue;
            }

            var isNegative = _text[_position] == '-';
            if (_text[_position] is (byte)'-' or (byte)'+')
            {
                _position++;
            }

            var whole = ReadDigits(out var digits);
            if (digits > 0 && _position < _text.Length && _text[_position] == (inTime ? ':' : '-'))
            {
                // The form of dates and clocks: P0001-02-03T04:05:06.
                if (inTime ? !TryReadClock(whole, isNegative) : isNegative || !TryReadIsoDate(whole))
                {
                    return false;
                }

                parts++;
                continue;
            }

            double fraction = 0;
            if (_position < _text.Length && _text[_position] is (byte)'.' or (byte)',')
            {
                var digitsAt = ++_position;
                var numerator = ReadDigits(out _);
                fraction = (double)numerator / Math.Pow(10, _position - digitsAt);
            }

            if (digits == 0 || _position >= _text.Length || !TryAddIso((byte)(_text[_position++] & ~0x20), inTime, whole, fraction, isNegative))
            {
                return false;
            }

            parts++;
        }

        return parts > 0 || inTime;
    }

    /// <summary>Months and perhaps days behind the years.</summary>
    private bool TryReadIsoDate(Int128 years)
    {
        _position++;
        var months = ReadDigits(out var digits);
        _months += ((double)years * 12) + (double)months;
        if (digits == 0 || _position >= _text.Length || _text[_position] != '-')
        {
            return digits > 0;
        }

        _position++;
        _days += (double)ReadDigits(out digits);
        return digits > 0;
    }

    private bool TryAddIso(byte unit, bool inTime, Int128 whole, double fraction, bool isNegative) => (unit, inTime) switch
    {
        ((byte)'Y', false) => TryAdd("year"u8, whole, fraction, isNegative),
        ((byte)'M', false) => TryAdd("mon"u8, whole, fraction, isNegative),
        ((byte)'W', false) => TryAdd("week"u8, whole, fraction, isNegative),
        ((byte)'D', false) => TryAdd("day"u8, whole, fraction, isNegative),
        ((byte)'H', true) => TryAdd("hour"u8, whole, fraction, isNegative),
        ((byte)'M', true) => TryAdd("min"u8, whole, fraction, isNegative),
        ((byte)'S', true) => TryAdd("sec"u8, whole, fraction, isNegative),
        _ => false,
    };

    /// <summary>Adds a count of a unit; the fraction goes on to the next smaller part, as in PostgreSQL.</summary>
    private bool TryAdd(ReadOnlySpan<byte> unit, Int128 whole, double fraction, bool isNegative)
    {
        if (!IntervalUnit.TryFind(unit, out var months, out var days, out var micros) || whole > long.MaxValue)
        {
            return false;
        }

        var sign = isNegative ? -1 : 1;
        if (months > 0)
        {
            _months += sign * (((double)whole * months) + (months > 1 ? Math.Round(fraction * months) : 0));
            AddDays(sign * (months == 1 ? fraction * 30 : 0));
        }
        else if (days > 0)
        {
            _days += sign * (double)whole * days;
            AddDays(sign * fraction * days);
        }
        else
        {
            // There is nothing smaller than a microsecond.
            _micros += sign * ((whole * micros) + (micros == 1 ? 0 : (Int128)Math.Round(fraction * micros, MidpointRounding.AwayFromZero)));
        }

        return true;
    }

    private void AddDays(double days)
    {
        var whole = Math.Truncate(days);
        _days += whole;
        _micros += (Int128)Math.Round((days - whole) * MicrosPerDay);
    }

    /// <summary>Digits as a number; of more than fit the largest, which is out of any range.</summary>
    private Int128 ReadDigits(out int count)
    {
        Int128 value = 0;
        var start = _position;
        for (; _position < _text.Length && AsciiText.IsDigit(_text[_position]); _position++)
        {
            value = value > Int128.MaxValue / 100 ? value : (value * 10) + _text[_position] - '0';
        }

        count = _position - start;
        return value;
    }

    private bool SkipBlanks()
    {
        while (_position < _text.Length && AsciiText.IsBlank(_text[_position]))
        {
            _position++;
        }

        return _position < _text.Length;
    }
}
