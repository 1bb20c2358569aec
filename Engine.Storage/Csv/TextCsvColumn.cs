using System.Runtime.CompilerServices;
using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.Text;

namespace Engine.Storage.Csv;

/// <summary>Reads texts: long ones stay where they are in the block, and only what had escapes is copied.</summary>
internal sealed unsafe class TextCsvColumn(Field column, int field, ParseRules rules, MemoryPool pool) : CsvColumn(column, field, rules, pool)
{
    private const int BlockBuffer = 0;

    public override Column Read(in CsvRows rows, CsvBadCells bad)
    {
        var views = Pool.Allocate(rows.Count * 16L, "views");
        var side = new SideHeap(Pool);
        NativeBuffer? validity = null;
        try
        {
            var usesBlock = Fill(rows, (StringView*)views.Pointer, side, ref validity, bad);
            var heap = side.ToHeap(usesBlock ? rows.Block : null);
            return new TextColumn(Column.Type, rows.Count, new BufferSlice(views), heap, validity is null ? default : new BufferSlice(validity));
        }
        catch
        {
            views.Release();
            side.Release();
            validity?.Release();
            throw;
        }
    }

    private bool Fill(in CsvRows rows, StringView* views, SideHeap side, ref NativeBuffer? validity, CsvBadCells bad)
    {
        var text = rows.Text;
        var ends = (uint*)rows.Ends + Field;
        var firstFields = (int*)rows.FirstFields;
        var starts = (int*)rows.Starts;
        var delimiterLength = rows.Dialect.Delimiter.Length;
        var isFirst = Field == 0;
        var isSimple = rows.IsValidUtf8 && Rules.NullText.Length == 0;
        var usesBlock = false;
        for (var row = 0; row < rows.Count; row++)
        {
            var place = firstFields[row];
            var end = ends[place];
            var start = isFirst ? starts[row] : (int)(ends[place - 1] & CsvIndex.PlaceMask) + delimiterLength;
            var length = (int)end - start;
            if (isSimple && end <= CsvIndex.PlaceMask && length > 0)
            {
                views[row] = Over(text + start, length, start);
                usesBlock |= length > StringView.MaxInlineLength;
                continue;
            }

            var flags = end & ~CsvIndex.PlaceMask;
            length = (int)(end & CsvIndex.PlaceMask) - start;
            if (rows.IsValidUtf8 && flags is CsvIndex.Quoted or (CsvIndex.Quoted | CsvIndex.Escaped) && IsEnclosed(text + start, length, rows.Dialect.Quote))
            {
                // The usual quoted field: only where quotes are doubled must it be copied.
                var content = new ReadOnlySpan<byte>(text + start + 1, length - 2);
                views[row] = flags == CsvIndex.Quoted
                    ? Over(text + start + 1, length - 2, start + 1)
                    : side.AddUnescaped(content, rows.Dialect);
                usesBlock |= flags == CsvIndex.Quoted && length - 2 > StringView.MaxInlineLength;
                continue;
            }

            if (TryGetText(rows, row, bad, isText: true, out var value) && IsValid(rows, row, value, bad))
            {
                fixed (byte* bytes = value)
                {
                    // What was unescaped lies in scratch memory, not in the block.
                    var isInBlock = bytes >= text && bytes < text + rows.Block.Length;
                    views[row] = value.Length <= StringView.MaxInlineLength ? StringView.Inline(bytes, value.Length)
                        : isInBlock ? Over(bytes, value.Length, (int)(bytes - text))
                        : side.Add(value);
                    usesBlock |= isInBlock && value.Length > StringView.MaxInlineLength;
                }
            }
            else
            {
                views[row] = default;
                validity ??= AllValid(rows.Count);
                Bitmap.Clear(validity.Pointer, row);
            }
        }

        return usesBlock;
    }

    private static bool IsEnclosed(byte* text, int length, byte quote) => length >= 2 && text[0] == quote && text[length - 1] == quote;

    /// <summary>A view of bytes in the block, behind which there are always some more to read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static StringView Over(byte* bytes, int length, int offset) =>
        length <= StringView.MaxInlineLength ? PaddedView.Inline(bytes, length) : StringView.Over(bytes, length, BlockBuffer, offset);

    private bool IsValid(in CsvRows rows, int row, ReadOnlySpan<byte> value, CsvBadCells bad)
    {
        if (rows.IsValidUtf8 || Utf8Validator.IsValid(value))
        {
            return true;
        }

        bad.ReportValue(rows, row, Column.Name, value, "invalid byte sequence for encoding UTF-8");
        return false;
    }
}
