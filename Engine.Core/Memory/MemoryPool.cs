using System.Collections.Concurrent;
using System.Globalization;
using Engine.Core.Errors;

namespace Engine.Core.Memory;

/// <summary>
/// Accounts for native memory in a tree: process, query, operator. Every reservation counts against each pool up to the root and fails when
/// one of their limits would be passed; a breaker that gets no reservation spills or gives up.
/// </summary>
public sealed unsafe class MemoryPool : IDisposable
{
    public const long Unlimited = long.MaxValue;

    private readonly MemoryPool? _parent;
    private readonly long _limitBytes;
    private readonly ConcurrentDictionary<string, long> _liveBytesByPurpose = new(StringComparer.Ordinal);
    private readonly LiveBuffers _live = new();
    private readonly ConcurrentQueue<MemoryPool> _parts = [];
    private long _reservedBytes;
    private long _peakBytes;

    private MemoryPool(string name, MemoryPool? parent, long limitBytes)
    {
        Name = name;
        _parent = parent;
        _limitBytes = limitBytes;
    }

    public string Name { get; }

    /// <summary>Bytes out now, in this pool and the pools below it.</summary>
    public long ReservedBytes => Interlocked.Read(ref _reservedBytes);

    /// <summary>The most that was ever out at once.</summary>
    public long PeakBytes => Interlocked.Read(ref _peakBytes);

    /// <summary>Whether so much would be out, here or in a pool above, with so many bytes more, that whoever can spill should do so.</summary>
    public bool IsTight(long moreBytes)
    {
        for (var pool = this; pool is not null; pool = pool._parent)
        {
            if (pool._limitBytes != Unlimited && pool.ReservedBytes + moreBytes > pool._limitBytes / 2)
            {
                return true;
            }
        }

        return false;
    }

    public static MemoryPool CreateRoot(string name, long limitBytes = Unlimited) => new(name, null, limitBytes);

    public MemoryPool CreateChild(string name, long limitBytes = Unlimited) => new(name, this, limitBytes);

    /// <summary>A part of this pool that is counted apart, and abandoned with it.</summary>
    public MemoryPool CreatePart(string name)
    {
        var part = CreateChild(name);
        _parts.Enqueue(part);
        return part;
    }

    /// <summary>A block of at least <paramref name="byteCount"/> bytes, not cleared.</summary>
    /// <exception cref="QueryException">53200 when a limit would be passed.</exception>
    public NativeBuffer Allocate(long byteCount, string purpose)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(byteCount);
        var capacity = BlockCache.CapacityFor(byteCount + NativeBuffer.Padding);
        Reserve(capacity, purpose);
        Track(purpose, capacity);
        var buffer = new NativeBuffer(this, BlockCache.Rent(capacity), byteCount, capacity, purpose);
        _live.Add(buffer);
        return buffer;
    }

    /// <summary>A block whose bytes are all zero.</summary>
    public NativeBuffer AllocateCleared(long byteCount, string purpose)
    {
        var buffer = Allocate(byteCount, purpose);
        System.Runtime.InteropServices.NativeMemory.Clear(buffer.Pointer, (nuint)(byteCount + NativeBuffer.Padding));
        return buffer;
    }

    /// <summary>Accounts for memory held elsewhere. False, and nothing reserved, when a limit would be passed.</summary>
    public bool TryReserve(long byteCount) => TryReserve(byteCount, out _, out _);

    /// <exception cref="QueryException">53200 when a limit would be passed.</exception>
    public void Reserve(long byteCount, string purpose)
    {
        if (!TryReserve(byteCount, out var full, out var wanted))
        {
            throw new QueryException(
                ErrorCodes.OutOfMemory,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"out of memory: {full.Name} needs {wanted:N0} bytes, the last of them for {purpose}, and may use {full._limitBytes:N0}"),
                hint: "Raise the limit with --memory, or ask for fewer groups, a smaller build side or a LIMIT.");
        }
    }

    public void Release(long byteCount)
    {
        for (var pool = this; pool is not null; pool = pool._parent)
        {
            Interlocked.Add(ref pool._reservedBytes, -byteCount);
        }
    }

    /// <summary>
    /// Takes back all that is out, here and in the parts, once nobody works with it any more. For a query that ran out of memory: the code that asks
    /// for memory then need not give back what it has when it gets no more.
    /// </summary>
    public void Abandon()
    {
        while (_live.First() is { } buffer)
        {
            buffer.Abandon();
        }

        foreach (var part in _parts)
        {
            part.Abandon();
        }
    }

    /// <summary>Checks that all came back.</summary>
    public void Dispose()
    {
        if (ReservedBytes != 0)
        {
            throw new InvalidOperationException($"memory pool {Name} closed with {ReservedBytes} bytes out: {DescribeLive()}");
        }
    }

    /// <summary>What is out of this pool itself, by purpose.</summary>
    public string DescribeLive() => string.Join(", ", _liveBytesByPurpose.Where(entry => entry.Value != 0).Select(entry => $"{entry.Key} {entry.Value}"));

    internal void Free(NativeBuffer buffer, byte* pointer)
    {
        _live.Remove(buffer);
        BlockCache.Return(pointer, buffer.Capacity);
        Track(buffer.Purpose, -buffer.Capacity);
        Release(buffer.Capacity);
    }

    private bool TryReserve(long byteCount, out MemoryPool full, out long wanted)
    {
        for (var pool = this; pool is not null; pool = pool._parent)
        {
            var reserved = Interlocked.Add(ref pool._reservedBytes, byteCount);
            if (reserved > pool._limitBytes)
            {
                full = pool;
                wanted = reserved;
                for (var undo = this; undo != pool._parent; undo = undo!._parent)
                {
                    Interlocked.Add(ref undo!._reservedBytes, -byteCount);
                }

                return false;
            }

            for (var peak = Interlocked.Read(ref pool._peakBytes); reserved > peak; peak = Interlocked.Read(ref pool._peakBytes))
            {
                Interlocked.CompareExchange(ref pool._peakBytes, reserved, peak);
            }
        }

        full = this;
        wanted = 0;
        return true;
    }

    [System.Diagnostics.Conditional("DEBUG")]
    private void Track(string purpose, long byteCount) => _liveBytesByPurpose.AddOrUpdate(purpose, byteCount, (_, live) => live + byteCount);
}
