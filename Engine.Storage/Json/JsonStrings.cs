using System.Text;
using Engine.Core.Text;

namespace Engine.Storage.Json;

/// <summary>The content of JSON strings that are known to be well formed.</summary>
internal static class JsonStrings
{
    private const int Replacement = 0xFFFD;

    /// <summary>The text of a string token at a place, which moves behind it; without escapes it is a part of the input, else it lies in the scratch.</summary>
    public static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> text, ref int position, ByteWriter scratch)
    {
        var start = ++position;
        var end = text[start..].IndexOfAny((byte)'"', (byte)'\\') + start;
        if (text[end] == '"')
        {
            position = end + 1;
            return text[start..end];
        }

        scratch.Clear();
        while (text[end] != '"')
        {
            scratch.Add(text[start..end]);
            position = end + 1;
            AddEscape(text, ref position, scratch);
            start = position;
            end = text[start..].IndexOfAny((byte)'"', (byte)'\\') + start;
        }

        scratch.Add(text[start..end]);
        position = end + 1;
        return scratch.Written;
    }

    private static void AddEscape(ReadOnlySpan<byte> text, ref int position, ByteWriter scratch)
    {
        var letter = text[position++];
        switch (letter)
        {
            case (byte)'b': scratch.Add(8); break;
            case (byte)'f': scratch.Add(12); break;
            case (byte)'n': scratch.Add((byte)'\n'); break;
            case (byte)'r': scratch.Add((byte)'\r'); break;
            case (byte)'t': scratch.Add((byte)'\t'); break;
            case (byte)'u': AddCodePoint(text, ref position, scratch); break;
            default: scratch.Add(letter); break;
        }
    }

    private static void AddCodePoint(ReadOnlySpan<byte> text, ref int position, ByteWriter scratch)
    {
        var code = ReadUnit(text, position);
        position += 4;
        if (code is >= 0xD800 and < 0xDC00 && position + 6 <= text.Length && text[position] == '\\' && text[position + 1] == 'u'
            && ReadUnit(text, position + 2) is >= 0xDC00 and < 0xE000 and var low)
        {
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            position += 6;
        }

        // Half a surrogate pair is no character.
        var rune = Rune.IsValid(code) ? new Rune(code) : new Rune(Replacement);
        scratch.Advance(rune.EncodeToUtf8(scratch.GetSpan(4)));
    }

    private static int ReadUnit(ReadOnlySpan<byte> text, int position)
    {
        var unit = 0;
        for (var i = 0; i < 4; i++)
        {
            unit = (unit << 4) | AsciiText.HexValue(text[position + i]);
        }

        return unit;
    }
}
