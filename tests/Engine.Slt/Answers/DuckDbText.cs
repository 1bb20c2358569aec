using Engine.Core.Columns;
using Engine.Core.Text;
using Engine.Core.Types;

namespace Engine.Slt.Answers;

/// <summary>Values as DuckDB's scripts have them: <c>[1, NULL]</c>, <c>{'a': 1}</c>, <c>(1, x)</c>, <c>{k=v}</c>, binary with escapes; else as ours.</summary>
internal static class DuckDbText
{
    public static string? Of(Column column, int row, TextContext context)
    {
        switch (column)
        {
            case var _ when column.IsNull(row):
                return null;
            case ConstantColumn constant:
                return Of(constant.Value, 0, context);
            case DictionaryColumn dictionary:
                return Of(dictionary.Dictionary, dictionary.Id(row), context);
            case RunEndColumn runs:
                return Of(runs.Values, runs.RunOf(row), context);
            case ListColumn lists when column.Type.Kind == TypeKind.Map:
                return $"{{{string.Join(", ", Items(lists, row).Select(item => Entry(lists.Child, item, context)))}}}";
            case ListColumn lists:
                return $"[{string.Join(", ", Items(lists, row).Select(item => Item(lists.Child, item, context)))}]";
            case StructColumn rows:
                return Row(rows, row, context);
            case TextColumn bytes when column.Type.Kind == TypeKind.Varbinary:
                return string.Concat(bytes.Bytes(row).ToArray().Select(value => value is >= 32 and <= 126 and not ((byte)'\\' or (byte)'\'' or (byte)'"') ? $"{(char)value}" : $"\\x{value:X2}"));
            default:
                return ColumnText.ToString(column, row, context);
        }
    }

    private static unsafe IEnumerable<int> Items(ListColumn lists, int row) => Enumerable.Range(lists.Offsets[row], lists.ItemCount(row));

    private static string Item(Column column, int row, TextContext context) => Of(column, row, context) ?? "NULL";

    private static string Entry(Column entries, int item, TextContext context) => entries switch
    {
        ConstantColumn constant => Entry(constant.Value, 0, context),
        DictionaryColumn dictionary => Entry(dictionary.Dictionary, dictionary.Id(item), context),
        RunEndColumn runs => Entry(runs.Values, runs.RunOf(item), context),
        _ => $"{Item(((StructColumn)entries).Children[0], item, context)}={Item(((StructColumn)entries).Children[1], item, context)}",
    };

    private static string Row(StructColumn rows, int row, TextContext context)
    {
        var fields = ((RowType)rows.Type).Fields;
        return fields.Any(field => field.Name.Length == 0)
            ? $"({string.Join(", ", rows.Children.Select(child => Item(child, row, context)))})"
            : $"{{{string.Join(", ", rows.Children.Select((child, i) => $"'{fields[i].Name}': {Item(child, row, context)}"))}}}";
    }
}
