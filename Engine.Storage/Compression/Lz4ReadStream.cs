using System.Buffers.Binary;

namespace Engine.Storage.Compression;

/// <summary>Decompresses a stream of LZ4 frames; every checksum that is there is verified.</summary>
public sealed class Lz4ReadStream(Stream source) : ReadOnlyStream
{
    private const int HistoryLength = 64 << 10;

    private Lz4FrameHeader? _frame;
    private XxHash32 _contentHash = new();
    private ulong _contentLength;
    private byte[] _input = [];
    private byte[] _output = [];
    private int _outputStart;
    private int _outputEnd;
    private bool _hasRead;

    public override int Read(Span<byte> buffer)
    {
        while (_outputStart == _outputEnd)
        {
            if (buffer.IsEmpty || !TryReadBlock())
            {
                return 0;
            }
        }

        var count = Math.Min(buffer.Length, _outputEnd - _outputStart);
        _output.AsSpan(_outputStart, count).CopyTo(buffer);
        _outputStart += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool TryReadBlock()
    {
        if (_frame is null && !TryStartFrame())
        {
            return false;
        }

        var frame = _frame!;
        var size = BinaryPrimitives.ReadUInt32LittleEndian(ReadExactly(4));
        if (size == 0)
        {
            EndFrame(frame);
            return true;
        }

        var length = size & ~Lz4FrameHeader.UncompressedFlag;
        if (length > frame.MaxBlockLength)
        {
            throw new InvalidDataException("an LZ4 block is longer than its frame allows");
        }

        var block = _input.AsSpan(0, (int)length);
        Fill(block);
        if (frame.HasBlockChecksums && XxHash32.Hash(block) != BinaryPrimitives.ReadUInt32LittleEndian(ReadExactly(4)))
        {
            throw new InvalidDataException("an LZ4 block does not match its checksum");
        }

        Decompress(block, (size & Lz4FrameHeader.UncompressedFlag) != 0, frame);
        return true;
    }

    private void Decompress(ReadOnlySpan<byte> block, bool isPlain, Lz4FrameHeader frame)
    {
        // The last 64 KiB stay before the new block, where its matches look for them.
        var history = frame.AreBlocksLinked ? Math.Min(_outputEnd, HistoryLength) : 0;
        _output.AsSpan(_outputEnd - history, history).CopyTo(_output);
        var end = history + block.Length;
        var target = _output.AsSpan(0, history + frame.MaxBlockLength);
        if (isPlain)
        {
            block.CopyTo(target[history..]);
        }
        else if (!Lz4Block.TryDecompress(block, target, history, out end))
        {
            throw new InvalidDataException("bad LZ4 block");
        }

        _outputStart = history;
        _outputEnd = end;
        _contentLength += (ulong)(end - history);
        if (frame.HasContentChecksum)
        {
            _contentHash.Add(_output.AsSpan(history, end - history));
        }
    }

    private bool TryStartFrame()
    {
        while (true)
        {
            Span<byte> magicBytes = stackalloc byte[4];
            var read = source.ReadAtLeast(magicBytes, 4, throwOnEndOfStream: false);
            if (read == 0 && _hasRead)
            {
                return false;
            }

            var magic = BinaryPrimitives.ReadUInt32LittleEndian(magicBytes);
            if (read == 4 && (magic & Lz4FrameHeader.SkippableMask) == Lz4FrameHeader.SkippableMagic)
            {
                Skip(BinaryPrimitives.ReadUInt32LittleEndian(ReadExactly(4)));
                _hasRead = true;
                continue;
            }

            if (read < 4 || magic != Lz4FrameHeader.Magic)
            {
                throw new InvalidDataException(read < 4 ? "the LZ4 data ends early" : "no LZ4 frame");
            }

            _hasRead = true;
            _frame = Lz4FrameHeader.Read(ReadExactly);
            _contentHash = new XxHash32();
            _contentLength = 0;
            _outputStart = _outputEnd = 0;
            if (_input.Length < _frame.MaxBlockLength)
            {
                _input = new byte[_frame.MaxBlockLength];
                _output = new byte[_frame.MaxBlockLength + HistoryLength];
            }

            return true;
        }
    }

    private void EndFrame(Lz4FrameHeader frame)
    {
        if (frame.HasContentChecksum && _contentHash.Finish() != BinaryPrimitives.ReadUInt32LittleEndian(ReadExactly(4)))
        {
            throw new InvalidDataException("the LZ4 content does not match its checksum");
        }

        if (frame.ContentLength is { } expected && expected != _contentLength)
        {
            throw new InvalidDataException("the LZ4 content has not the length that its frame states");
        }

        _frame = null;
    }

    private byte[] ReadExactly(int count)
    {
        var bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    private void Fill(Span<byte> target)
    {
        if (source.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) < target.Length)
        {
            throw new InvalidDataException("the LZ4 data ends in the middle of a frame");
        }
    }

    private void Skip(uint count)
    {
        Span<byte> scrap = stackalloc byte[1024];
        for (long left = count; left > 0;)
        {
            var part = scrap[..(int)Math.Min(left, scrap.Length)];
            Fill(part);
            left -= part.Length;
        }
    }
}
