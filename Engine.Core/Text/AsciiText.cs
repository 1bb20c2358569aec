using System.Runtime.CompilerServices;

namespace Engine.Core.Text;

/// <summary>ASCII notions that every value's text form shares.</summary>
public static class AsciiText
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsBlank(byte value) => value is (byte)' ' or (>= 9 and <= 13);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsDigit(byte value) => (uint)(value - '0') <= 9;

    public static bool IsLetter(byte value) => (uint)((value | 0x20) - 'a') <= 25;

    public static byte ToLower(byte value) => (uint)(value - 'A') <= 25 ? (byte)(value | 0x20) : value;

    /// <summary>The text without the blanks around it.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && IsBlank(text[start]))
        {
            start++;
        }

        while (end > start && IsBlank(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    /// <summary>Whether both are the same but for the case of ASCII letters. <paramref name="lower"/> is in lower case.</summary>
    public static bool EqualsIgnoreCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower)
    {
        if (text.Length != lower.Length)
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (ToLower(text[i]) != lower[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The value of a hexadecimal digit, or -1.</summary>
    public static int HexValue(byte value) => value switch
    {
        >= (byte)'0' and <= (byte)'9' => value - '0',
        >= (byte)'a' and <= (byte)'f' => value - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => value - 'A' + 10,
        _ => -1,
    };
}
