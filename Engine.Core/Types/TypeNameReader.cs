using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Engine.Core.Errors;

namespace Engine.Core.Types;

/// <summary>Reads one type name from text by recursive descent.</summary>
internal sealed class TypeNameReader(string text)
{
    private const int MaxDepth = 64;
    private int _position;
    private int _depth;

    public DataType Read()
    {
        var type = ReadType();
        SkipSpace();
        return _position == text.Length ? type : throw Bad($"unexpected '{text[_position..]}'");
    }

    private DataType ReadType()
    {
        if (++_depth > MaxDepth)
        {
            throw Bad("nested too deeply");
        }

        var type = ReadBaseType();
        while (TryTake('['))
        {
            while (!TryTake(']'))
            {
                _ = ReadNumber();
            }

            type = new ArrayType(type);
        }

        _depth--;
        return type;
    }

    private DataType ReadBaseType()
    {
        var name = ReadWord();
        switch (name)
        {
            case "array" or "list":
                Take('(');
                var element = ReadType();
                Take(')');
                return new ArrayType(element);
            case "map":
                Take('(');
                var key = ReadType();
                Take(',');
                var value = ReadType();
                Take(')');
                return new MapType(key, value);
            case "enum":
                return ReadEnum();
            case "row" or "struct":
                return ReadRow();
            default:
                return ReadSimple(name);
        }
    }

    private EnumType ReadEnum()
    {
        var labels = ImmutableArray.CreateBuilder<string>();
        Take('(');
        do
        {
            labels.Add(ReadLabel());
        }
        while (TryTake(','));
        Take(')');
        return labels.Distinct().Count() == labels.Count ? new EnumType(labels.ToImmutable()) : throw Bad("a label is there twice");
    }

    /// <summary>Text in single quotes, of which two in a row stand for one.</summary>
    private string ReadLabel()
    {
        Take('\'');
        var label = new StringBuilder();
        while (_position < text.Length)
        {
            var next = text[_position++];
            if (next == '\'' && !(_position < text.Length && text[_position] == '\'' && ++_position > 0))
            {
                return label.ToString();
            }

            label.Append(next);
        }

        throw Bad("a label has no end");
    }

    private RowType ReadRow()
    {
        var fields = ImmutableArray.CreateBuilder<Field>();
        Take('(');
        do
        {
            fields.Add(new Field(ReadFieldName(), ReadType()));
        }
        while (TryTake(','));
        Take(')');
        return new RowType(fields.ToImmutable());
    }

    private DataType ReadSimple(string name)
    {
        var arguments = new List<int>();
        if (TryTake('('))
        {
            do
            {
                arguments.Add(ReadNumber());
            }
            while (TryTake(','));
            Take(')');
        }

        // The words of "double precision", "character varying" and "timestamp with time zone" may follow a precision.
        foreach (var suffix in (string[])["precision", "varying", "with time zone", "without time zone"])
        {
            if (TryTakeWords(suffix))
            {
                name += " " + suffix;
                break;
            }
        }

        return TypeName.TryResolve(name, [.. arguments]) ?? throw Bad($"type \"{name}\" does not exist");
    }

    private string ReadFieldName()
    {
        SkipSpace();
        if (_position >= text.Length || text[_position] != '"')
        {
            return ReadWord();
        }

        var name = new StringBuilder();
        for (_position++; _position < text.Length; _position++)
        {
            if (text[_position] == '"')
            {
                _position++;
                if (_position >= text.Length || text[_position] != '"')
                {
                    return name.ToString();
                }
            }

            name.Append(text[_position]);
        }

        throw Bad("unterminated quoted name");
    }

    private string ReadWord()
    {
        SkipSpace();
        var start = _position;
        while (_position < text.Length && (char.IsLetterOrDigit(text[_position]) || text[_position] is '_' or '$'))
        {
            _position++;
        }

        return _position > start ? text[start.._position].ToLowerInvariant() : throw Bad("a name is missing");
    }

    private int ReadNumber()
    {
        var word = ReadWord();
        return int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Bad($"not a number: {word}");
    }

    private bool TryTakeWords(string words)
    {
        SkipSpace();
        if (!text.AsSpan(_position).StartsWith(words, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        _position += words.Length;
        return true;
    }

    private bool TryTake(char symbol)
    {
        SkipSpace();
        if (_position >= text.Length || text[_position] != symbol)
        {
            return false;
        }

        _position++;
        return true;
    }

    private void Take(char symbol)
    {
        if (!TryTake(symbol))
        {
            throw Bad($"'{symbol}' is missing");
        }
    }

    private void SkipSpace()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
        {
            _position++;
        }
    }

    private QueryException Bad(string reason) => new(ErrorCodes.UndefinedObject, $"invalid type \"{text}\": {reason}");
}
