namespace Engine.Storage.Compression;

/// <summary>The decompressed bytes of a file. What is wrong with them is an error that names the file; a cut-off file never looks whole.</summary>
public sealed class DecompressingStream : ReadOnlyStream
{
    private readonly string _path;
    private readonly Stream _inner;

    private DecompressingStream(string path, Stream inner)
    {
        _path = path;
        _inner = inner;
    }

    /// <summary>Takes the compressed stream over.</summary>
    /// <param name="source">Compressed bytes from the file's start.</param>
    /// <param name="kind">How they are compressed.</param>
    /// <param name="path">For messages.</param>
    public static Stream Open(Stream source, CompressionKind kind, string path) => kind switch
    {
        CompressionKind.Gzip => new DecompressingStream(path, new GzipReadStream(source)),
        CompressionKind.Brotli => new DecompressingStream(path, new BrotliReadStream(source)),
        CompressionKind.Zstd => new DecompressingStream(path, new ZstdReadStream(source)),
        CompressionKind.Lz4 => new DecompressingStream(path, new Lz4ReadStream(source)),
        _ => source,
    };

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return _inner.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw CorruptData.In(_path, e.Message, e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
