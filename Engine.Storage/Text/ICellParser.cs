using System.Runtime.CompilerServices;
using Engine.Core.Text;
using Engine.Core.Types;

namespace Engine.Storage.Text;

/// <summary>Reads one fixed-width value from its text: a struct, so that the loop over a column's cells is compiled with it inlined.</summary>
internal interface ICellParser<T>
    where T : unmanaged
{
    bool TryParse(ReadOnlySpan<byte> text, out T value);
}

internal readonly struct BigIntParser(ParseRules rules) : ICellParser<long>
{
    private readonly bool _refusesZeros = rules.RefusesLeadingZeros;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        var isGood = IntegerText.TryParse(text, out value);
        return isGood && !(_refusesZeros && text.Length > 1 && text[0] <= '0' && LeadingZeros.IsPadded(text));
    }
}

internal readonly struct IntegerParser : ICellParser<int>
{
    public bool TryParse(ReadOnlySpan<byte> text, out int value) => IntegerText.TryParse(text, out value);
}

internal readonly struct SmallIntParser : ICellParser<short>
{
    public bool TryParse(ReadOnlySpan<byte> text, out short value) => IntegerText.TryParse(text, out value);
}

internal readonly struct TinyIntParser : ICellParser<sbyte>
{
    public bool TryParse(ReadOnlySpan<byte> text, out sbyte value) => IntegerText.TryParse(text, out value);
}

internal readonly struct DoubleParser(ParseRules rules) : ICellParser<double>
{
    private readonly bool _isPlain = rules.IsPlainNumber;
    private readonly ParseRules _rules = rules;

    public bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        if (_isPlain)
        {
            return FloatText.TryParse(text, out value);
        }

        Span<byte> scratch = stackalloc byte[DecimalPoint.MaxLength];
        value = 0;
        return DecimalPoint.TryReplace(text, scratch, _rules.DecimalSeparator, out var pointed) && FloatText.TryParse(pointed, out value);
    }
}

internal readonly struct RealParser(ParseRules rules) : ICellParser<float>
{
    private readonly ParseRules _rules = rules;

    public bool TryParse(ReadOnlySpan<byte> text, out float value)
    {
        Span<byte> scratch = stackalloc byte[DecimalPoint.MaxLength];
        value = 0;
        return DecimalPoint.TryReplace(text, scratch, _rules.DecimalSeparator, out var pointed) && FloatText.TryParse(pointed, out value);
    }
}

/// <summary>Decimals of a file are not rounded: digits beyond the scale do not fit.</summary>
internal readonly struct CompactDecimalParser(DecimalType type, ParseRules rules) : ICellParser<long>
{
    private readonly int _precision = type.Precision;
    private readonly int _scale = type.Scale;
    private readonly ParseRules _rules = rules;

    public bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        Span<byte> scratch = stackalloc byte[DecimalPoint.MaxLength];
        value = 0;
        return DecimalPoint.TryReplace(text, scratch, _rules.DecimalSeparator, out var pointed)
            && DecimalText.TryParse(pointed, _precision, _scale, isStrict: true, out value);
    }
}

internal readonly struct WideDecimalParser(DecimalType type, ParseRules rules) : ICellParser<Int128>
{
    private readonly int _precision = type.Precision;
    private readonly int _scale = type.Scale;
    private readonly ParseRules _rules = rules;

    public bool TryParse(ReadOnlySpan<byte> text, out Int128 value)
    {
        Span<byte> scratch = stackalloc byte[DecimalPoint.MaxLength];
        value = 0;
        return DecimalPoint.TryReplace(text, scratch, _rules.DecimalSeparator, out var pointed)
            && DecimalText.TryParse(pointed, _precision, _scale, isStrict: true, out value);
    }
}

internal readonly struct DateParser(ParseRules rules) : ICellParser<int>
{
    private readonly TimestampPattern? _pattern = rules.DatePattern;

    public bool TryParse(ReadOnlySpan<byte> text, out int value) =>
        _pattern is null ? DateText.TryParse(text, out value) : _pattern.TryParseDate(text, out value);
}

internal readonly struct TimeParser : ICellParser<long>
{
    public bool TryParse(ReadOnlySpan<byte> text, out long value) => TimeText.TryParse(text, out value);
}

internal readonly struct EnumParser(EnumType type) : ICellParser<int>
{
    public bool TryParse(ReadOnlySpan<byte> text, out int value) => type.TryFind(text, out value);
}

internal readonly struct ZonedTimeParser : ICellParser<long>
{
    public bool TryParse(ReadOnlySpan<byte> text, out long value) => ZonedTimeText.TryParse(text, out value);
}

internal readonly struct TimestampParser(TimestampType type, ParseRules rules) : ICellParser<long>
{
    private readonly TimestampPattern? _pattern = rules.TimestampPattern;
    private readonly TimeUnit _unit = type.Unit;
    private readonly bool _hasZone = type.HasTimeZone;

    public bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        if (_pattern is not null)
        {
            return _pattern.TryParse(text, _unit, out value);
        }

        return _hasZone ? TimestampText.TryParseZoned(text, _unit, out value) : TimestampText.TryParse(text, _unit, out value);
    }
}

internal readonly struct IntervalParser : ICellParser<Interval>
{
    public bool TryParse(ReadOnlySpan<byte> text, out Interval value) => IntervalText.TryParse(text, out value);
}

internal readonly struct UuidParser : ICellParser<UInt128>
{
    public bool TryParse(ReadOnlySpan<byte> text, out UInt128 value) => UuidText.TryParse(text, out value);
}
