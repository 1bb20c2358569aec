using System.Runtime.CompilerServices;
using Engine.Core.Columns;

namespace Engine.Storage.Text;

/// <summary>Makes views of short strings with whole-register loads, where at least twelve bytes may be read.</summary>
internal static unsafe class PaddedView
{
    private static ReadOnlySpan<ulong> HeadMasks => [0, 0xFF, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF];

    private static ReadOnlySpan<ulong> TailMasks =>
        [0, 0, 0, 0, 0, 0xFF, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF, 0xFFFFFFFFFF, 0xFFFFFFFFFFFF, 0xFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF];

    /// <summary>A view of at most twelve bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static StringView Inline(byte* bytes, int length)
    {
        StringView view = default;
        var words = (ulong*)&view;
        words[0] = (uint)length | ((*(uint*)bytes & HeadMasks[length]) << 32);
        words[1] = *(ulong*)(bytes + 4) & TailMasks[length];
        return view;
    }
}
