using System.Text;

namespace Engine.Exec.Functions.Text;

/// <summary>Upper and lower case of UTF-8 text, one character for one, as Unicode's simple mappings have it.</summary>
internal static class LetterCase
{
    /// <summary>Bytes that a text takes at most in another case: a mapped character may be a byte longer, and two-byte ones are the shortest such.</summary>
    public static int MaxLength(ReadOnlySpan<byte> text) => Ascii.IsValid(text) ? text.Length : checked(text.Length + (text.Length / 2) + 1);

    public static int ToLower(ReadOnlySpan<byte> text, Span<byte> target) =>
        Ascii.ToLower(text, target, out var written) == System.Buffers.OperationStatus.Done ? written : Map(text, target, Rune.ToLowerInvariant);

    public static int ToUpper(ReadOnlySpan<byte> text, Span<byte> target) =>
        Ascii.ToUpper(text, target, out var written) == System.Buffers.OperationStatus.Done ? written : Map(text, target, Rune.ToUpperInvariant);

    /// <summary>The first letter of every word in upper case, the others in lower case.</summary>
    public static int ToInitials(ReadOnlySpan<byte> text, Span<byte> target)
    {
        var isInWord = false;
        return Map(text, target, rune =>
        {
            var mapped = isInWord ? Rune.ToLowerInvariant(rune) : Rune.ToUpperInvariant(rune);
            isInWord = Rune.IsLetterOrDigit(rune);
            return mapped;
        });
    }

    private static int Map(ReadOnlySpan<byte> text, Span<byte> target, Func<Rune, Rune> map)
    {
        var written = 0;
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(text, out var rune, out var length) == System.Buffers.OperationStatus.Done)
            {
                written += map(rune).EncodeToUtf8(target[written..]);
            }
            else
            {
                // Bytes that are no text stay as they are.
                text[..length].CopyTo(target[written..]);
                written += length;
            }

            text = text[length..];
        }

        return written;
    }
}
