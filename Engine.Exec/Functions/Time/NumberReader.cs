using Engine.Core.Errors;

namespace Engine.Exec.Functions.Time;

/// <summary>
/// Reads a number from a text by a <see cref="NumberTemplate"/>, as PostgreSQL's to_number does: a place for a digit takes the next character whatever it
/// is, a letter without a meaning passes over one, and what is left of the text when the template ends does not count.
/// </summary>
internal ref struct NumberReader
{
    private readonly NumberTemplate _template;
    private readonly ReadOnlySpan<byte> _text;
    private readonly byte[] _digits;
    private int _position;
    private int _count;
    private byte _sign;
    private bool _hasPoint;
    private int _wholeDigits;

    private NumberReader(NumberTemplate template, ReadOnlySpan<byte> text)
    {
        _template = template;
        _text = text;
        _sign = (byte)' ';
        _digits = new byte[template.Items.Count + 1];
    }

    /// <summary>Digits behind the point that were read.</summary>
    public int Scale { get; private set; }

    private readonly bool IsAtEnd => _position >= _text.Length;

    private readonly byte Current => _text[_position];

    /// <summary>Sign, digits and point as the text has them, with the number of digits behind the point.</summary>
    public static (byte[] Number, int Scale) Read(NumberTemplate template, ReadOnlySpan<byte> text)
    {
        RefuseWhatIsOnlyWritten(template);
        var reader = new NumberReader(template, text);
        foreach (var item in template.Items)
        {
            if (reader.IsAtEnd)
            {
                break;
            }

            reader.Read(item);
        }

        var digits = reader._digits.AsSpan(0, reader._count);
        digits = digits.EndsWith("."u8) ? digits[..^1] : digits;
        byte[] number = [reader._sign, .. digits];
        if (digits.IsEmpty)
        {
            throw new QueryException(ErrorCodes.InvalidTextRepresentation, $"invalid input syntax for type numeric: \"{(char)reader._sign}\"");
        }

        // What D and the point took as a digit has no place before the point.
        var places = template.WholeDigits + template.ShiftDigits;
        if (reader._wholeDigits > places && digits[..(reader._wholeDigits - places)].ContainsAnyExcept((byte)'0'))
        {
            throw new QueryException(ErrorCodes.NumericValueOutOfRange, $"numeric field overflow: template has {places} places before the point");
        }

        return (number, reader.Scale);
    }

    private static void RefuseWhatIsOnlyWritten(NumberTemplate template)
    {
        if (template.IsExponential || template.IsRoman)
        {
            throw new QueryException(ErrorCodes.FeatureNotSupported, $"\"{(template.IsRoman ? "RN" : "EEEE")}\" not supported for input");
        }
    }

    private void Read(NumberTemplate.Item item)
    {
        switch (item.Pattern)
        {
            case NumberPattern.Digit or NumberPattern.Zero or NumberPattern.Point:
                ReadDigit(mayHaveSign: item.Pattern != NumberPattern.Point);
                _position++;
                break;
            case NumberPattern.Group:
                _position += Current == ',' ? 1 : 0;
                break;
            case NumberPattern.Currency:
                Skip(1);
                break;
            case NumberPattern.Ordinal when !_template.HasPoint:
                Skip(item.Text.Length);
                break;
            case NumberPattern.Minus:
                ReadSign("-"u8);
                break;
            case NumberPattern.Plus:
                ReadSign("+"u8);
                break;
            case NumberPattern.Sign:
                ReadSign("+-"u8);
                break;
            case NumberPattern.Literal:
                _position += LengthOf(Current);
                break;
        }
    }

    /// <summary>One of the signs, or a character that says nothing in its place.</summary>
    private void ReadSign(ReadOnlySpan<byte> signs)
    {
        if (signs.Contains(Current))
        {
            _sign = Current;
            _position++;
        }
        else
        {
            Skip(1);
        }
    }

    /// <summary>Passes over characters, but not over those that numbers consist of.</summary>
    private void Skip(int count)
    {
        for (; count > 0 && !IsAtEnd && !"0123456789.,+-"u8.Contains(Current); count--)
        {
            _position += LengthOf(Current);
        }
    }

    /// <summary>A digit or the point, with the sign on either side where the template does not say where it stands; the place of the last one read stays current.</summary>
    /// <param name="mayHaveSign">Whether a sign may precede: a point of the template takes none.</param>
    private void ReadDigit(bool mayHaveSign)
    {
        _position += Current == ' ' ? 1 : 0;
        if (mayHaveSign && !IsAtEnd && _sign == ' ' && _wholeDigits + Scale == 0)
        {
            ReadLeadingSign();
        }

        if (IsAtEnd)
        {
            return;
        }

        var isRead = false;
        if (Current is >= (byte)'0' and <= (byte)'9')
        {
            if (_hasPoint && Scale == _template.FractionDigits)
            {
                return;
            }

            Scale += _hasPoint ? 1 : 0;
            _wholeDigits += _hasPoint ? 0 : 1;
            isRead = true;
        }
        else if (Current == '.' && _template.HasPoint && !_hasPoint)
        {
            _hasPoint = isRead = true;
        }

        if (isRead)
        {
            _digits[_count++] = Current;
        }

        if (_sign == ' ' && _wholeDigits + Scale > 0)
        {
            ReadTrailingSign(isRead);
        }
    }

    private void ReadLeadingSign()
    {
        if (Current is (byte)'-' or (byte)'+' || (Current == '<' && _template.HasBrackets))
        {
            _sign = Current == '<' ? (byte)'-' : Current;
            _position++;
        }
    }

    /// <summary>S stands behind the last digit, and MI, PL and SG where fewer digits came than there are places.</summary>
    private void ReadTrailingSign(bool isRead)
    {
        if (_template.IsSignFirst is not null)
        {
            if (isRead && _position + 1 < _text.Length && _text[_position + 1] is (byte)'-' or (byte)'+')
            {
                _position++;
                _sign = Current;
            }
        }
        else if (!isRead && (_template.HasPlus || _template.HasMinus) && Current is (byte)'-' or (byte)'+')
        {
            _sign = Current;
        }
    }

    /// <summary>Bytes of the character that a byte begins.</summary>
    private static int LengthOf(byte first) => first switch
    {
        < 0xC0 => 1,
        < 0xE0 => 2,
        < 0xF0 => 3,
        _ => 4,
    };
}
