using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Engine.Exec.Functions.Text;

/// <summary>Characters (code points) of UTF-8 byte strings.</summary>
internal static class Utf8Text
{
    /// <summary>As signed numbers, bytes that continue a character are below all others.</summary>
    private static readonly Vector128<sbyte> FirstOfCharacter = Vector128.Create(unchecked((sbyte)0xC0));

    /// <summary>Characters in a text: its bytes but those that continue one.</summary>
    public static int CountCharacters(ReadOnlySpan<byte> text)
    {
        var continued = 0;
        var rest = text;
        for (; rest.Length >= Vector128<byte>.Count; rest = rest[Vector128<byte>.Count..])
        {
            continued += BitOperations.PopCount(Vector128.LessThan(Vector128.Create(rest).AsSByte(), FirstOfCharacter).ExtractMostSignificantBits());
        }

        for (; rest.Length >= sizeof(ulong); rest = rest[sizeof(ulong)..])
        {
            var bytes = MemoryMarshal.Read<ulong>(rest);
            continued += BitOperations.PopCount(bytes & ~(bytes << 1) & 0x8080808080808080);
        }

        foreach (var item in rest)
        {
            continued += (item & 0xC0) == 0x80 ? 1 : 0;
        }

        return text.Length - continued;
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
