using System.Runtime.Intrinsics.X86;
using System.Text.Unicode;
using Engine.Core.Text;

namespace Engine.Core.Tests.Text;

/// <summary>Validation by registers beside the one of .NET.</summary>
public sealed class Utf8ValidatorTests
{
    /// <summary>The first and the last byte of each class that the standard's table 3-7 knows, and those next to them.</summary>
    private static readonly byte[] Edges =
    [
        0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF8, 0xFF,
    ];

    [Fact]
    public void Every_four_bytes_of_all_classes_are_judged_as_dotnet_does_wherever_they_stand()
    {
        var text = new byte[150];
        var validCount = 0;
        for (var i = 0; i < Edges.Length * Edges.Length * Edges.Length * Edges.Length; i++)
        {
            // Over the borders of registers of both widths, the head and the tail.
            var place = i % (text.Length - 3);
            Array.Fill(text, (byte)'a');
            text[place] = Edges[i % 25];
            text[place + 1] = Edges[i / 25 % 25];
            text[place + 2] = Edges[i / 625 % 25];
            text[place + 3] = Edges[i / 15625];
            validCount += Check(text) ? 1 : 0;
        }

        Assert.InRange(validCount, 100, 100_000);
    }

    [Fact]
    public void Text_of_all_lengths_valid_and_damaged_is_judged_as_dotnet_does()
    {
        var random = new Random(20261126);
        var letters = new[] { "a", "z9 ", "é", "Жд", "日本", "𝄞", "\u07FF\u0800", "\uD7FF\uE000", "\uFFFF\U00010000", "\U0010FFFF" };
        var verdicts = new int[2];
        for (var i = 0; i < 100_000; i++)
        {
            var text = System.Text.Encoding.UTF8.GetBytes(
                string.Concat(Enumerable.Range(0, random.Next(120)).Select(_ => letters[random.Next(random.Next(1, letters.Length))])));
            text = text[..random.Next(random.Next(text.Length + 1), text.Length + 1)];
            if (text.Length > 0 && random.Next(3) == 0)
            {
                text[random.Next(text.Length)] = (byte)random.Next(256);
            }

            verdicts[Check(text) ? 1 : 0]++;
        }

        Assert.True(verdicts[0] > 10_000 && verdicts[1] > 10_000, $"{verdicts[0]} invalid, {verdicts[1]} valid");
    }

    private static bool Check(byte[] text)
    {
        var expected = Utf8.IsValid(text);
        Assert.True(Utf8Validator.IsValid(text) == expected, Convert.ToHexString(text));
        Assert.True(Utf8Validator.IsValidBy128(text) == expected, Convert.ToHexString(text));
        if (Avx512BW.IsSupported)
        {
            Assert.True(Utf8Validator.IsValidBy512(text) == expected, Convert.ToHexString(text));
        }

        return expected;
    }
}
