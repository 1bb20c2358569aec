using Engine.Core.Memory;

namespace Engine.Storage.Text;

/// <summary>A stretch of a text that begins with a record, in a native buffer that string views may point into.</summary>
/// <param name="Buffer">Holds the bytes from its start.</param>
/// <param name="Length">Bytes of text in it.</param>
/// <param name="Offset">Where the first byte lies in the text.</param>
/// <param name="IsLast">Whether the text ends with this block.</param>
internal sealed record TextBlock(NativeBuffer Buffer, int Length, long Offset, bool IsLast);

/// <summary>
/// Reads a text block by block. What a consumer leaves of a block, because a record is not complete in it, begins the next one, which is larger
/// where no record was complete at all.
/// </summary>
internal sealed unsafe class TextBlockReader(TextSource source, MemoryPool pool, int blockLength, int maxRecordLength) : IDisposable
{
    private TextBlock? _block;
    private int _consumed;
    private int _length = blockLength;

    /// <summary>The current block was used up to here.</summary>
    public void Consume(int length) => _consumed = length;

    /// <summary>The next block, which this reader keeps until the next call; null at the end, and null as well when a record is longer than allowed.</summary>
    public TextBlock? Next(out bool isTooLong)
    {
        isTooLong = false;
        if (_block is { IsLast: true })
        {
            return null;
        }

        var rest = (_block?.Length ?? 0) - _consumed;
        if (_block is not null && _consumed == 0)
        {
            if (_length >= maxRecordLength)
            {
                isTooLong = true;
                return null;
            }

            _length = (int)Math.Min(maxRecordLength, _length * 2L);
        }

        var buffer = pool.Allocate(rest + (long)_length, "text block");
        var offset = source.Position - rest;
        if (_block is not null)
        {
            Buffer.MemoryCopy(_block.Buffer.Pointer + _consumed, buffer.Pointer, rest, rest);
            _block.Buffer.Release();
            _block = null;
        }

        try
        {
            var read = source.Read(new Span<byte>(buffer.Pointer + rest, _length));
            _block = new TextBlock(buffer, rest + read, offset, IsLast: read < _length);
        }
        catch
        {
            buffer.Release();
            throw;
        }

        // Vector code may look at the padding.
        new Span<byte>(buffer.Pointer + _block.Length, NativeBuffer.Padding).Clear();
        _consumed = 0;
        return _block;
    }

    public void Dispose()
    {
        _block?.Buffer.Release();
        _block = null;
        source.Dispose();
    }
}
