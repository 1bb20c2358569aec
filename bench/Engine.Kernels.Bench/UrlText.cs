using System.Text;

namespace Engine.Kernels.Bench;

/// <summary>Texts like the URLs of a web log: 40 to 87 bytes, a few hosts, some in a hundred from a search engine.</summary>
internal static class UrlText
{
    private const int MinLength = 40;
    private const int LengthCount = 48;
    private const int Cycles = 340;

    public const int Count = Cycles * LengthCount;

    /// <summary>Bytes of all texts together: about a page of Parquet.</summary>
    public const int ByteCount = Cycles * ((LengthCount * MinLength) + (LengthCount * (LengthCount - 1) / 2));

    private static readonly string[] Hosts = ["example.com", "news.example.net", "video.example.tv", "auto.example.org", "irr.example.ru", "forum.example.info"];
    private static readonly string[] Folders = ["catalog", "page", "search", "item", "album", "forum"];

    public static IEnumerable<byte[]> Create()
    {
        var random = new Random(1);
        for (var i = 0; i < Count; i++)
        {
            var host = random.Next(100) == 0 ? "www.google.com" : Hosts[random.Next(Hosts.Length)];
            var text = new StringBuilder($"http://{host}/{Folders[random.Next(Folders.Length)]}/{random.Next(100_000):x}?id=");
            var length = MinLength + (i % LengthCount);
            while (text.Length < length)
            {
                text.Append(random.Next(1000));
            }

            yield return Encoding.UTF8.GetBytes(text.ToString(0, length));
        }
    }
}
