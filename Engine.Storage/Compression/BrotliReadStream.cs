using System.Buffers;
using System.IO.Compression;

namespace Engine.Storage.Compression;

/// <summary>Decompresses a Brotli stream and, unlike the framework's stream, insists on its end.</summary>
public sealed class BrotliReadStream(Stream source) : ReadOnlyStream
{
    private readonly byte[] _input = new byte[64 << 10];
    private BrotliDecoder _decoder;
    private int _start;
    private int _end;
    private bool _isDone;

    public override int Read(Span<byte> buffer)
    {
        while (!buffer.IsEmpty && !_isDone)
        {
            var status = _decoder.Decompress(_input.AsSpan(_start, _end - _start), buffer, out var consumed, out var written);
            _start += consumed;
            if (status == OperationStatus.InvalidData)
            {
                throw new InvalidDataException("bad Brotli data");
            }

            if (status == OperationStatus.Done)
            {
                CheckNothingFollows();
                _isDone = true;
            }

            if (written > 0)
            {
                return written;
            }

            if (status == OperationStatus.NeedMoreData)
            {
                Fill();
            }
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        _decoder.Dispose();
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Fill()
    {
        _input.AsSpan(_start, _end - _start).CopyTo(_input);
        _end -= _start;
        _start = 0;
        var count = source.Read(_input.AsSpan(_end));
        if (count == 0)
        {
            throw new InvalidDataException(_end == 0 ? "the Brotli data ends early" : "bad Brotli data");
        }

        _end += count;
    }

    private void CheckNothingFollows()
    {
        if (_start < _end || source.ReadByte() >= 0)
        {
            throw new InvalidDataException("something follows the Brotli data");
        }
    }
}
