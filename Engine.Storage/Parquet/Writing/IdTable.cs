using Engine.Core.Memory;

namespace Engine.Storage.Parquet.Writing;

/// <summary>An open-addressing table of dictionary ids: slot after slot from a hash's place, the last id there is -1.</summary>
internal sealed unsafe class IdTable(MemoryPool pool) : IDisposable
{
    private const int FirstBits = 10;

    private NativeBuffer? _slots;
    private int _bits;

    public int* Slots => (int*)_slots!.Pointer;

    public int Mask => (1 << _bits) - 1;

    /// <summary>How far a 64-bit hash is shifted to the right to give a slot.</summary>
    public int Shift => 64 - _bits;

    /// <summary>Whether so many ids need a larger table than this one.</summary>
    public bool IsFull(int count) => _slots is null || count * 2 > Mask;

    /// <summary>A larger table, empty: its user puts the ids in anew.</summary>
    public void Grow()
    {
        _slots?.Release();
        _slots = null;
        _bits = Math.Max(FirstBits, _bits + 2);
        _slots = pool.Allocate(sizeof(int) * (1L << _bits), "parquet dictionary");
        new Span<int>(_slots.Pointer, 1 << _bits).Fill(-1);
    }

    public void Dispose()
    {
        _slots?.Release();
        _slots = null;
    }
}
