using System.Text;
using Engine.Storage.Compression;

namespace Engine.Storage.Tests.Compression;

public sealed class XxHash64Tests
{
    [Theory]
    [InlineData("", 0xEF46DB3751D8E999UL)]
    [InlineData("a", 0xD24EC4F1A98C6E5BUL)]
    [InlineData("abc", 0x44BC2CF5AD770999UL)]
    [InlineData("Nobody inspects the spammish repetition", 0xFBCEA83C8A378BF1UL)]
    public void Hashes_are_as_known(string text, ulong expected) => XxHash64.Hash(Encoding.ASCII.GetBytes(text)).ShouldBe(expected);
}
