using System.Text;

namespace Engine.Exec.Functions.Text;

/// <summary>Characters (code points) of UTF-8 byte strings.</summary>
internal static class Utf8Text
{
    /// <summary>Characters in a text: its bytes that do not continue one.</summary>
    public static int CountCharacters(ReadOnlySpan<byte> text)
    {
        if (Ascii.IsValid(text))
        {
            return text.Length;
        }

        var count = 0;
        foreach (var item in text)
        {
            count += (item & 0xC0) != 0x80 ? 1 : 0;
        }

        return count;
    }

    /// <summary>The byte place behind the first <paramref name="characters"/> characters, the text's end at most.</summary>
    public static int Skip(ReadOnlySpan<byte> text, long characters)
    {
        if (characters >= text.Length)
        {
            return text.Length;
        }

        var count = (int)Math.Max(characters, 0);
        if (Ascii.IsValid(text[..count]))
        {
            return count;
        }

        var position = 0;
        for (; count > 0 && position < text.Length; count--)
        {
            position += LengthAt(text, position);
        }

        return position;
    }

    /// <summary>Bytes of the character at a place; a byte that begins none counts for itself.</summary>
    public static int LengthAt(ReadOnlySpan<byte> text, int position)
    {
        var first = text[position];
        var length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        return Math.Min(length, text.Length - position);
    }

    /// <summary>The characters of a short text, each as its bytes.</summary>
    public static List<byte[]> Split(ReadOnlySpan<byte> text)
    {
        var result = new List<byte[]>();
        for (var position = 0; position < text.Length;)
        {
            var length = LengthAt(text, position);
            result.Add(text.Slice(position, length).ToArray());
            position += length;
        }

        return result;
    }
}
