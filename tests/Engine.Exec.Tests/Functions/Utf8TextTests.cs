using System.Text;
using Engine.Exec.Functions.Text;

namespace Engine.Exec.Tests.Functions;

public sealed class Utf8TextTests
{
    [Fact]
    public void Characters_are_counted_in_texts_of_all_lengths()
    {
        var random = new Random(7);
        var letters = new[] { "a", "\u007F", "\u0080", "é", "\u07FF", "日", "\uFFFD", "𝄞", "\U0010FFFF" };
        for (var length = 0; length < 2_000; length++)
        {
            var text = string.Concat(Enumerable.Range(0, length % 70).Select(_ => letters[random.Next(1 + (length % letters.Length))]));
            Assert.Equal(text.EnumerateRunes().Count(), Utf8Text.CountCharacters(Encoding.UTF8.GetBytes(text)));
        }
    }
}
