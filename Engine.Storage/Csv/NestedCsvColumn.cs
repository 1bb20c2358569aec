using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Memory;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.Json;
using Engine.Storage.Text;

namespace Engine.Storage.Csv;

/// <summary>Reads arrays, maps and rows that stand in a field as JSON.</summary>
internal sealed class NestedCsvColumn(Field column, int field, ParseRules rules, MemoryPool pool) : CsvColumn(column, field, rules, pool)
{
    public override Column Read(in CsvRows rows, CsvBadCells bad)
    {
        using var builder = ColumnBuilder.Create(Column.Type, Pool);
        var isBad = false;
        var appender = JsonAppender.Create(builder, Rules, (_, _) => isBad = true);
        for (var row = 0; row < rows.Count; row++)
        {
            if (!TryGetText(rows, row, bad, isText: false, out var text))
            {
                builder.AppendNull();
                continue;
            }

            // What is no JSON at all must not reach the appender, which trusts its input.
            var end = 0;
            isBad = !JsonSyntax.TrySkipValue(text, ref end) || !AsciiText.Trim(text[end..]).IsEmpty;
            if (isBad)
            {
                builder.AppendNull();
            }
            else
            {
                var position = 0;
                appender.Append(text, ref position);
            }

            if (isBad)
            {
                Report(rows, row, bad, text);
            }
        }

        return builder.Finish();
    }
}
