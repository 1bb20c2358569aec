using Engine.Core.Connectors;
using Engine.Storage.Compression;
using Engine.Storage.ObjectStores;

namespace Engine.Storage.Text;

/// <summary>The UTF-8 bytes of a text file, whatever it is compressed or encoded with. A plain UTF-8 file can be entered anywhere.</summary>
internal sealed class TextSource : IDisposable
{
    private readonly IRangeReader _reader;
    private readonly ScanMetrics? _metrics;
    private readonly Stream? _stream;
    private readonly CancellationToken _cancellationToken;
    private long _position;

    private TextSource(IRangeReader reader, Stream? stream, long position, ScanMetrics? metrics, CancellationToken cancellationToken)
    {
        _reader = reader;
        _stream = stream;
        _position = position;
        _metrics = metrics;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Whether the bytes are those of the file, so that places in it are file offsets.</summary>
    public bool IsPlain => _stream is null;

    /// <summary>The offset of the next byte: in the file where it is plain, else in the decoded text.</summary>
    public long Position => _position;

    /// <summary>Opens a file at its first character.</summary>
    public static TextSource Open(IObjectStore store, DataFile file, TextEncoding encoding, ScanMetrics? metrics, CancellationToken cancellationToken)
    {
        var reader = store.Open(file);
        try
        {
            Span<byte> start = stackalloc byte[CompressionDetection.HeaderLength];
            start = start[..reader.Read(0, start, cancellationToken)];
            var compression = CompressionDetection.Detect(file.Path, start);
            if (compression == CompressionKind.None && encoding == TextEncoding.Utf8)
            {
                return new TextSource(reader, null, TextEncodings.MarkLength(encoding, start), metrics, cancellationToken);
            }

            var raw = DecompressingStream.Open(new RangeStream(reader, metrics, cancellationToken), compression, file.Path);
            var unmarked = SkipMark(raw, encoding);
            return new TextSource(
                reader, encoding == TextEncoding.Utf8 ? unmarked : new TranscodingStream(unmarked, encoding), 0, metrics, cancellationToken);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Whether a file can be entered in the middle.</summary>
    public static bool CanSeek(IObjectStore store, DataFile file, TextEncoding encoding, CancellationToken cancellationToken)
    {
        using var reader = store.Open(file);
        Span<byte> start = stackalloc byte[CompressionDetection.HeaderLength];
        start = start[..reader.Read(0, start, cancellationToken)];
        return encoding == TextEncoding.Utf8 && CompressionDetection.Detect(file.Path, start) == CompressionKind.None;
    }

    /// <summary>The undecoded start of a file's text, decompressed: what its encoding is detected by.</summary>
    public static byte[] ReadSample(IObjectStore store, DataFile file, int maxLength, CancellationToken cancellationToken)
    {
        using var reader = store.Open(file);
        Span<byte> start = stackalloc byte[CompressionDetection.HeaderLength];
        start = start[..reader.Read(0, start, cancellationToken)];
        using var stream = DecompressingStream.Open(
            new RangeStream(reader, null, cancellationToken), CompressionDetection.Detect(file.Path, start), file.Path);
        var sample = new byte[maxLength];
        return sample[..stream.ReadAtLeast(sample, maxLength, throwOnEndOfStream: false)];
    }

    /// <summary>Goes to a place of a plain file.</summary>
    public void Seek(long position)
    {
        System.Diagnostics.Debug.Assert(IsPlain, "only plain files have places");
        _position = position;
    }

    /// <summary>Fills the target; less only at the end.</summary>
    public int Read(Span<byte> target)
    {
        int count;
        if (_stream is null)
        {
            count = _reader.Read(_position, target, _cancellationToken);
            _metrics?.AddBytes(count);
        }
        else
        {
            count = _stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        }

        _position += count;
        return count;
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _reader.Dispose();
    }

    private static Stream SkipMark(Stream stream, TextEncoding encoding)
    {
        var start = new byte[3];
        var count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return new PrefixedStream(start.AsMemory(TextEncodings.MarkLength(encoding, start.AsSpan(0, count))..count), stream);
    }
}
