using System.Collections.Immutable;
using System.Text;
using Engine.Core.Errors;
using Engine.Core.Types;

namespace Engine.Core.Text;

/// <summary>
/// A layout of dates and times in strptime's letters (<c>%d/%b/%Y:%H:%M:%S %z</c>), compiled once and applied to UTF-8 text. Month and day names
/// are English; a blank in the pattern stands for any blanks.
/// </summary>
public sealed class TimestampPattern
{
    private readonly ImmutableArray<Step> _steps;

    private TimestampPattern(string pattern, ImmutableArray<Step> steps)
    {
        Pattern = pattern;
        _steps = steps;
        HasDate = steps.Any(step => "YymbBdejs".Contains(step.Letter, StringComparison.Ordinal));
        HasTime = steps.Any(step => "HIMSfs".Contains(step.Letter, StringComparison.Ordinal));
        HasZone = steps.Any(step => step.Letter is 'z' or 'Z' or 's');
    }

    public string Pattern { get; }

    public bool HasDate { get; }

    public bool HasTime { get; }

    public bool HasZone { get; }

    /// <summary>Compiles a pattern. Letters: Y y m b B d e j H I M S f p z Z a A s T F D R, and %% for a percent sign.</summary>
    /// <exception cref="QueryException">22023 for an unknown letter.</exception>
    public static TimestampPattern Parse(string pattern)
    {
        // Composite letters are written out first.
        var full = pattern.Replace("%T", "%H:%M:%S", StringComparison.Ordinal).Replace("%F", "%Y-%m-%d", StringComparison.Ordinal)
            .Replace("%D", "%m/%d/%y", StringComparison.Ordinal).Replace("%R", "%H:%M", StringComparison.Ordinal)
            .Replace("%g", "%f", StringComparison.Ordinal).Replace("%n", "%f", StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(full);
        var steps = ImmutableArray.CreateBuilder<Step>();
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '%')
            {
                steps.Add(new Step('\0', bytes[i]));
                continue;
            }

            i += i + 2 < bytes.Length && bytes[i + 1] == '-' ? 2 : 1;
            var letter = i < bytes.Length ? (char)bytes[i] : '\0';
            if (letter == '%')
            {
                steps.Add(new Step('\0', (byte)'%'));
            }
            else if (letter != '\0' && "YymbBhdejHkIMSfpzZaAs".Contains(letter, StringComparison.Ordinal))
            {
                steps.Add(new Step(letter switch { 'h' or 'B' => 'b', 'e' => 'd', 'k' => 'H', 'A' => 'a', _ => letter }, 0));
            }
            else
            {
                throw new QueryException(
                    ErrorCodes.InvalidParameterValue,
                    $"unknown letter in date format \"{pattern}\": %{(letter == '\0' ? "" : letter)}",
                    hint: "Letters are those of strptime: %Y %y %m %b %d %j %H %I %M %S %f %p %z %Z %a %s.");
            }
        }

        return new TimestampPattern(pattern, steps.ToImmutable());
    }

    /// <summary>Reads a whole text as a date.</summary>
    public bool TryParseDate(ReadOnlySpan<byte> text, out int days)
    {
        days = 0;
        return TryRead(text, out var parts) && parts.TryResolveDays(out days, out _);
    }

    /// <summary>Reads a whole text as a time of day.</summary>
    public bool TryParseTime(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        if (!TryRead(text, out var parts))
        {
            return false;
        }

        micros = TimeText.RoundToMicros(parts.Nanos);
        return true;
    }

    /// <summary>Reads a whole text as a timestamp; a zone in it moves the value to UTC.</summary>
    public bool TryParse(ReadOnlySpan<byte> text, TimeUnit unit, out long value)
    {
        value = 0;
        return TryRead(text, out var parts)
            && parts.TryResolveDays(out var days, out var dayNanos)
            && TimestampText.TryCombine(days, dayNanos + parts.Nanos, unit, out value)
            && TryMove(ref value, -(long)parts.OffsetSeconds * (unit == TimeUnit.Microsecond ? 1_000_000 : 1_000_000_000));
    }

    private static bool TryMove(ref long value, long by)
    {
        var moved = value + by;
        var isGood = (moved > value) == (by > 0) || by == 0;
        value = moved;
        return isGood;
    }

    private bool TryRead(ReadOnlySpan<byte> text, out TimestampParts parts)
    {
        text = AsciiText.Trim(text);
        parts = TimestampParts.Empty;
        var position = 0;
        for (var i = 0; i < _steps.Length; i++)
        {
            var step = _steps[i];
            var isFree = step.Letter != '\0' && (i + 1 >= _steps.Length || _steps[i + 1].Letter == '\0');
            if (!(step.Letter == '\0' ? TryReadLiteral(text, step.Literal, ref position) : parts.TryRead(step.Letter, text, ref position, isFree)))
            {
                return false;
            }
        }

        return position == text.Length;
    }

    private static bool TryReadLiteral(ReadOnlySpan<byte> text, byte literal, ref int position)
    {
        if (AsciiText.IsBlank(literal))
        {
            var start = position;
            while (position < text.Length && AsciiText.IsBlank(text[position]))
            {
                position++;
            }

            return position > start;
        }

        return position < text.Length && text[position++] == literal;
    }

    /// <summary>A letter, or a literal byte where there is none.</summary>
    private readonly record struct Step(char Letter, byte Literal);
}
