using Engine.Core.Memory;

namespace Engine.Storage.Parquet.Pages;

/// <summary>A stretch of a decompressed page. Whoever decodes it does not own the buffer, and may read the buffer's padding behind the end.</summary>
internal readonly unsafe struct PageBytes(NativeBuffer buffer, byte* start, byte* end)
{
    public NativeBuffer Buffer { get; } = buffer;

    public byte* Start { get; init; } = start;

    public byte* End { get; } = end;
}
