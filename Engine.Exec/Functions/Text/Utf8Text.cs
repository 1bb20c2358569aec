using System.Numerics;
using System.Runtime.CompilerServices;
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
        ref var start = ref MemoryMarshal.GetReference(text);
        var continued = 0;
        var done = 0;
        for (; text.Length - done >= Vector128<byte>.Count; done += Vector128<byte>.Count)
        {
            continued += BitOperations.PopCount(Continuations(ref start, done));
        }

        // What is left is looked at together with bytes before it, which are shifted out.
        var rest = text.Length - done;
        if (rest > 0 && done > 0)
        {
            continued += BitOperations.PopCount(Continuations(ref start, text.Length - Vector128<byte>.Count) >> (Vector128<byte>.Count - rest));
            return text.Length - continued;
        }

        for (; rest > 0; rest--, done++)
        {
            continued += (text[done] & 0xC0) == 0x80 ? 1 : 0;
        }

        return text.Length - continued;
    }

    /// <summary>A bit for each of sixteen bytes that continues a character.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Continuations(ref byte start, int offset) =>
        Vector128.LessThan(Vector128.LoadUnsafe(ref start, (nuint)offset).AsSByte(), FirstOfCharacter).ExtractMostSignificantBits();

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
