using System.IO.Compression;
using Engine.Core.Memory;
using Engine.TestKit;

namespace Engine.Storage.Tests.ArrowIpc;

/// <summary>Every golden file of Arrow that the shared data has, against the values that its makers state.</summary>
public sealed class ArrowGoldenTests : IDisposable
{
    /// <summary>Columns of golden files that are refused, and why. Nothing else is.</summary>
    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        // Their values go up to the limits of 64 bits; the engine's intervals are 64 bits of microseconds.
        ["1.0.0-littleendian/generated_interval f1"] = "seconds are more than microseconds can be counted",
        ["1.0.0-littleendian/generated_interval f2"] = "milliseconds are more than microseconds can be counted",
    };

    private readonly MemoryPool _pool = TestPool.Create();

    public static TheoryData<string> Files()
    {
        var names = new TheoryData<string>();
        if (SharedData.Folder is not null)
        {
            var root = SharedData.PathOf("arrow");
            foreach (var path in Directory.EnumerateFiles(root, "*.json.gz", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                var name = Path.GetRelativePath(root, path)[..^".json.gz".Length];
                names.Add(name + ".stream");
                names.Add(name + ".arrow_file");
            }
        }
        else
        {
            names.Add("(absent)");
        }

        return names;
    }

    public void Dispose() => _pool.Dispose();

    [SharedDataTheory]
    [MemberData(nameof(Files))]
    public void Values_are_those_of_the_json(string name)
    {
        var (golden, bytes) = Load(name);
        var key = name[..name.LastIndexOf('.')];
        var expected = new List<List<string>>();
        for (var i = 0; i < golden.Fields.Count; i++)
        {
            if (Refused.TryGetValue($"{key} {golden.Fields[i]["name"]}", out var reason))
            {
                Should.Throw<OverflowException>(() => ArrowTable.Read(bytes, _pool, [i])).Message.ShouldContain(reason);
                continue;
            }

            expected.Add(golden.Column(i));
            ArrowTable.Read(bytes, _pool, [i])[0].ShouldBe(expected[^1], $"{name} {golden.Fields[i]}");
        }

        if (expected.Count == golden.Fields.Count)
        {
            var all = ArrowTable.Read(bytes, _pool);
            all.Length.ShouldBe(expected.Count);
            for (var i = 0; i < all.Length; i++)
            {
                all[i].ShouldBe(expected[i]);
            }
        }
    }

    [SharedDataTheory]
    [InlineData("0.14.1/generated_primitive.stream")]
    [InlineData("cpp-21.0.0/generated_dictionary.stream")]
    [InlineData("2.0.0-compression/generated_lz4.stream")]
    public void Streams_that_cannot_seek_give_the_same(string name)
    {
        var (golden, bytes) = Load(name);
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        packed.Position = 0;
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        var last = golden.Fields.Count - 1;
        ArrowTable.ReadStream(unpacked, _pool, [last])[0].ShouldBe(golden.Column(last));
    }

    private static (GoldenTable Golden, byte[] Bytes) Load(string name) =>
        (new GoldenTable(SharedData.PathOf($"arrow/{name[..name.LastIndexOf('.')]}.json.gz")), File.ReadAllBytes(SharedData.PathOf($"arrow/{name}")));
}
