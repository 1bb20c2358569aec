namespace Engine.Exec.Functions.Time;

/// <summary>A place in the text that a <see cref="TemplateReader"/> reads.</summary>
internal struct TemplateCursor(string text)
{
    private int _position;

    /// <summary>Blanks and separators that were skipped beyond those that the template has.</summary>
    private int _extra;

    /// <summary>Whether FX asks for the template's own separators and blanks, one by one.</summary>
    public bool IsExact { get; init; }

    public readonly string Text => text;

    private readonly ReadOnlySpan<char> Rest => text.AsSpan(_position);

    public void Advance(int count) => _position = Math.Min(_position + count, text.Length);

    public void SkipBlanks()
    {
        while (!IsExact && !Rest.IsEmpty && char.IsWhiteSpace(Rest[0]))
        {
            _position++;
            _extra++;
        }
    }

    /// <summary>Behind a field: only what is skipped from here on is beyond the template.</summary>
    public void SkipBlanksAnew()
    {
        _extra = 0;
        SkipBlanks();
    }

    public void SkipBlanksBeforeNumber()
    {
        while (!Rest.IsEmpty && char.IsWhiteSpace(Rest[0]))
        {
            _position++;
        }
    }

    /// <summary>A symbol of the template that is no field: a separator stands for any other or for none, a letter or what is in quotes for any symbol.</summary>
    public void Skip(char symbol, bool isQuoted)
    {
        var isSeparator = !isQuoted && (char.IsWhiteSpace(symbol) || IsSeparator(symbol));
        if (IsExact)
        {
            Advance(1);
        }
        else if (isSeparator)
        {
            var isThere = !Rest.IsEmpty && (char.IsWhiteSpace(Rest[0]) || IsSeparator(Rest[0]));
            _position += isThere ? 1 : 0;
            _extra -= isThere ? 0 : 1;
        }
        else if (_extra > 0)
        {
            _extra--;
        }
        else
        {
            Advance(1);
        }
    }

    /// <summary>The sign of an offset; a minus may have been taken for a separator.</summary>
    public int ReadSign()
    {
        if (!Rest.IsEmpty && Rest[0] is '+' or '-' or ' ')
        {
            return text[_position++] == '-' ? -1 : 1;
        }

        return _extra > 0 && text[_position - 1] == '-' ? -1 : 1;
    }

    public bool TryRead(char symbol)
    {
        var isThere = !Rest.IsEmpty && Rest[0] == symbol;
        _position += isThere ? 1 : 0;
        return isThere;
    }

    public bool TryRead(string word)
    {
        var isThere = Rest.StartsWith(word, StringComparison.OrdinalIgnoreCase);
        _position += isThere ? word.Length : 0;
        return isThere;
    }

    public ReadOnlySpan<char> ReadDigits(int maxDigits)
    {
        var start = _position;
        while (!Rest.IsEmpty && _position - start < maxDigits && char.IsAsciiDigit(Rest[0]))
        {
            _position++;
        }

        return text.AsSpan(start, _position - start);
    }

    private static bool IsSeparator(char symbol) => symbol is > ' ' and < '\x7f' && !char.IsAsciiLetterOrDigit(symbol);
}
