using System.IO.Hashing;

namespace Engine.Storage.Compression;

/// <summary>
/// Decompresses gzip members one after the other. The framework's stream takes data that is cut off for whole, and does not say where a member
/// ends; here every member's checksum and length are verified.
/// </summary>
public sealed class GzipReadStream : ReadOnlyStream
{
    private const int HasHeaderChecksum = 2;
    private const int HasExtra = 4;
    private const int HasName = 8;
    private const int HasComment = 16;
    private const int ReservedFlags = 0xE0;
    private const int DeflateMethod = 8;

    private readonly Stream _source;
    private readonly DeflateInput _input;
    private readonly Inflater _inflater;
    private bool _isInsideMember;
    private bool _isDone;
    private bool _hasMember;
    private readonly Crc32 _checksum = new();
    private uint _length;

    public GzipReadStream(Stream source)
    {
        _source = source;
        _input = new DeflateInput(source);
        _inflater = new Inflater(_input);
    }

    public override int Read(Span<byte> buffer)
    {
        while (!buffer.IsEmpty && !_isDone)
        {
            if (!_isInsideMember && !TryStartMember())
            {
                _isDone = true;
                break;
            }

            var part = _inflater.Read(buffer.Length);
            if (!part.IsEmpty)
            {
                part.CopyTo(buffer);
                _checksum.Append(part);
                _length += (uint)part.Length;
                return part.Length;
            }

            EndMember();
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool TryStartMember()
    {
        var first = _input.TryTakeByte();
        if (_hasMember)
        {
            // Tapes and some tools fill up with zeros.
            while (first == 0)
            {
                first = _input.TryTakeByte();
            }

            if (first < 0)
            {
                return false;
            }
        }

        if (first != 0x1F || _input.TryTakeByte() != 0x8B)
        {
            throw new InvalidDataException(first < 0 ? "compressed file is empty" : _hasMember ? "something that is not gzip follows the gzip data" : "no gzip data");
        }

        var method = _input.TakeByte();
        var flags = _input.TakeByte();
        if (method != DeflateMethod || (flags & ReservedFlags) != 0)
        {
            throw new InvalidDataException("unknown gzip header");
        }

        SkipBytes(6);
        if ((flags & HasExtra) != 0)
        {
            SkipBytes(_input.TakeByte() | (_input.TakeByte() << 8));
        }

        SkipText((flags & HasName) != 0);
        SkipText((flags & HasComment) != 0);
        SkipBytes((flags & HasHeaderChecksum) != 0 ? 2 : 0);
        _hasMember = _isInsideMember = true;
        _checksum.Reset();
        _length = 0;
        _inflater.Restart();
        return true;
    }

    private void EndMember()
    {
        _input.AlignToByte();
        if (_input.TakeUInt32() != _checksum.GetCurrentHashAsUInt32() || _input.TakeUInt32() != _length)
        {
            throw new InvalidDataException("the gzip content does not match its checksum");
        }

        _isInsideMember = false;
    }

    private void SkipBytes(int count)
    {
        for (; count > 0; count--)
        {
            _input.TakeByte();
        }
    }

    private void SkipText(bool isThere)
    {
        while (isThere && _input.TakeByte() != 0)
        {
        }
    }
}
