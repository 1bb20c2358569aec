using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Engine.Core.Text;

/// <summary>Time zones by name: IANA's, whatever the case; an offset ahead of UTC such as <c>+02:00</c>; the usual abbreviations.</summary>
public static class TimeZoneNames
{
    private const int MaxOffsetHours = 14;

    /// <summary>Those that PostgreSQL knows by default and that are not ambiguous there, in hours ahead of UTC.</summary>
    private static readonly FrozenDictionary<string, double> Abbreviations = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase)
    {
        ["Z"] = 0, ["UTC"] = 0, ["GMT"] = 0, ["UT"] = 0, ["WET"] = 0, ["WEST"] = 1, ["BST"] = 1, ["CET"] = 1, ["CEST"] = 2, ["MET"] = 1, ["MEST"] = 2, ["EET"] = 2, ["EEST"] = 3,
        ["IST"] = 2, ["SAST"] = 2, ["MSK"] = 3, ["MSD"] = 4, ["EAT"] = 3, ["PKT"] = 5, ["NPT"] = 5.75, ["ICT"] = 7, ["HKT"] = 8, ["SGT"] = 8, ["JST"] = 9, ["KST"] = 9,
        ["ACST"] = 9.5, ["ACDT"] = 10.5, ["AEST"] = 10, ["AEDT"] = 11, ["AWST"] = 8, ["NZST"] = 12, ["NZDT"] = 13, ["NST"] = -3.5, ["NDT"] = -2.5, ["AST"] = -4, ["ADT"] = -3,
        ["EST"] = -5, ["EDT"] = -4, ["CST"] = -6, ["CDT"] = -5, ["MST"] = -7, ["MDT"] = -6, ["PST"] = -8, ["PDT"] = -7, ["AKST"] = -9, ["AKDT"] = -8, ["HST"] = -10, ["ART"] = -3, ["BRT"] = -3,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly Lazy<FrozenDictionary<string, TimeZoneInfo>> Known = new(() =>
        TimeZoneInfo.GetSystemTimeZones().DistinctBy(zone => zone.Id, StringComparer.OrdinalIgnoreCase).ToFrozenDictionary(zone => zone.Id, StringComparer.OrdinalIgnoreCase));

    public static bool TryFind(string name, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        if (name.Equals("utc", StringComparison.OrdinalIgnoreCase))
        {
            zone = TimeZoneInfo.Utc;
            return true;
        }

        if (name.Length > 0 && TryFindOffset(name, out var offset))
        {
            zone = offset == TimeSpan.Zero ? TimeZoneInfo.Utc : TimeZoneInfo.CreateCustomTimeZone(name, offset, name, name);
            return true;
        }

        // Links such as US/Pacific are found by their name alone.
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone) || Known.Value.TryGetValue(name, out zone);
    }

    /// <summary>As <see cref="TryFind"/>, but a bare offset is read as POSIX reads it: +02 is two hours to the west of Greenwich.</summary>
    public static bool TryFindPosix(string name, [NotNullWhen(true)] out TimeZoneInfo? zone) => TryFind(
        name switch
        {
            ['-', .. var distance] => "+" + distance,
            ['+', .. var distance] => "-" + distance,
            [>= '0' and <= '9', ..] => "-" + name,
            _ => name,
        },
        out zone);

    private static bool TryFindOffset(string name, out TimeSpan offset)
    {
        if (Abbreviations.TryGetValue(name, out var hours))
        {
            offset = TimeSpan.FromHours(hours);
            return true;
        }

        // UTC-0 and its like; other distances mean west of UTC to some and east of it to others.
        offset = default;
        if (name.Length > 3 && (name.StartsWith("UTC", StringComparison.OrdinalIgnoreCase) || name.StartsWith("GMT", StringComparison.OrdinalIgnoreCase)))
        {
            return name[3..].TrimStart('+', '-') is { Length: > 0 and <= 5 } zeros && zeros.All(c => c is '0' or ':') && zeros[^1] == '0';
        }

        if (name[0] is not ('+' or '-') && !char.IsAsciiDigit(name[0]))
        {
            return false;
        }

        var digits = name.TrimStart('+', '-');
        var isGood = TimeSpan.TryParse(digits.Contains(':', StringComparison.Ordinal) ? digits : digits + ":00", CultureInfo.InvariantCulture, out offset) && offset.TotalHours <= MaxOffsetHours;
        offset = name[0] == '-' ? -offset : offset;
        return isGood;
    }
}
