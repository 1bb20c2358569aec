using System.Text;
using Engine.Core.Errors;
using Engine.Core.Text;
using Engine.Core.Types;

namespace Engine.Core.Tests.Text;

public sealed class TemporalTextTests
{
    [Fact]
    public void Every_day_from_year_1_to_9999_reads_back()
    {
        var target = new byte[DateText.MaxLength];
        var first = (int)(DateTime.MinValue - DateTime.UnixEpoch).TotalDays;
        var last = (int)(DateTime.MaxValue - DateTime.UnixEpoch).TotalDays;
        for (var days = first; days <= last; days += 13)
        {
            var text = target.AsSpan(0, DateText.Format(days, target));
            var expected = DateTime.UnixEpoch.AddDays(days);
            Encoding.ASCII.GetString(text).ShouldBe(expected.ToString("yyyy-MM-dd"));
            DateText.TryParse(text, out var back).ShouldBeTrue();
            back.ShouldBe(days);
        }
    }

    [Theory]
    [InlineData("2025-02-29")]
    [InlineData("2025-13-01")]
    [InlineData("2025-00-01")]
    [InlineData("2025-01-00")]
    [InlineData("0000-01-01")]
    [InlineData("2025-01-011")]
    [InlineData("2025-1")]
    [InlineData("25-01-01")]
    [InlineData("-")]
    [InlineData("")]
    [InlineData("2025-01/01")]
    public void Refuses_dates_that_do_not_exist(string text) => DateText.TryParse(Bytes(text), out _).ShouldBeFalse();

    [Fact]
    public void Reads_loose_dates_and_dates_before_Christ()
    {
        DateText.TryParse(" 2025/7/3 "u8, out var days).ShouldBeTrue();
        days.ShouldBe(DateOnly.FromDateTime(new DateTime(2025, 7, 3)).DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber);
        DateText.TryParse("0044-03-15 BC"u8, out days).ShouldBeTrue();
        var target = new byte[DateText.MaxLength];
        Encoding.ASCII.GetString(target, 0, DateText.Format(days, target)).ShouldBe("0044-03-15 BC");
    }

    [Theory]
    [InlineData("2025-07-30 12:34:56", "2025-07-30 12:34:56")]
    [InlineData("2025-07-30T12:34:56.789", "2025-07-30 12:34:56.789")]
    [InlineData("2025-07-30T12:34:56.1234565Z", "2025-07-30 12:34:56.123457")]
    [InlineData("2025-07-30 12:34", "2025-07-30 12:34:00")]
    [InlineData("2025-07-30", "2025-07-30 00:00:00")]
    [InlineData("2025-07-30 12:34:56+02", "2025-07-30 12:34:56")]
    [InlineData("1969-12-31 23:59:59.999999", "1969-12-31 23:59:59.999999")]
    [InlineData("0001-01-01 00:00:00", "0001-01-01 00:00:00")]
    [InlineData("9999-12-31 24:00:00", "10000-01-01 00:00:00")]
    [InlineData("2016-12-31 23:59:60", "2017-01-01 00:00:00")]
    public void Timestamps_without_zone(string text, string expected)
    {
        TimestampText.TryParse(Bytes(text), TimeUnit.Microsecond, out var value).ShouldBeTrue();
        var target = new byte[TimestampText.MaxLength];
        Encoding.ASCII.GetString(target, 0, TimestampText.Format(value, TimeUnit.Microsecond, target)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("2025-07-30T12:34:56Z", "2025-07-30 12:34:56+00")]
    [InlineData("2025-07-30 12:34:56+02:00", "2025-07-30 10:34:56+00")]
    [InlineData("2025-07-30 12:34:56 -0530", "2025-07-30 18:04:56+00")]
    [InlineData("2025-07-30 12:34:56.5 UTC", "2025-07-30 12:34:56.5+00")]
    [InlineData("2025-07-30 12:34:56", "2025-07-30 12:34:56+00")]
    public void Timestamps_with_zone_become_UTC(string text, string expected)
    {
        TimestampText.TryParseZoned(Bytes(text), TimeUnit.Microsecond, out var value).ShouldBeTrue();
        var target = new byte[TimestampText.MaxLength];
        Encoding.ASCII.GetString(target, 0, TimestampText.FormatZoned(value, TimeUnit.Microsecond, TimeZoneInfo.Utc, target)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("2025-07-30 25:00:00")]
    [InlineData("2025-07-30 12:60:00")]
    [InlineData("2025-07-30 12:34:61")]
    [InlineData("2025-07-30 12:34:56 foo")]
    [InlineData("2025-07-30x12:34:56")]
    [InlineData("2025-07-30 12:34:56.")]
    [InlineData("2025-07-30 12:34:56+")]
    [InlineData("2025-07-30 24:00:01")]
    [InlineData("12:34:56")]
    [InlineData("2025-07-30 12;34:56")]
    [InlineData("2025-07.30 12:34:56")]
    public void Refuses_broken_timestamps(string text) => TimestampText.TryParse(Bytes(text), TimeUnit.Microsecond, out _).ShouldBeFalse();

    [Fact]
    public void Nanoseconds_are_kept()
    {
        TimestampText.TryParse("2025-07-30 12:34:56.123456789"u8, TimeUnit.Nanosecond, out var value).ShouldBeTrue();
        var target = new byte[TimestampText.MaxLength];
        Encoding.ASCII.GetString(target, 0, TimestampText.Format(value, TimeUnit.Nanosecond, target)).ShouldBe("2025-07-30 12:34:56.123456789");
        TimestampText.TryParse("2500-01-01 00:00:00"u8, TimeUnit.Nanosecond, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("12:34:56.789", "12:34:56.789")]
    [InlineData("1:05", "01:05:00")]
    [InlineData("24:00:00", "24:00:00")]
    public void Times(string text, string expected)
    {
        TimeText.TryParse(Bytes(text), out var micros).ShouldBeTrue();
        var target = new byte[TimeText.MaxLength];
        Encoding.ASCII.GetString(target, 0, TimeText.Format(micros, target)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("1 mon 2 days 03:00:00", "1 mon 2 days 03:00:00")]
    [InlineData("P1Y2M3DT4H5M6.5S", "1 year 2 mons 3 days 04:05:06.5")]
    [InlineData("P1DT2H", "1 day 02:00:00")]
    [InlineData("1 year 2 months", "1 year 2 mons")]
    [InlineData("1.5 days", "1 day 12:00:00")]
    [InlineData("-1 year +2 days", "-1 years +2 days")]
    [InlineData("3 weeks ago", "-21 days")]
    [InlineData("-04:05:06", "-04:05:06")]
    [InlineData("90 minutes", "01:30:00")]
    [InlineData("0 s", "00:00:00")]
    [InlineData("1-2", "1 year 2 mons")]
    [InlineData("1 12:30", "1 day 12:30:00")]
    [InlineData("250 milliseconds", "00:00:00.25")]
    [InlineData("1.5 years", "1 year 6 mons")]
    [InlineData("5", "00:00:05")]
    [InlineData("@ 1 day", "1 day")]
    public void Intervals(string text, string expected)
    {
        IntervalText.TryParse(Bytes(text), out var value).ShouldBeTrue();
        var target = new byte[IntervalText.MaxLength];
        Encoding.ASCII.GetString(target, 0, IntervalText.Format(value, target)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 fortnight")]
    [InlineData("day")]
    [InlineData("P")]
    [InlineData("P1")]
    [InlineData("PT1D")]
    [InlineData("1:60")]
    [InlineData("99999999999 years")]
    public void Refuses_broken_intervals(string text) => IntervalText.TryParse(Bytes(text), out _).ShouldBeFalse();

    [Theory]
    [InlineData("%d/%b/%Y:%H:%M:%S %z", "17/May/2015:10:05:03 +0200", "2015-05-17 08:05:03")]
    [InlineData("%m/%d/%Y %I:%M:%S %p", "7/4/2025 12:05:09 AM", "2025-07-04 00:05:09")]
    [InlineData("%Y%m%d%H%M%S", "20250730123456", "2025-07-30 12:34:56")]
    [InlineData("%b %d %H:%M:%S %Y", "Jun  5 03:04:05 2005", "2005-06-05 03:04:05")]
    [InlineData("%a %b %d %T %Y", "Sun Dec 04 04:47:44 2005", "2005-12-04 04:47:44")]
    [InlineData("%s", "1117838570", "2005-06-03 22:42:50")]
    [InlineData("%y%m%d %H%M%S", "081109 203615", "2008-11-09 20:36:15")]
    public void Patterns_read_timestamps(string pattern, string text, string expected)
    {
        TimestampPattern.Parse(pattern).TryParse(Bytes(text), TimeUnit.Microsecond, out var value).ShouldBeTrue();
        var target = new byte[TimestampText.MaxLength];
        Encoding.ASCII.GetString(target, 0, TimestampText.Format(value, TimeUnit.Microsecond, target)).ShouldBe(expected);
    }

    [Fact]
    public void Patterns_refuse_unknown_letters_and_texts_of_another_shape()
    {
        Should.Throw<QueryException>(() => TimestampPattern.Parse("%Y-%Q")).Message.ShouldContain("%Q");
        TimestampPattern.Parse("%d.%m.%Y").TryParseDate("31.02.2025"u8, out _).ShouldBeFalse();
        TimestampPattern.Parse("%d.%m.%Y").TryParseDate("1.2.2025x"u8, out _).ShouldBeFalse();
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
