using System.Numerics;
using System.Runtime.InteropServices;

namespace Engine.Core.Memory;

/// <summary>
/// Native blocks in power-of-two size classes, recycled so that a running query neither calls the C allocator per batch nor faults fresh
/// pages in. Blocks of 2 MiB and more are aligned to and advised as huge pages: hash tables live on TLB reach.
/// </summary>
internal static unsafe partial class BlockCache
{
    private const int MinClass = 7;
    private const int MaxCachedClass = 26;
    private const int HugePageBytes = 2 << 20;
    private const int AdviseHugePages = 14;
    private const long MaxCachedBytes = 512L << 20;

    private static readonly Stack<nint>[] Free = [.. Enumerable.Range(0, MaxCachedClass + 1).Select(_ => new Stack<nint>())];
    private static long _cachedBytes;

    /// <summary>The size of the block that <see cref="Rent"/> gives for so many bytes.</summary>
    public static long CapacityFor(long byteCount)
    {
        var capacity = Math.Max(byteCount, 1L << MinClass);
        var sizeClass = 64 - BitOperations.LeadingZeroCount((ulong)(capacity - 1));
        return sizeClass <= MaxCachedClass ? 1L << sizeClass : (capacity + HugePageBytes - 1) & -HugePageBytes;
    }

    public static byte* Rent(long capacity)
    {
        if (IsOfClass(capacity))
        {
            var stack = Free[BitOperations.Log2((ulong)capacity)];
            lock (stack)
            {
                if (stack.TryPop(out var block))
                {
                    Interlocked.Add(ref _cachedBytes, -capacity);
                    return (byte*)block;
                }
            }
        }

        if (capacity < HugePageBytes)
        {
            return (byte*)NativeMemory.AlignedAlloc((nuint)capacity, NativeBuffer.Alignment);
        }

        var pages = (byte*)NativeMemory.AlignedAlloc((nuint)capacity, HugePageBytes);
        if (OperatingSystem.IsLinux())
        {
            // Advice only: where the kernel refuses it, the memory works all the same.
            _ = Advise(pages, (nuint)capacity, AdviseHugePages);
        }

        return pages;
    }

    public static void Return(byte* block, long capacity)
    {
        if (IsOfClass(capacity) && Interlocked.Read(ref _cachedBytes) + capacity <= MaxCachedBytes)
        {
            Interlocked.Add(ref _cachedBytes, capacity);
            var stack = Free[BitOperations.Log2((ulong)capacity)];
            lock (stack)
            {
                stack.Push((nint)block);
            }

            return;
        }

        NativeMemory.AlignedFree(block);
    }

    /// <summary>Above the largest class blocks differ in size, and one must not stand in for another.</summary>
    private static bool IsOfClass(long capacity) => capacity <= 1L << MaxCachedClass;

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);
}
