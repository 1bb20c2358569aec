using System.Diagnostics;
using Engine.Core.Columns;
using Engine.Core.Types;

namespace Engine.Core.Text;

/// <summary>
/// Writes any cell of any column as JSON: numbers and booleans as such, json values as they are, arrays, rows and maps as arrays and objects,
/// and all else as strings; timestamps in ISO 8601. Infinity and NaN, which JSON does not have, are strings.
/// </summary>
public static class ColumnJson
{
    /// <summary>Writes the value of a cell, <c>null</c> for NULL.</summary>
    public static void Write(Column column, int row, ByteWriter writer)
    {
        if (!CellReference.TryResolve(ref column, ref row))
        {
            writer.Add("null"u8);
            return;
        }

        switch (column)
        {
            case BooleanColumn booleans:
                writer.Add(booleans[row] ? "true"u8 : "false"u8);
                break;
            case FixedColumn { Type: EnumType words } places:
                WriteString(words.Text(places.Values<int>()[row]), writer);
                break;
            case FixedColumn { Type: OidType { Class: OidClass.Any } } oids:
                ObjectText.Write(OidClass.Any, oids.Values<long>()[row], writer);
                break;
            case FixedColumn { Type: OidType { Class: var kind } } oids:
                var name = new ByteWriter { Objects = writer.Objects };
                ObjectText.Write(kind, oids.Values<long>()[row], name);
                WriteString(name.Written, writer);
                break;
            case FixedColumn values:
                WriteFixed(values, row, writer);
                break;
            case TextColumn texts when column.Type.Kind == TypeKind.Json:
                writer.Add(texts.Bytes(row));
                break;
            case TextColumn texts when column.Type.Kind == TypeKind.Varbinary:
                var bytes = texts.Bytes(row);
                writer.Add("\"\\"u8);
                writer.Advance(BytesText.Format(bytes, writer.GetSpan(BytesText.FormattedLength(bytes.Length))));
                writer.Add((byte)'"');
                break;
            case TextColumn texts:
                WriteString(texts.Bytes(row), writer);
                break;
            case ListColumn lists when column.Type.Kind == TypeKind.Map:
                WriteMap(lists, row, writer);
                break;
            case ListColumn lists:
                WriteArray(lists, row, writer);
                break;
            case StructColumn structs:
                WriteObject(structs, row, writer);
                break;
            default:
                throw new UnreachableException(column.GetType().Name);
        }
    }

    /// <summary>Writes UTF-8 text as a JSON string, quotes included.</summary>
    public static void WriteString(ReadOnlySpan<byte> text, ByteWriter writer)
    {
        writer.Add((byte)'"');
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAny(JsonEscapes.MustEscape);
            if (plain < 0)
            {
                writer.Add(text);
                break;
            }

            writer.Add(text[..plain]);
            JsonEscapes.Write(text[plain], writer);
            text = text[(plain + 1)..];
        }

        writer.Add((byte)'"');
    }

    private static void WriteFixed(FixedColumn values, int row, ByteWriter writer)
    {
        var target = writer.GetSpan(ScalarText.MaxLength + 2);
        if (values.Type.IsNumeric && !IsSpecial(values, row))
        {
            writer.Advance(ScalarText.Format(values, row, writer.Zone, target));
            return;
        }

        target[0] = (byte)'"';
        var length = values.Type is TimestampType timestamp
            ? TimestampText.FormatIso(values.Values<long>()[row], timestamp, writer.Zone, target[1..])
            : ScalarText.Format(values, row, writer.Zone, target[1..]);
        target[length + 1] = (byte)'"';
        writer.Advance(length + 2);
    }

    private static bool IsSpecial(FixedColumn values, int row) => values.Type.Kind switch
    {
        TypeKind.Double => !double.IsFinite(values.Values<double>()[row]),
        TypeKind.Real => !float.IsFinite(values.Values<float>()[row]),
        _ => false,
    };

    private static unsafe void WriteArray(ListColumn lists, int row, ByteWriter writer)
    {
        writer.Add((byte)'[');
        for (var item = lists.Offsets[row]; item < lists.Offsets[row + 1]; item++)
        {
            if (item > lists.Offsets[row])
            {
                writer.Add((byte)',');
            }

            Write(lists.Child, item, writer);
        }

        writer.Add((byte)']');
    }

    private static unsafe void WriteMap(ListColumn lists, int row, ByteWriter writer)
    {
        Column entries = lists.Child;
        var key = new ByteWriter { Zone = writer.Zone };
        writer.Add((byte)'{');
        for (var item = lists.Offsets[row]; item < lists.Offsets[row + 1]; item++)
        {
            if (item > lists.Offsets[row])
            {
                writer.Add((byte)',');
            }

            var (column, place) = (entries, item);
            CellReference.TryResolve(ref column, ref place);
            var entry = (StructColumn)column;
            key.Clear();
            ColumnText.TryWrite(entry.Children[0], place, key);
            WriteString(key.Written, writer);
            writer.Add((byte)':');
            Write(entry.Children[1], place, writer);
        }

        writer.Add((byte)'}');
    }

    private static void WriteObject(StructColumn structs, int row, ByteWriter writer)
    {
        var fields = ((RowType)structs.Type).Fields;
        writer.Add((byte)'{');
        for (var i = 0; i < fields.Length; i++)
        {
            if (i > 0)
            {
                writer.Add((byte)',');
            }

            WriteString(System.Text.Encoding.UTF8.GetBytes(fields[i].Name), writer);
            writer.Add((byte)':');
            Write(structs.Children[i], row, writer);
        }

        writer.Add((byte)'}');
    }
}
