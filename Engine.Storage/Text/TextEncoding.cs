using Engine.Core.Text;

namespace Engine.Storage.Text;

/// <summary>How the characters of a text file are encoded. All but UTF-8 are translated before anything else looks at the bytes.</summary>
internal enum TextEncoding : byte
{
    Utf8,
    Utf16LittleEndian,
    Utf16BigEndian,
    Windows1252,
    Latin1,
}

/// <summary>Names and recognition of encodings.</summary>
internal static class TextEncodings
{
    public const string OptionDescription = "utf-8, utf-16, utf-16be, latin-1 or windows-1252; found out when absent";

    private static readonly (string Name, TextEncoding Encoding)[] Names =
    [
        ("utf-8", TextEncoding.Utf8), ("utf8", TextEncoding.Utf8), ("ascii", TextEncoding.Utf8),
        ("utf-16", TextEncoding.Utf16LittleEndian), ("utf-16le", TextEncoding.Utf16LittleEndian), ("utf16", TextEncoding.Utf16LittleEndian),
        ("utf-16be", TextEncoding.Utf16BigEndian),
        ("windows-1252", TextEncoding.Windows1252), ("cp1252", TextEncoding.Windows1252),
        ("latin-1", TextEncoding.Latin1), ("latin1", TextEncoding.Latin1), ("iso-8859-1", TextEncoding.Latin1),
    ];

    public static TextEncoding? TryParse(string name)
    {
        var place = Array.FindIndex(Names, entry => string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase));
        return place < 0 ? null : Names[place].Encoding;
    }

    public static string NameOf(TextEncoding encoding) => Names.First(entry => entry.Encoding == encoding).Name;

    /// <summary>Bytes of the byte order mark at the start of a file in the given encoding.</summary>
    public static int MarkLength(TextEncoding encoding, ReadOnlySpan<byte> start) => start switch
    {
        [0xEF, 0xBB, 0xBF, ..] when encoding == TextEncoding.Utf8 => 3,
        [0xFF, 0xFE, ..] when encoding == TextEncoding.Utf16LittleEndian => 2,
        [0xFE, 0xFF, ..] when encoding == TextEncoding.Utf16BigEndian => 2,
        _ => 0,
    };

    /// <summary>The encoding that a file's start speaks for: its mark, zeros where UTF-16 has them, UTF-8 when it is valid, else Windows-1252.
    /// A file with more characters of UTF-8 than bytes that are none is UTF-8 all the same: its broken rows are errors, and the others stay as they are.</summary>
    public static TextEncoding Detect(ReadOnlySpan<byte> sample)
    {
        if (MarkLength(TextEncoding.Utf16LittleEndian, sample) > 0)
        {
            return TextEncoding.Utf16LittleEndian;
        }

        if (MarkLength(TextEncoding.Utf16BigEndian, sample) > 0)
        {
            return TextEncoding.Utf16BigEndian;
        }

        var zeros = CountZeros(sample);
        if (zeros.Odd > sample.Length / 4 && zeros.Even < zeros.Odd / 16)
        {
            return TextEncoding.Utf16LittleEndian;
        }

        if (zeros.Even > sample.Length / 4 && zeros.Odd < zeros.Even / 16)
        {
            return TextEncoding.Utf16BigEndian;
        }

        return IsMostlyUtf8(TrimPartialCharacter(sample)) ? TextEncoding.Utf8 : TextEncoding.Windows1252;
    }

    private static bool IsMostlyUtf8(ReadOnlySpan<byte> text)
    {
        if (Utf8Validator.IsValid(text))
        {
            return true;
        }

        var characters = 0;
        var broken = 0;
        for (var place = text.IndexOfAnyExceptInRange((byte)0, (byte)0x7F); place >= 0 && !text.IsEmpty;)
        {
            text = text[place..];
            var isGood = System.Text.Rune.DecodeFromUtf8(text, out _, out var length) == System.Buffers.OperationStatus.Done;
            characters += isGood ? 1 : 0;
            broken += isGood ? 0 : 1;
            text = text[length..];
            place = text.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
        }

        return characters > broken;
    }

    /// <summary>Leaves off a last character that the end of the sample may have cut.</summary>
    private static ReadOnlySpan<byte> TrimPartialCharacter(ReadOnlySpan<byte> sample)
    {
        for (var back = 1; back <= Math.Min(3, sample.Length); back++)
        {
            if ((sample[^back] & 0xC0) == 0xC0)
            {
                return sample[..^back];
            }
        }

        return sample;
    }

    private static (int Even, int Odd) CountZeros(ReadOnlySpan<byte> sample)
    {
        var even = 0;
        var odd = 0;
        for (var i = 0; i + 1 < Math.Min(sample.Length, 4096); i += 2)
        {
            even += sample[i] == 0 ? 1 : 0;
            odd += sample[i + 1] == 0 ? 1 : 0;
        }

        var scale = Math.Max(1, sample.Length / 4096);
        return (even * scale, odd * scale);
    }
}
