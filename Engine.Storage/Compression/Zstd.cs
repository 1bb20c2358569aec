using System.Runtime.InteropServices;
using Engine.Core.Errors;

namespace Engine.Storage.Compression;

/// <summary>Zstandard through the system's library: whole blocks here, streams in <see cref="ZstdReadStream"/> and <see cref="ZstdWriteStream"/>.</summary>
public static unsafe class Zstd
{
    public const int DefaultLevel = 3;

    private static readonly Lazy<bool> IsPresent = new(() => NativeLibrary.TryLoad(ZstdNative.Library, out _));

    /// <summary>Whether the library is installed.</summary>
    public static bool IsAvailable => IsPresent.Value;

    /// <summary>The largest size that compressing so many bytes can give.</summary>
    public static int MaxCompressedLength(int byteCount)
    {
        Require();
        return checked((int)ZstdNative.CompressBound((nuint)byteCount));
    }

    public static int Compress(ReadOnlySpan<byte> source, Span<byte> target, int level = DefaultLevel)
    {
        Require();
        fixed (byte* from = source)
        fixed (byte* to = target)
        {
            var written = ZstdNative.Compress(to, (nuint)target.Length, from, (nuint)source.Length, level);
            return ZstdNative.IsError(written) == 0
                ? (int)written
                : throw new QueryException(ErrorCodes.InternalError, $"zstd: {ZstdNative.ErrorName(written)}");
        }
    }

    /// <summary>Decompresses whole frames; false when they are corrupt or do not fit the target.</summary>
    public static bool TryDecompress(ReadOnlySpan<byte> source, Span<byte> target, out int written)
    {
        Require();
        fixed (byte* from = source)
        fixed (byte* to = target)
        {
            var result = ZstdNative.Decompress(to, (nuint)target.Length, from, (nuint)source.Length);
            var isGood = ZstdNative.IsError(result) == 0;
            written = isGood ? (int)result : 0;
            return isGood;
        }
    }

    /// <exception cref="QueryException">58030 where the library is missing.</exception>
    internal static void Require()
    {
        if (!IsAvailable)
        {
            throw new QueryException(
                ErrorCodes.IoError,
                "Zstandard data needs the system library libzstd.so.1, which is not installed",
                hint: "Install the Debian package libzstd1 (apt-get install libzstd1).");
        }
    }
}
