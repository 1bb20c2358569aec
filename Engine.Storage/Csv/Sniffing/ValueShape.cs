using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.Text;

namespace Engine.Storage.Csv.Sniffing;

/// <summary>The types that a text can be read as, as a set.</summary>
[Flags]
internal enum ValueTypes
{
    None = 0,
    Boolean = 1,
    BigInt = 2,
    HugeInteger = 4,
    Double = 8,
    Date = 16,
    Time = 32,
    Timestamp = 64,
    TimestampNanos = 128,
    TimestampTz = 256,
    All = 511,
}

/// <summary>Recognises what a text in a file may be.</summary>
internal static class ValueShape
{
    /// <summary>
    /// Every type whose values the text spells without loss. Digits with a leading zero are no number: they are codes, and read as numbers they
    /// would not come back. Words for booleans are <c>true</c> and <c>false</c> alone.
    /// </summary>
    public static ValueTypes Of(ReadOnlySpan<byte> text, ParseRules rules)
    {
        text = AsciiText.Trim(text);
        if (text.IsEmpty)
        {
            return ValueTypes.None;
        }

        var types = ValueTypes.None;
        var first = text[0];
        if (AsciiText.IsDigit(first) || first is (byte)'-' or (byte)'+' or (byte)'.')
        {
            types |= OfNumber(text, rules);
        }
        else if (AsciiText.EqualsIgnoreCase(text, "true"u8) || AsciiText.EqualsIgnoreCase(text, "false"u8))
        {
            types |= ValueTypes.Boolean;
        }
        else if (AsciiText.EqualsIgnoreCase(text, "nan"u8) || AsciiText.EqualsIgnoreCase(text, "inf"u8) || AsciiText.EqualsIgnoreCase(text, "infinity"u8))
        {
            types |= ValueTypes.Double;
        }

        return types | OfTime(text, rules);
    }

    private static ValueTypes OfNumber(ReadOnlySpan<byte> text, ParseRules rules)
    {
        if (LeadingZeros.IsPadded(text))
        {
            return ValueTypes.None;
        }

        if (IntegerText.TryParse(text, out long _))
        {
            return ValueTypes.BigInt | ValueTypes.HugeInteger | ValueTypes.Double;
        }

        if (DecimalText.TryParse(text, DecimalType.MaxPrecision, 0, isStrict: true, out Int128 _) && !text.ContainsAny("eE."u8))
        {
            return ValueTypes.HugeInteger;
        }

        return new DoubleParser(rules).TryParse(text, out _) ? ValueTypes.Double : ValueTypes.None;
    }

    private static ValueTypes OfTime(ReadOnlySpan<byte> text, ParseRules rules)
    {
        var types = ValueTypes.None;
        if (rules.DatePattern is not null || rules.TimestampPattern is not null)
        {
            types |= rules.DatePattern?.TryParseDate(text, out _) ?? DateText.TryParse(text, out _) ? ValueTypes.Date : ValueTypes.None;
            types |= rules.TimestampPattern?.TryParse(text, TimeUnit.Microsecond, out _) ?? TimestampText.TryParse(text, TimeUnit.Microsecond, out _)
                ? ValueTypes.Timestamp : ValueTypes.None;
            return types | (TimeText.TryParse(text, out _) ? ValueTypes.Time : ValueTypes.None);
        }

        if (!AsciiText.IsDigit(text[0]))
        {
            return types;
        }

        if (text.Length is >= 5 and <= 18 && text.Contains((byte)':') && TimeText.TryParse(text, out _))
        {
            return ValueTypes.Time;
        }

        if (text.Length < 8 || !TimestampText.TryParse(text, TimeUnit.Microsecond, out _, out var offset))
        {
            return types;
        }

        if (text.Length <= 10)
        {
            return ValueTypes.Date | ValueTypes.Timestamp | ValueTypes.TimestampNanos;
        }

        // Six digits of a fraction are kept by microseconds; more need nanoseconds.
        var point = text.LastIndexOf((byte)'.');
        var fraction = 0;
        while (point >= 0 && point + 1 + fraction < text.Length && AsciiText.IsDigit(text[point + 1 + fraction]))
        {
            fraction++;
        }

        return offset is not null ? ValueTypes.TimestampTz
            : fraction > 6 && TimestampText.TryParse(text, TimeUnit.Nanosecond, out _) ? ValueTypes.TimestampNanos
            : ValueTypes.Timestamp | (TimestampText.TryParse(text, TimeUnit.Nanosecond, out _) ? ValueTypes.TimestampNanos : ValueTypes.None);
    }
}
