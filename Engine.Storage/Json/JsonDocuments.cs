namespace Engine.Storage.Json;

/// <summary>Cuts a text into documents.</summary>
internal ref struct JsonDocuments(ReadOnlySpan<byte> text, JsonFraming framing, bool isLast, bool isInside)
{
    private readonly ReadOnlySpan<byte> _text = text;

    /// <summary>Whether the opening bracket of an array of documents was passed.</summary>
    public bool IsInside { get; private set; } = isInside;

    /// <summary>Whether the array's closing bracket was passed.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Where the next document is looked for.</summary>
    public int Position { get; private set; }

    /// <summary>The next document, or what stands where one should be.</summary>
    /// <param name="document">Its text without the blanks around it.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="isGood">Whether it is well formed.</param>
    /// <returns>False at the end of the text, or where the document is not complete and more text is to come.</returns>
    public bool TryNext(out ReadOnlySpan<byte> document, out int start, out bool isGood) =>
        framing == JsonFraming.Lines ? TryNextLine(out document, out start, out isGood) : TryNextValue(out document, out start, out isGood);

    private bool TryNextLine(out ReadOnlySpan<byte> document, out int start, out bool isGood)
    {
        isGood = false;
        while (Position < _text.Length)
        {
            start = Position;
            var length = _text[start..].IndexOf((byte)'\n');
            if (length < 0 && !isLast)
            {
                break;
            }

            var end = length < 0 ? _text.Length : start + length;
            Position = Math.Min(_text.Length, end + 1);
            JsonSyntax.SkipBlanks(_text[..end], ref start);
            if (start == end)
            {
                continue;
            }

            var line = _text[..end];
            var position = start;
            isGood = JsonSyntax.TrySkipValue(line, ref position);
            var valueEnd = position;
            JsonSyntax.SkipBlanks(line, ref position);
            isGood &= position == end;
            document = isGood ? line[start..valueEnd] : line[start..].TrimEnd((byte)'\r');
            return true;
        }

        document = default;
        start = Position;
        return false;
    }

    private bool TryNextValue(out ReadOnlySpan<byte> document, out int start, out bool isGood)
    {
        document = default;
        isGood = false;
        start = Position;
        JsonSyntax.SkipBlanks(_text, ref start);
        if (framing == JsonFraming.Array && !TryPassSeparator(ref start, out var isEnd))
        {
            if (isEnd || start >= _text.Length)
            {
                Position = start;
                return false;
            }

            document = _text[start..];
            Position = _text.Length;
            return true;
        }

        if (start >= _text.Length)
        {
            Position = isLast ? start : Position;
            return false;
        }

        var position = start;
        isGood = JsonSyntax.TrySkipValue(_text, ref position);

        // A value that reaches to the end of what is here may go on, as a number does.
        if (!isLast && (position >= _text.Length || !isGood))
        {
            return false;
        }

        document = isGood ? _text[start..position] : _text[start..];
        Position = isGood ? position : _text.Length;
        IsInside = true;
        return true;
    }

    /// <summary>Goes over the bracket that opens the array, or the comma between two documents; false at the closing bracket and where neither is.</summary>
    private bool TryPassSeparator(ref int start, out bool isEnd)
    {
        isEnd = false;
        if (start >= _text.Length)
        {
            return false;
        }

        if (!IsInside)
        {
            if (_text[start] != '[')
            {
                return false;
            }

            start++;
            JsonSyntax.SkipBlanks(_text, ref start);
            isEnd = start < _text.Length && _text[start] == ']';
        }
        else if (_text[start] == ',')
        {
            start++;
            JsonSyntax.SkipBlanks(_text, ref start);
            return true;
        }
        else
        {
            isEnd = _text[start] == ']';
            if (!isEnd)
            {
                return false;
            }
        }

        if (!isEnd)
        {
            return true;
        }

        start++;
        IsClosed = true;
        JsonSyntax.SkipBlanks(_text, ref start);

        // Nothing may follow the array.
        isEnd = start == _text.Length;
        return false;
    }
}
