using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Engine.Storage.ObjectStores.Local;

/// <summary>Has the kernel read parts of a file into its page cache while something else is done; does nothing where that cannot be asked for.</summary>
internal static unsafe partial class PageCacheAdvice
{
    /// <summary>POSIX_FADV_WILLNEED.</summary>
    private const int WillNeed = 3;

    /// <summary>RWF_NOWAIT: the read fails where it would have to wait for the disk.</summary>
    private const int NoWait = 8;

    /// <summary>Not every C library has both calls.</summary>
    private static readonly bool IsSupported = OperatingSystem.IsLinux()
        && NativeLibrary.TryLoad("libc", typeof(PageCacheAdvice).Assembly, null, out var library)
        && NativeLibrary.TryGetExport(library, "posix_fadvise", out _)
        && NativeLibrary.TryGetExport(library, "preadv2", out _);

    /// <summary>Begins to read a range. Where its first byte is at hand the rest is taken to be as well: the call looks at every page.</summary>
    public static void WillRead(SafeFileHandle file, ByteRange range)
    {
        if (IsSupported && !IsCached(file, range.Start))
        {
            _ = Advise(file, range.Start, range.Length, WillNeed);
        }
    }

    private static bool IsCached(SafeFileHandle file, long offset)
    {
        byte first;
        var target = new IoVector { Start = (nint)(&first), Length = 1 };
        return Read(file, &target, 1, offset, NoWait) == 1;
    }

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(SafeFileHandle file, long offset, long length, int advice);

    [LibraryImport("libc", EntryPoint = "preadv2")]
    private static partial nint Read(SafeFileHandle file, IoVector* targets, int count, long offset, int flags);

    /// <summary>struct iovec.</summary>
    private struct IoVector
    {
        public nint Start;
        public nint Length;
    }
}
