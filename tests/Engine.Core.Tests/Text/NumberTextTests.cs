using System.Text;
using Engine.Core.Text;

namespace Engine.Core.Tests.Text;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData("0", 0L)]
    [InlineData("-1", -1L)]
    [InlineData("+7", 7L)]
    [InlineData(" 42 ", 42L)]
    [InlineData("12345678", 12345678L)]
    [InlineData("123456789", 123456789L)]
    [InlineData("1234567890123456", 1234567890123456L)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("000000000000000000000000012", 12L)]
    public void Reads_bigints(string text, long expected)
    {
        IntegerText.TryParse(Bytes(text), out long value).ShouldBeTrue();
        value.ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("-")]
    [InlineData("1 2")]
    [InlineData("12a")]
    [InlineData("1.0")]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("18446744073709551616")]
    [InlineData("99999999999999999999999")]
    [InlineData("1234567:")]
    [InlineData("123/5678")]
    public void Refuses_what_is_no_bigint(string text) => IntegerText.TryParse(Bytes(text), out long _).ShouldBeFalse();

    [Fact]
    public void Refuses_what_does_not_fit_narrow_integers()
    {
        IntegerText.TryParse("128"u8, out sbyte _).ShouldBeFalse();
        IntegerText.TryParse("-128"u8, out sbyte tiny).ShouldBeTrue();
        tiny.ShouldBe(sbyte.MinValue);
        IntegerText.TryParse("32768"u8, out short _).ShouldBeFalse();
        IntegerText.TryParse("2147483648"u8, out int _).ShouldBeFalse();
        IntegerText.TryParse("-2147483648"u8, out int wide).ShouldBeTrue();
        wide.ShouldBe(int.MinValue);
    }

    [Fact]
    public void Integers_of_every_length_read_back()
    {
        var random = new Random(7);
        var target = new byte[IntegerText.MaxLength];
        for (var i = 0; i < 20_000; i++)
        {
            var value = random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
            var text = target.AsSpan(0, IntegerText.Format(value, target));
            Encoding.ASCII.GetString(text).ShouldBe(value.ToString());
            IntegerText.TryParse(text, out long back).ShouldBeTrue();
            back.ShouldBe(value);
        }
    }

    [Theory]
    [InlineData("1e5", 1e5)]
    [InlineData("-0.5", -0.5)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5.0)]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    [InlineData("NaN", double.NaN)]
    [InlineData(" 1.5 ", 1.5)]
    [InlineData("1.7976931348623157e308", double.MaxValue)]
    [InlineData("0.1234567890123456789012345", 0.12345678901234568)]
    [InlineData("9007199254740993", 9007199254740992.0)]
    public void Reads_doubles(string text, double expected)
    {
        FloatText.TryParse(Bytes(text), out double value).ShouldBeTrue();
        value.ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("1e")]
    [InlineData("1e400")]
    [InlineData("1.2.3")]
    [InlineData("infinit")]
    [InlineData("1,5")]
    [InlineData("0x10")]
    public void Refuses_what_is_no_double(string text) => FloatText.TryParse(Bytes(text), out double _).ShouldBeFalse();

    [Theory]
    [InlineData(1e20, "1e+20")]
    [InlineData(1e15, "1e+15")]
    [InlineData(1e14, "100000000000000")]
    [InlineData(123456789012345678.0, "1.2345678901234568e+17")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(-0.0, "-0")]
    [InlineData(0.1, "0.1")]
    [InlineData(-1.5e-300, "-1.5e-300")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(12.0, "12")]
    public void Writes_doubles_as_PostgreSQL_does(double value, string expected)
    {
        var target = new byte[FloatText.MaxLength];
        Encoding.ASCII.GetString(target, 0, FloatText.Format(value, target)).ShouldBe(expected);
    }

    [Theory]
    [InlineData(1e6f, "1e+06")]
    [InlineData(123456f, "123456")]
    [InlineData(1234567f, "1.234567e+06")]
    [InlineData(0.1f, "0.1")]
    public void Writes_reals_as_PostgreSQL_does(float value, string expected)
    {
        var target = new byte[FloatText.MaxLength];
        Encoding.ASCII.GetString(target, 0, FloatText.Format(value, target)).ShouldBe(expected);
    }

    [Fact]
    public void Doubles_read_back_and_short_ones_are_exactly_rounded()
    {
        var random = new Random(11);
        var target = new byte[FloatText.MaxLength];
        for (var i = 0; i < 20_000; i++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (double.IsFinite(value))
            {
                FloatText.TryParse(target.AsSpan(0, FloatText.Format(value, target)), out double back).ShouldBeTrue();
                BitConverter.DoubleToInt64Bits(back).ShouldBe(BitConverter.DoubleToInt64Bits(value));
            }

            var text = random.Next(10_000_000) + "." + random.Next(1_000_000);
            FloatText.TryParse(Bytes(text), out double shortValue).ShouldBeTrue();
            shortValue.ShouldBe(double.Parse(text));
        }
    }

    [Theory]
    [InlineData("12.345", 10, 2, 1235)]
    [InlineData("-12.345", 10, 2, -1235)]
    [InlineData("12", 10, 2, 1200)]
    [InlineData("1.5e3", 10, 1, 15000)]
    [InlineData("1e-3", 10, 3, 1)]
    [InlineData(" +0.5 ", 3, 1, 5)]
    [InlineData("0.004", 10, 2, 0)]
    public void Reads_decimals_rounding_halves_away_from_zero(string text, int precision, int scale, long expected)
    {
        DecimalText.TryParse(Bytes(text), precision, scale, isStrict: false, out long value).ShouldBeTrue();
        value.ShouldBe(expected);
        DecimalText.TryParse(Bytes(text), precision, scale, isStrict: false, out Int128 wide).ShouldBeTrue();
        wide.ShouldBe(expected);
    }

    [Theory]
    [InlineData("100", 3, 1)]
    [InlineData("99.96", 3, 1)]
    [InlineData("1e50", 38, 0)]
    [InlineData("", 5, 1)]
    [InlineData(".", 5, 1)]
    [InlineData("1..2", 5, 1)]
    [InlineData("1e", 5, 1)]
    [InlineData("NaN", 5, 1)]
    public void Refuses_decimals_that_do_not_fit(string text, int precision, int scale) =>
        DecimalText.TryParse(Bytes(text), precision, scale, isStrict: false, out Int128 _).ShouldBeFalse();

    [Fact]
    public void Strict_decimals_refuse_digits_beyond_the_scale_unless_zero()
    {
        DecimalText.TryParse("1.25"u8, 5, 1, isStrict: true, out Int128 _).ShouldBeFalse();
        DecimalText.TryParse("1.20"u8, 5, 1, isStrict: true, out Int128 value).ShouldBeTrue();
        value.ShouldBe((Int128)12);
    }

    [Theory]
    [InlineData("12345678901234567890123456789012345678", 0)]
    [InlineData("-1234567890123456789012345678.9012345678", 10)]
    [InlineData("0.05", 2)]
    [InlineData("-0.00000000000000000000000000000000000001", 38)]
    [InlineData("0", 0)]
    public void Decimals_are_written_with_exactly_scale_digits(string text, int scale)
    {
        var target = new byte[DecimalText.MaxLength];
        DecimalText.TryParse(Bytes(text), 38, scale, isStrict: true, out Int128 value).ShouldBeTrue();
        Encoding.ASCII.GetString(target, 0, DecimalText.Format(value, scale, target)).ShouldBe(text);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
