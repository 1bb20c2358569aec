using System.Globalization;
using Engine.Core.Errors;

namespace Engine.Exec.Functions.Time;

/// <summary>A template of to_char and to_number for numbers, such as <c>FM9,999.00</c>, taken apart (PostgreSQL manual, "Template Patterns for Numeric Formatting").</summary>
internal sealed class NumberTemplate
{
    /// <summary>Patterns of more than one letter before those that begin them; all but EEEE, RN and TH whatever their case.</summary>
    private static readonly (string Text, NumberPattern Pattern)[] Patterns =
    [
        ("EEEE", NumberPattern.Exponent), ("FM", NumberPattern.Fill), ("MI", NumberPattern.Minus), ("PL", NumberPattern.Plus), ("PR", NumberPattern.Brackets),
        ("RN", NumberPattern.Roman), ("SG", NumberPattern.Sign), ("TH", NumberPattern.Ordinal), ("SP", NumberPattern.Ignored), ("C", NumberPattern.Ignored), (",", NumberPattern.Group), (".", NumberPattern.Point),
        ("0", NumberPattern.Zero), ("9", NumberPattern.Digit), ("B", NumberPattern.Blank), ("D", NumberPattern.Point), ("G", NumberPattern.Group),
        ("L", NumberPattern.Currency), ("S", NumberPattern.LocaleSign), ("V", NumberPattern.Shift),
    ];

    private readonly List<Item> _items = [];

    public NumberTemplate(string template)
    {
        for (var position = 0; position < template.Length;)
        {
            if (template[position] == '"')
            {
                var end = template.IndexOf('"', position + 1);
                var text = template[(position + 1)..(end < 0 ? template.Length : end)];
                _items.AddRange(text.Select(symbol => new Item(NumberPattern.Literal, symbol.ToString())));
                position += text.Length + 2;
                continue;
            }

            var (length, pattern) = Find(template.AsSpan(position));
            Note(pattern);
            _items.Add(new Item(pattern, template.Substring(position, length)));
            position += length;
        }
    }

    /// <summary>What the template consists of, in its order.</summary>
    public IReadOnlyList<Item> Items => _items;

    /// <summary>Places for digits before the point.</summary>
    public int WholeDigits { get; private set; }

    /// <summary>Places for digits behind the point.</summary>
    public int FractionDigits { get; private set; }

    /// <summary>By how many places V moves the point.</summary>
    public int ShiftDigits { get; private set; }

    /// <summary>Before which place zeros begin to be shown, from 0 on; null for no place.</summary>
    public int? FirstZero { get; private set; }

    /// <summary>Behind which place, of all, the last zero stands that is shown.</summary>
    public int LastZero { get; private set; }

    public bool HasPoint { get; private set; }

    /// <summary>No blanks: FM.</summary>
    public bool IsFilled { get; private set; }

    public bool IsExponential { get; private set; }

    public bool IsRoman { get; private set; }

    /// <summary>MI, or SG.</summary>
    public bool HasMinus { get; private set; }

    /// <summary>PL, or SG.</summary>
    public bool HasPlus { get; private set; }

    public bool HasBrackets { get; private set; }

    /// <summary>S, and whether it stands before the digits.</summary>
    public bool? IsSignFirst { get; private set; }

    /// <summary>Places before S; where they are all of them, S stands behind.</summary>
    public int DigitsBeforeSign { get; private set; }

    /// <summary>V.</summary>
    public bool IsShifted { get; private set; }

    private static (int Length, NumberPattern Pattern) Find(ReadOnlySpan<char> rest)
    {
        foreach (var (text, pattern) in Patterns)
        {
            if (rest.StartsWith(text, StringComparison.OrdinalIgnoreCase) && !(pattern == NumberPattern.Exponent && !rest.StartsWith("EEEE") && !rest.StartsWith("eeee")))
            {
                return (text.Length, pattern);
            }
        }

        return (char.IsHighSurrogate(rest[0]) && rest.Length > 1 ? 2 : 1, NumberPattern.Literal);
    }

    private void Note(NumberPattern pattern)
    {
        Refuse(IsExponential && pattern != NumberPattern.Literal, "\"EEEE\" must be the last pattern used");
        switch (pattern)
        {
            case NumberPattern.Digit:
                Refuse(HasBrackets, "\"9\" must be ahead of \"PR\"");
                AddDigit();
                break;
            case NumberPattern.Zero:
                Refuse(HasBrackets, "\"0\" must be ahead of \"PR\"");
                FirstZero ??= HasPoint ? null : WholeDigits;
                AddDigit();
                LastZero = WholeDigits + FractionDigits;
                break;
            case NumberPattern.Point:
                Refuse(HasPoint, "multiple decimal points");
                Refuse(IsShifted, "cannot use \"V\" and decimal point together");
                HasPoint = true;
                break;
            case NumberPattern.Fill:
                IsFilled = true;
                break;
            case NumberPattern.LocaleSign:
                Refuse(IsSignFirst is not null, "cannot use \"S\" twice");
                Refuse(HasPlus || HasMinus || HasBrackets, "cannot use \"S\" and \"PL\"/\"MI\"/\"SG\"/\"PR\" together");
                (IsSignFirst, DigitsBeforeSign) = (!HasPoint, WholeDigits);
                break;
            case NumberPattern.Minus:
                Refuse(IsSignFirst is not null, "cannot use \"S\" and \"MI\" together");
                HasMinus = true;
                break;
            case NumberPattern.Plus:
                Refuse(IsSignFirst is not null, "cannot use \"S\" and \"PL\" together");
                HasPlus = true;
                break;
            case NumberPattern.Sign:
                Refuse(IsSignFirst is not null, "cannot use \"S\" and \"SG\" together");
                HasPlus = HasMinus = true;
                break;
            case NumberPattern.Brackets:
                Refuse(IsSignFirst is not null || HasPlus || HasMinus, "cannot use \"PR\" and \"S\"/\"PL\"/\"MI\"/\"SG\" together");
                HasBrackets = true;
                break;
            case NumberPattern.Roman:
                IsRoman = true;
                break;
            case NumberPattern.Shift:
                Refuse(HasPoint, "cannot use \"V\" and decimal point together");
                IsShifted = true;
                break;
            case NumberPattern.Exponent:
                Refuse(
                    IsFilled || IsSignFirst is not null || HasBrackets || HasMinus || HasPlus || IsRoman || IsShifted,
                    "\"EEEE\" is incompatible with other formats");
                IsExponential = true;
                break;
        }
    }

    private void AddDigit()
    {
        if (IsShifted)
        {
            ShiftDigits++;
        }
        else if (HasPoint)
        {
            FractionDigits++;
        }
        else
        {
            WholeDigits++;
        }
    }

    private static void Refuse(bool isBad, string message)
    {
        if (isBad)
        {
            throw new QueryException(ErrorCodes.SyntaxError, message);
        }
    }

    /// <param name="Pattern">What it asks for.</param>
    /// <param name="Text">As it was written.</param>
    public readonly record struct Item(NumberPattern Pattern, string Text);
}

/// <summary>What a piece of a template asks for.</summary>
internal enum NumberPattern : byte
{
    Literal,

    /// <summary>A word that has no meaning yet.</summary>
    Ignored,
    Digit,
    Zero,
    Point,
    Group,
    Currency,
    Blank,
    Fill,
    LocaleSign,
    Minus,
    Plus,
    Sign,
    Brackets,
    Roman,
    Ordinal,
    Shift,
    Exponent,
}
