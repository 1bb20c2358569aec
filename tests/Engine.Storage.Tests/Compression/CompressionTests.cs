using System.Diagnostics;
using System.IO.Compression;
using Engine.Core.Errors;
using Engine.Storage.Compression;

namespace Engine.Storage.Tests.Compression;

public sealed class CompressionTests
{
    public static TheoryData<CompressionKind> Kinds() => [CompressionKind.Gzip, CompressionKind.Zstd, CompressionKind.Lz4, CompressionKind.Brotli];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Content_of_many_sizes_comes_back(CompressionKind kind)
    {
        foreach (var size in new[] { 1, 2, 12, 13, 1000, 70_000, 5_000_000 })
        {
            foreach (var isRandom in new[] { false, true })
            {
                var content = Content(size, isRandom);
                Decompress(Compress(content, kind), kind).AsSpan().SequenceEqual(content).ShouldBeTrue();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_cut_off_anywhere_is_an_error_that_names_it(CompressionKind kind)
    {
        var whole = Compress(Content(3000, isRandom: false), kind);
        for (var length = 0; length < whole.Length; length++)
        {
            var error = Should.Throw<QueryException>(() => Decompress(whole[..length], kind), $"length {length} of {whole.Length}");
            error.Code.ShouldBe(ErrorCodes.DataCorrupted);
            error.Message.ShouldContain("some/file");
        }
    }

    [Theory]
    [InlineData(CompressionKind.Gzip)]
    [InlineData(CompressionKind.Zstd)]
    [InlineData(CompressionKind.Lz4)]
    public void A_changed_byte_never_gives_other_content(CompressionKind kind)
    {
        var content = Content(3000, isRandom: false);
        var whole = Compress(content, kind);
        for (var i = 0; i < whole.Length; i++)
        {
            var changed = whole.ToArray();
            changed[i] ^= 0x41;
            try
            {
                // Some header bytes carry nothing that matters.
                Decompress(changed, kind).AsSpan().SequenceEqual(content).ShouldBeTrue($"byte {i} of {whole.Length}");
            }
            catch (QueryException e)
            {
                e.Code.ShouldBe(ErrorCodes.DataCorrupted);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Concatenated_files_give_both_contents_or_an_error(CompressionKind kind)
    {
        byte[] both = [.. Compress("first "u8.ToArray(), kind), .. Compress("second"u8.ToArray(), kind)];
        if (kind == CompressionKind.Brotli)
        {
            Should.Throw<QueryException>(() => Decompress(both, kind)).Message.ShouldContain("something follows");
        }
        else
        {
            Decompress(both, kind).ShouldBe("first second"u8.ToArray());
        }
    }

    [Theory]
    [InlineData("zstd", "-q -c -19", CompressionKind.Zstd)]
    [InlineData("lz4", "-q -c -BD -BX --content-size", CompressionKind.Lz4)]
    [InlineData("lz4", "-q -c -9 -B4", CompressionKind.Lz4)]
    [InlineData("gzip", "-c", CompressionKind.Gzip)]
    public void Reads_what_the_command_line_tools_write(string tool, string arguments, CompressionKind kind)
    {
        using var folder = new TemporaryFolder();
        var content = Content(300_000, isRandom: false);
        var file = folder.Write("input", content);
        if (TryRun(tool, $"{arguments} {file.Path}", out var compressed))
        {
            CompressionDetection.Detect("input", compressed).ShouldBe(kind);
            Decompress(compressed, kind).AsSpan().SequenceEqual(content).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("zstd", CompressionKind.Zstd)]
    [InlineData("lz4", CompressionKind.Lz4)]
    public void The_command_line_tools_read_what_we_write(string tool, CompressionKind kind)
    {
        using var folder = new TemporaryFolder();
        var content = Content(9_000_000, isRandom: false);
        var file = folder.Write("output." + tool, Compress(content, kind));
        if (TryRun(tool, $"-q -d -c {file.Path}", out var decompressed))
        {
            decompressed.AsSpan().SequenceEqual(content).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("a.csv.gz", CompressionKind.Gzip, "a.csv")]
    [InlineData("a.CSV.ZST", CompressionKind.Zstd, "a.CSV")]
    [InlineData("a.br", CompressionKind.Brotli, "a")]
    [InlineData("a.lz4", CompressionKind.Lz4, "a")]
    [InlineData("a.csv", CompressionKind.None, "a.csv")]
    public void Names_tell_the_compression(string path, CompressionKind kind, string trimmed)
    {
        CompressionDetection.Detect(path, default).ShouldBe(kind);
        CompressionDetection.TrimSuffix(path).ShouldBe(trimmed);
    }

    [Fact]
    public void Blocks_that_lie_about_lengths_are_refused()
    {
        var target = new byte[100];
        foreach (var block in new byte[][] { [], [0xF0], [0xF0, 255], [0x50, 1, 2], [0x10, 1, 5, 0], [0x10, 1, 0, 0], [0x1F, 1, 1, 0, 255, 255, 255] })
        {
            Lz4Block.TryDecompress(block, target, out _).ShouldBeFalse();
        }

        Zstd.TryDecompress([1, 2, 3, 4], target, out _).ShouldBeFalse();
        var content = Content(1000, isRandom: false);
        var compressed = new byte[Zstd.MaxCompressedLength(content.Length)];
        var length = Zstd.Compress(content, compressed);
        Zstd.TryDecompress(compressed.AsSpan(0, length), target, out _).ShouldBeFalse();
    }

    private static byte[] Content(int size, bool isRandom)
    {
        var random = new Random(size);
        var content = new byte[size];
        random.NextBytes(content);
        if (!isRandom)
        {
            for (var i = 0; i < size; i++)
            {
                content[i] = (byte)(i % 97 < 60 ? 'a' + (i % 7) : content[i] & 0x0F);
            }
        }

        return content;
    }

    private static byte[] Compress(byte[] content, CompressionKind kind)
    {
        var target = new MemoryStream();
        using (Stream stream = kind switch
        {
            CompressionKind.Gzip => new GZipStream(target, CompressionLevel.Optimal),
            CompressionKind.Brotli => new BrotliStream(target, CompressionLevel.Fastest),
            CompressionKind.Zstd => new ZstdWriteStream(target),
            _ => new Lz4WriteStream(target),
        })
        {
            stream.Write(content);
        }

        return target.ToArray();
    }

    private static byte[] Decompress(byte[] compressed, CompressionKind kind)
    {
        using var stream = DecompressingStream.Open(new MemoryStream(compressed), kind, "some/file");
        var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private static bool TryRun(string tool, string arguments, out byte[] output)
    {
        output = [];
        try
        {
            using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
            var content = new MemoryStream();
            process.StandardOutput.BaseStream.CopyTo(content);
            process.WaitForExit();
            output = content.ToArray();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
