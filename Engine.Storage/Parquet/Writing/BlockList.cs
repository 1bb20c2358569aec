using Engine.Core.Memory;

namespace Engine.Storage.Parquet.Writing;

/// <summary>Bytes that wait to be written, in blocks of pooled memory: growing copies nothing, and little lies idle.</summary>
internal sealed unsafe class BlockList(MemoryPool pool) : IDisposable
{
    private const int FirstBlockBytes = 4096;
    private const int LastBlockBytes = 1 << 20;

    private readonly List<(NativeBuffer Buffer, int Used)> _blocks = [];

    public long Length { get; private set; }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        while (!bytes.IsEmpty)
        {
            if (_blocks.Count == 0 || _blocks[^1].Used == _blocks[^1].Buffer.Length)
            {
                AddBlock();
            }

            var (buffer, used) = _blocks[^1];
            var count = (int)Math.Min(bytes.Length, buffer.Length - used);
            bytes[..count].CopyTo(new Span<byte>(buffer.Pointer + used, count));
            _blocks[^1] = (buffer, used + count);
            bytes = bytes[count..];
        }
    }

    public void WriteTo(Stream output)
    {
        foreach (var (buffer, used) in _blocks)
        {
            output.Write(new ReadOnlySpan<byte>(buffer.Pointer, used));
        }
    }

    public void Clear()
    {
        _blocks.ForEach(block => block.Buffer.Release());
        _blocks.Clear();
        Length = 0;
    }

    public void Dispose() => Clear();

    /// <summary>A block that is, with its padding, of a power-of-two size, as the pool keeps them.</summary>
    private void AddBlock()
    {
        var size = (int)Math.Clamp(System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)Length), FirstBlockBytes, LastBlockBytes);
        _blocks.Add((pool.Allocate(size - NativeBuffer.Padding, "parquet pages"), 0));
    }
}
