using System.Buffers;
using System.Buffers.Binary;
using Engine.Storage.Compression;

namespace Engine.Storage.Text;

/// <summary>Translates a text in another encoding to UTF-8 while it is read. Broken surrogates become the replacement character.</summary>
internal sealed class TranscodingStream(Stream source, TextEncoding encoding) : ReadOnlyStream
{
    private const int ChunkLength = 16 << 10;

    /// <summary>What Windows-1252 has at 0x80 to 0x9F.</summary>
    private const string WindowsUpper = "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    private readonly byte[] _input = new byte[ChunkLength];
    private readonly char[] _characters = new char[ChunkLength + 1];
    private readonly byte[] _output = new byte[(ChunkLength + 1) * 3];
    private int _inputLength;
    private int _characterLength;
    private int _outputStart;
    private int _outputEnd;

    /// <summary>The UTF-8 text, without byte order mark, of the start of a file.</summary>
    public static ReadOnlySpan<byte> Decode(byte[] sample, TextEncoding encoding)
    {
        var unmarked = sample.AsMemory(TextEncodings.MarkLength(encoding, sample));
        if (encoding == TextEncoding.Utf8)
        {
            return unmarked.Span;
        }

        using var stream = new TranscodingStream(new MemoryStream(unmarked.ToArray()), encoding);
        var text = new MemoryStream();
        stream.CopyTo(text);
        return text.ToArray();
    }

    public override int Read(Span<byte> buffer)
    {
        while (_outputStart == _outputEnd && !buffer.IsEmpty)
        {
            var count = source.Read(_input.AsSpan(_inputLength));
            _inputLength += count;
            if (count == 0 && _inputLength + _characterLength == 0)
            {
                return 0;
            }

            Translate(isAtEnd: count == 0);
        }

        var served = Math.Min(buffer.Length, _outputEnd - _outputStart);
        _output.AsSpan(_outputStart, served).CopyTo(buffer);
        _outputStart += served;
        return served;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Translate(bool isAtEnd)
    {
        var used = 0;
        if (encoding is TextEncoding.Windows1252 or TextEncoding.Latin1)
        {
            for (; used < _inputLength; used++)
            {
                var value = _input[used];
                _characters[_characterLength++] = encoding == TextEncoding.Windows1252 && value is >= 0x80 and < 0xA0 ? WindowsUpper[value - 0x80] : (char)value;
            }
        }
        else
        {
            for (; used + 1 < _inputLength; used += 2)
            {
                var unit = _input.AsSpan(used, 2);
                _characters[_characterLength++] = (char)(encoding == TextEncoding.Utf16LittleEndian
                    ? BinaryPrimitives.ReadUInt16LittleEndian(unit)
                    : BinaryPrimitives.ReadUInt16BigEndian(unit));
            }

            if (isAtEnd && used < _inputLength)
            {
                // Half a character at the very end.
                _characters[_characterLength++] = '\uFFFD';
                used = _inputLength;
            }
        }

        _input.AsSpan(used, _inputLength - used).CopyTo(_input);
        _inputLength -= used;
        var status = System.Text.Unicode.Utf8.FromUtf16(
            _characters.AsSpan(0, _characterLength), _output, out var read, out _outputEnd, replaceInvalidSequences: true, isFinalBlock: isAtEnd);
        System.Diagnostics.Debug.Assert(status is OperationStatus.Done or OperationStatus.NeedMoreData, "the output has room for all");
        _characters.AsSpan(read, _characterLength - read).CopyTo(_characters);
        _characterLength -= read;
        _outputStart = 0;
    }
}
