using Engine.Core.Columns;
using Engine.Core.Text;
using Engine.Core.Types;

namespace Engine.Slt.Answers;

/// <summary>Values as DuckDB's scripts have them: <c>[1, NULL]</c>, <c>{'a': 1}</c>, <c>(1, x)</c>, <c>{k=v}</c>, binary with escapes; else as ours.</summary>
internal static class DuckDbText
{
    public static string? Of(Column column, int row, TimeZoneInfo zone)
    {
        switch (column)
        {
            case var _ when column.IsNull(row):
                return null;
            case ConstantColumn constant:
                return Of(constant.Value, 0, zone);
            case DictionaryColumn dictionary:
                return Of(dictionary.Dictionary, dictionary.Id(row), zone);
            case RunEndColumn runs:
                return Of(runs.Values, runs.RunOf(row), zone);
            case ListColumn lists when column.Type.Kind == TypeKind.Map:
                return $"{{{string.Join(", ", Items(lists, row).Select(item => Entry(lists.Child, item, zone)))}}}";
            case ListColumn lists:
                return $"[{string.Join(", ", Items(lists, row).Select(item => Item(lists.Child, item, zone)))}]";
            case StructColumn rows:
                return Row(rows, row, zone);
            case TextColumn bytes when column.Type.Kind == TypeKind.Varbinary:
                return string.Concat(bytes.Bytes(row).ToArray().Select(value => value is >= 32 and <= 126 and not ((byte)'\\' or (byte)'\'' or (byte)'"') ? $"{(char)value}" : $"\\x{value:X2}"));
            default:
                return ColumnText.ToString(column, row, zone);
        }
    }

    private static unsafe IEnumerable<int> Items(ListColumn lists, int row) => Enumerable.Range(lists.Offsets[row], lists.ItemCount(row));

    private static string Item(Column column, int row, TimeZoneInfo zone) => Of(column, row, zone) ?? "NULL";

    private static string Entry(Column entries, int item, TimeZoneInfo zone) => entries switch
    {
        ConstantColumn constant => Entry(constant.Value, 0, zone),
        DictionaryColumn dictionary => Entry(dictionary.Dictionary, dictionary.Id(item), zone),
        RunEndColumn runs => Entry(runs.Values, runs.RunOf(item), zone),
        _ => $"{Item(((StructColumn)entries).Children[0], item, zone)}={Item(((StructColumn)entries).Children[1], item, zone)}",
    };

    private static string Row(StructColumn rows, int row, TimeZoneInfo zone)
    {
        var fields = ((RowType)rows.Type).Fields;
        return fields.Any(field => field.Name.Length == 0)
            ? $"({string.Join(", ", rows.Children.Select(child => Item(child, row, zone)))})"
            : $"{{{string.Join(", ", rows.Children.Select((child, i) => $"'{fields[i].Name}': {Item(child, row, zone)}"))}}}";
    }
}
