using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.Text;

namespace Engine.Storage.Csv;

/// <summary>Reads booleans.</summary>
internal sealed unsafe class BooleanCsvColumn(Field column, int field, ParseRules rules, MemoryPool pool) : CsvColumn(column, field, rules, pool)
{
    public override Column Read(in CsvRows rows, CsvBadCells bad)
    {
        var bits = Pool.Allocate(Bitmap.ByteCount(rows.Count), "booleans");
        NativeBuffer? validity = null;
        try
        {
            Bitmap.Fill(bits.Pointer, rows.Count, value: false);
            for (var row = 0; row < rows.Count; row++)
            {
                var isThere = TryGetText(rows, row, bad, isText: false, out var text);
                if (isThere && BooleanText.TryParse(text, out var value))
                {
                    if (value)
                    {
                        Bitmap.Set(bits.Pointer, row);
                    }

                    continue;
                }

                if (isThere)
                {
                    Report(rows, row, bad, text);
                }

                validity ??= AllValid(rows.Count);
                Bitmap.Clear(validity.Pointer, row);
            }

            return new BooleanColumn(rows.Count, new BufferSlice(bits), validity is null ? default : new BufferSlice(validity));
        }
        catch
        {
            bits.Release();
            validity?.Release();
            throw;
        }
    }
}
