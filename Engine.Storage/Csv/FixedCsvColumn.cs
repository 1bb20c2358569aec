using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Storage.Text;

namespace Engine.Storage.Csv;

/// <summary>Reads values of a fixed width.</summary>
internal sealed unsafe class FixedCsvColumn<T, TParser>(Field column, int field, TParser parser, ParseRules rules, MemoryPool pool)
    : CsvColumn(column, field, rules, pool)
    where T : unmanaged
    where TParser : struct, ICellParser<T>
{
    private readonly TParser _parser = parser;

    public override Column Read(in CsvRows rows, CsvBadCells bad)
    {
        var buffer = Pool.Allocate((long)rows.Count * sizeof(T), "values");
        NativeBuffer? validity = null;
        try
        {
            Fill(rows, (T*)buffer.Pointer, ref validity, bad);
            return new FixedColumn(Column.Type, rows.Count, new BufferSlice(buffer), validity is null ? default : new BufferSlice(validity));
        }
        catch
        {
            buffer.Release();
            validity?.Release();
            throw;
        }
    }

    private void Fill(in CsvRows rows, T* values, ref NativeBuffer? validity, CsvBadCells bad)
    {
        var text = rows.Text;
        var ends = (uint*)rows.Ends + Field;
        var firstFields = (int*)rows.FirstFields;
        var starts = (int*)rows.Starts;
        var delimiterLength = rows.Dialect.Delimiter.Length;
        var isFirst = Field == 0;
        var cells = _parser;
        for (var row = 0; row < rows.Count; row++)
        {
            var place = firstFields[row];
            var end = ends[place];
            var start = isFirst ? starts[row] : (int)(ends[place - 1] & CsvIndex.PlaceMask) + delimiterLength;

            // With a flag set, the end is larger than any place.
            var length = (int)end - start;
            if (end <= CsvIndex.PlaceMask
                && length > 0
                && cells.TryParse(new ReadOnlySpan<byte>(text + start, length), out values[row])
                && Rules.NullText.Length == 0)
            {
                continue;
            }

            if (!TryReadSlowly(rows, row, bad, out values[row]))
            {
                validity ??= AllValid(rows.Count);
                Bitmap.Clear(validity.Pointer, row);
            }
        }
    }

    private bool TryReadSlowly(in CsvRows rows, int row, CsvBadCells bad, out T value)
    {
        value = default;
        if (!TryGetText(rows, row, bad, isText: false, out var text))
        {
            return false;
        }

        if (_parser.TryParse(text, out value))
        {
            return true;
        }

        Report(rows, row, bad, text);
        value = default;
        return false;
    }
}
