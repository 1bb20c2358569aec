using System.Globalization;

namespace Engine.Server.Sessions;

/// <summary>Settings that are times.</summary>
public static class TimeSetting
{
    /// <summary>A setting's value as a time: milliseconds, or a number with a unit.</summary>
    public static TimeSpan? Parse(string value)
    {
        var digits = value.AsSpan().Trim().TrimEnd("abcdefghijklmnopqrstuvwxyz").TrimEnd();
        var unit = value.AsSpan().Trim()[digits.Length..].Trim().ToString() switch
        {
            "" or "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "min" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            "d" => TimeSpan.FromDays(1),
            _ => TimeSpan.Zero,
        };
        return unit > TimeSpan.Zero && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count * unit.TotalMilliseconds <= int.MaxValue
            ? count * unit
            : null;
    }
}
