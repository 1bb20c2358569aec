using System.Runtime.CompilerServices;
using Engine.Core.Memory;
using Engine.Core.Text;

namespace Engine.Storage.Csv;

/// <summary>Records of one batch: every one of them has all its fields in the index, missing ones marked.</summary>
/// <param name="Block">The buffer that the text lies in.</param>
/// <param name="Ends">Of the index.</param>
/// <param name="FirstFields">Of the index, from the first row of the batch on.</param>
/// <param name="Starts">Likewise.</param>
/// <param name="Count">Rows.</param>
/// <param name="Dialect">Of the file.</param>
/// <param name="IsValidUtf8">Whether the whole block is known to be valid UTF-8.</param>
internal readonly unsafe record struct CsvRows(
    NativeBuffer Block, nint Ends, nint FirstFields, nint Starts, int Count, CsvDialect Dialect, bool IsValidUtf8)
{
    public byte* Text => Block.Pointer;

    /// <summary>A field as it stands in the file, quotes included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Raw(int row, int field, out uint flags)
    {
        var place = ((int*)FirstFields)[row] + field;
        var ends = (uint*)Ends;
        var end = ends[place];
        var start = field == 0 ? ((int*)Starts)[row] : (int)(ends[place - 1] & CsvIndex.PlaceMask) + Dialect.Delimiter.Length;
        flags = end & ~CsvIndex.PlaceMask;
        return new ReadOnlySpan<byte>(Text + start, Math.Max(0, (int)(end & CsvIndex.PlaceMask) - start));
    }

    /// <summary>What a field says: without quotes and escapes. The result may lie in the scratch.</summary>
    public ReadOnlySpan<byte> Value(int row, int field, out uint flags, ByteWriter scratch)
    {
        var raw = Raw(row, field, out flags);
        return (flags & (CsvIndex.Quoted | CsvIndex.Escaped)) == 0 ? raw : CsvField.Unquote(raw, flags, Dialect, scratch);
    }
}
