using System.Text;
using Engine.Core.Errors;

namespace Engine.Exec.Functions.Time;

/// <summary>Puts the digits of one number into the places of a template.</summary>
/// <param name="template">The places.</param>
/// <param name="number">Digits, a point among them if there are some behind it; or a word such as NaN.</param>
/// <param name="blanks">Places before the first digit.</param>
/// <param name="isNegative">Whether the number is below zero.</param>
internal sealed class NumberWriter(NumberTemplate template, string number, int blanks, bool isNegative)
{
    private readonly StringBuilder _text = new();
    private int _next;
    private int _place;
    private bool _isInNumber;
    private bool _isSignWritten;
    private bool _isSignFirst;
    private bool _hasBrackets;

    /// <summary>The last digit that FM does not leave out; -1 where it leaves out none.</summary>
    private int _lastRelevant = -1;

    /// <summary>Where the last place for a digit is.</summary>
    private int _end;

    public string Write()
    {
        // Places before S that are all there are make it stand behind them.
        _isSignFirst = template.IsSignFirst == true && template.DigitsBeforeSign != template.WholeDigits;
        _hasBrackets = template.HasBrackets && (isNegative || !template.IsFilled);
        _isSignWritten = template.HasMinus || (!template.HasPlus && !isNegative && template.IsFilled && template.IsSignFirst is null);
        _end = template.WholeDigits + template.ShiftDigits + template.FractionDigits - 1;
        if (template is { IsFilled: true, HasPoint: true })
        {
            FindLastRelevant();
        }

        _end += !_isSignWritten && blanks == 0 ? 1 : 0;
        foreach (var item in template.Items)
        {
            Write(item);
        }

        return _text.ToString();
    }

    private void FindLastRelevant()
    {
        var point = number.IndexOf('.', StringComparison.Ordinal);
        if (point < 0)
        {
            return;
        }

        _lastRelevant = number.AsSpan(point).LastIndexOfAnyExcept('0') + point;
        if (template.LastZero > blanks)
        {
            // Where the template has zeros, they are shown.
            _lastRelevant = Math.Max(_lastRelevant, Math.Min(number.Length - 1, template.LastZero - blanks));
        }
    }

    private void Write(NumberTemplate.Item item)
    {
        switch (item.Pattern)
        {
            case NumberPattern.Literal:
                _text.Append(item.Text);
                break;
            case NumberPattern.Digit or NumberPattern.Zero or NumberPattern.Point:
                WritePlace(item.Pattern);
                break;
            case NumberPattern.Group:
                _text.Append(_isInNumber ? "," : template.IsFilled ? string.Empty : " ");
                break;
            case NumberPattern.Currency:
                _text.Append(' ');
                break;
            case NumberPattern.Minus:
                _text.Append(isNegative ? "-" : template.IsFilled ? string.Empty : " ");
                break;
            case NumberPattern.Plus:
                _text.Append(!isNegative ? "+" : template.IsFilled ? string.Empty : " ");
                break;
            case NumberPattern.Sign:
                _text.Append(isNegative ? '-' : '+');
                break;
            case NumberPattern.Roman:
                var roman = template.IsFilled ? number : number.PadLeft(15);
                _text.Append(item.Text[0] == 'r' ? roman.ToLowerInvariant() : roman);
                break;
            case NumberPattern.Ordinal when !template.IsRoman && !template.HasPoint && !isNegative && number[0] != '#':
                var suffix = char.IsAsciiDigit(number[^1]) ? TemplateFormat.Suffix(number) : throw new QueryException(ErrorCodes.InvalidTextRepresentation, $"\"{number}\" is not a number");
                _text.Append(item.Text[0] == 'T' ? suffix.ToUpperInvariant() : suffix);
                break;
        }
    }

    private void WritePlace(NumberPattern pattern)
    {
        if (template.IsRoman)
        {
            return;
        }

        _isInNumber = false;
        var isZeroPlace = template.FirstZero is { } first && first <= _place;
        if (!_isSignWritten && (_place >= blanks || template.FirstZero == _place) && (!IsZeroBeforePoint || IsLastRelevantPoint))
        {
            WriteSign();
        }

        if (_place < blanks && !isZeroPlace)
        {
            AppendBlank();
        }
        else if (_place < blanks)
        {
            _text.Append('0');
            _isInNumber = true;
        }
        else
        {
            WriteDigit(pattern);
        }

        var end = _end + (blanks > 0 ? 1 : 0) + (template.HasPoint ? 1 : 0);
        end = _lastRelevant >= 0 && _lastRelevant == _next ? _place : end;
        if (_place + 1 == end)
        {
            WriteLastSign();
        }

        _place++;
    }

    /// <summary>0.5 is shown as .5 unless a zero is asked for.</summary>
    private bool IsZeroBeforePoint => template.FirstZero is null && _next == 0 && number[0] == '0' && template.FractionDigits > 0;

    private bool IsLastRelevantPoint => _lastRelevant >= 0 && number[_lastRelevant] == '.';

    private void WriteDigit(NumberPattern pattern)
    {
        if (_next < number.Length && number[_next] == '.')
        {
            if (_lastRelevant < 0 || !IsLastRelevantPoint || template.IsFilled)
            {
                _text.Append('.');
            }
        }
        else if (_lastRelevant >= 0 && _next > _lastRelevant && pattern != NumberPattern.Zero)
        {
            // FM leaves it out.
        }
        else if (IsZeroBeforePoint)
        {
            if (!template.IsFilled)
            {
                _text.Append(' ');
            }
            else if (IsLastRelevantPoint)
            {
                _text.Append('0');
            }
        }
        else if (_next < number.Length)
        {
            _text.Append(number[_next]);
            _isInNumber = true;
        }

        _next = Math.Min(_next + 1, number.Length);
    }

    private void WriteSign()
    {
        if (template.IsSignFirst is not null)
        {
            if (_isSignFirst)
            {
                _text.Append(isNegative ? '-' : '+');
                _isSignWritten = true;
            }
        }
        else if (_hasBrackets)
        {
            _text.Append(isNegative ? '<' : ' ');
            _isSignWritten = true;
        }
        else
        {
            _text.Append(isNegative ? "-" : template.IsFilled ? string.Empty : " ");
            _isSignWritten = true;
        }
    }

    private void WriteLastSign()
    {
        if (_isSignWritten && _hasBrackets)
        {
            _text.Append(isNegative ? '>' : ' ');
        }
        else if (template.IsSignFirst is not null && !_isSignFirst)
        {
            _text.Append(isNegative ? '-' : '+');
        }
    }

    private void AppendBlank()
    {
        if (!template.IsFilled)
        {
            _text.Append(' ');
        }
    }
}
