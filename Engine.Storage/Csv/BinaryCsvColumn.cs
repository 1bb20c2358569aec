using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Memory;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.Text;

namespace Engine.Storage.Csv;

/// <summary>Reads byte strings in PostgreSQL's hexadecimal or escape form.</summary>
internal sealed class BinaryCsvColumn(Field column, int field, ParseRules rules, MemoryPool pool) : CsvColumn(column, field, rules, pool)
{
    public override Column Read(in CsvRows rows, CsvBadCells bad)
    {
        using var builder = new TextBuilder(Column.Type, Pool);
        var bytes = new ByteWriter();
        for (var row = 0; row < rows.Count; row++)
        {
            if (!TryGetText(rows, row, bad, isText: true, out var text))
            {
                builder.AppendNull();
                continue;
            }

            bytes.Clear();
            var target = bytes.GetSpan(text.Length + 1);
            if (BytesText.TryParse(text, target, out var length))
            {
                builder.Append(target[..length]);
            }
            else
            {
                Report(rows, row, bad, text);
                builder.AppendNull();
            }
        }

        return builder.Finish();
    }
}
