using System.Diagnostics;
using Engine.Core.Columns;
using Engine.Core.Types;

namespace Engine.Core.Text;

/// <summary>
/// Writes any cell of any column in PostgreSQL's text form: what psql shows and a cast to varchar gives. Arrays are <c>{1,2,NULL,"a b"}</c>,
/// rows <c>(1,a)</c>, maps <c>{k=v}</c>.
/// </summary>
public static class ColumnText
{
    private enum Container
    {
        None,
        Array,
        Row,
        Map,
    }

    /// <summary>Writes the value of a cell; nothing and false when it is NULL.</summary>
    public static bool TryWrite(Column column, int row, ByteWriter writer)
    {
        if (!CellReference.TryResolve(ref column, ref row))
        {
            return false;
        }

        WriteFlat(column, row, writer);
        return true;
    }

    /// <summary>The value of a cell as a string, instants in UTC, for messages and tests; null when it is NULL.</summary>
    public static string? ToString(Column column, int row) => ToString(column, row, TextContext.Utc);

    /// <summary>The value of a cell as a string; null when it is NULL.</summary>
    public static string? ToString(Column column, int row, TextContext context)
    {
        var writer = new ByteWriter { Context = context };
        return TryWrite(column, row, writer) ? writer.ToString() : null;
    }

    private static void WriteFlat(Column column, int row, ByteWriter writer)
    {
        switch (column)
        {
            case TextColumn texts when column.Type.Kind == TypeKind.Varbinary:
                var bytes = texts.Bytes(row);
                writer.Advance(BytesText.Format(bytes, writer.GetSpan(BytesText.FormattedLength(bytes.Length))));
                break;
            case TextColumn texts:
                writer.Add(texts.Bytes(row));
                break;
            case BooleanColumn booleans:
                writer.Advance(BooleanText.Format(booleans[row], writer.HasShortBooleans, writer.GetSpan(BooleanText.MaxLength)));
                break;
            case FixedColumn { Type: EnumType words } places:
                writer.Add(words.Text(places.Values<int>()[row]));
                break;
            case FixedColumn { Type: OidType { Class: var kind } } oids:
                ObjectText.Write(kind, oids.Values<long>()[row], writer);
                break;
            case FixedColumn values:
                writer.Advance(ScalarText.Format(values, row, writer.Zone, writer.GetSpan(ScalarText.MaxLength)));
                break;
            case ListColumn lists when column.Type.Kind == TypeKind.Map:
                WriteMap(lists, row, writer);
                break;
            case ListColumn lists:
                WriteArray(lists, row, writer);
                break;
            case StructColumn structs:
                WriteRow(structs, row, writer);
                break;
            default:
                throw new UnreachableException(column.GetType().Name);
        }
    }

    private static unsafe void WriteArray(ListColumn lists, int row, ByteWriter writer)
    {
        if (lists.Type is ArrayType { IsVector: true })
        {
            WriteVector(lists, row, writer);
            return;
        }

        writer.Add((byte)'{');
        for (var item = lists.Offsets[row]; item < lists.Offsets[row + 1]; item++)
        {
            AddComma(item > lists.Offsets[row], writer);
            WriteItem(lists.Child, item, Container.Array, writer);
        }

        writer.Add((byte)'}');
    }

    private static unsafe void WriteVector(ListColumn lists, int row, ByteWriter writer)
    {
        for (var item = lists.Offsets[row]; item < lists.Offsets[row + 1]; item++)
        {
            if (item > lists.Offsets[row])
            {
                writer.Add((byte)' ');
            }

            WriteFlat(lists.Child, item, writer);
        }
    }

    private static unsafe void WriteMap(ListColumn lists, int row, ByteWriter writer)
    {
        Column entries = lists.Child;
        writer.Add((byte)'{');
        for (var item = lists.Offsets[row]; item < lists.Offsets[row + 1]; item++)
        {
            AddComma(item > lists.Offsets[row], writer);
            var (column, place) = (entries, item);
            CellReference.TryResolve(ref column, ref place);
            var entry = (StructColumn)column;
            WriteItem(entry.Children[0], place, Container.Map, writer);
            writer.Add((byte)'=');
            WriteItem(entry.Children[1], place, Container.Map, writer);
        }

        writer.Add((byte)'}');
    }

    private static void WriteRow(StructColumn structs, int row, ByteWriter writer)
    {
        writer.Add((byte)'(');
        for (var i = 0; i < structs.Children.Length; i++)
        {
            AddComma(i > 0, writer);
            WriteItem(structs.Children[i], row, Container.Row, writer);
        }

        writer.Add((byte)')');
    }

    private static void AddComma(bool isNeeded, ByteWriter writer)
    {
        if (isNeeded)
        {
            writer.Add((byte)',');
        }
    }

    private static void WriteItem(Column column, int row, Container container, ByteWriter writer)
    {
        if (!CellReference.TryResolve(ref column, ref row))
        {
            // In a row, nothing at all is NULL.
            writer.Add(container == Container.Row ? default : "NULL"u8);
            return;
        }

        if (column is BooleanColumn booleans && container != Container.Map)
        {
            // PostgreSQL writes a boolean out only where it is alone.
            writer.Advance(BooleanText.Format(booleans[row], isShort: true, writer.GetSpan(BooleanText.MaxLength)));
            return;
        }

        var start = writer.Length;
        WriteFlat(column, row, writer);
        var isNestedArray = container == Container.Array && column.Type.Kind == TypeKind.Array;
        if (!isNestedArray && NeedsQuotes(writer.Written[start..], container))
        {
            QuoteFrom(start, container, writer);
        }
    }

    private static bool NeedsQuotes(ReadOnlySpan<byte> text, Container container)
    {
        if (text.IsEmpty || text.IndexOfAny("\"\\,"u8) >= 0 || text.IndexOfAnyInRange((byte)9, (byte)13) >= 0 || text.Contains((byte)' '))
        {
            return true;
        }

        return container switch
        {
            Container.Row => text.IndexOfAny((byte)'(', (byte)')') >= 0,
            Container.Map => text.IndexOfAny("{}="u8) >= 0 || AsciiText.EqualsIgnoreCase(text, "null"u8),
            _ => text.IndexOfAny((byte)'{', (byte)'}') >= 0 || AsciiText.EqualsIgnoreCase(text, "null"u8),
        };
    }

    /// <summary>Puts quotes around what was written since a place, and marks the quotes and backslashes within.</summary>
    private static void QuoteFrom(int start, Container container, ByteWriter writer)
    {
        var plain = writer.Written[start..].ToArray();
        writer.Truncate(start);
        writer.Add((byte)'"');
        foreach (var symbol in plain)
        {
            if (symbol is (byte)'"' or (byte)'\\')
            {
                writer.Add(container == Container.Row ? symbol : (byte)'\\');
            }

            writer.Add(symbol);
        }

        writer.Add((byte)'"');
    }
}
