using Engine.Core.Columns;
using Engine.Core.Text;
using Engine.Core.Types;

namespace Engine.Storage.Parquet.Variant;

/// <summary>
/// Writes variants as JSON whose parts may lie in columns of their own types (VariantShredding.md): each is a group of <c>value</c>, the bytes of
/// what has no column, and <c>typed_value</c>, a scalar, a list of such groups or a row of them. Parts are found by name.
/// </summary>
internal sealed class ShreddedVariant(StructColumn variants, ByteWriter writer)
{
    private readonly VariantValue _values = new(writer);
    private readonly TextColumn _metadata = Find(variants, "metadata") as TextColumn ?? throw new InvalidDataException("a variant has no metadata");

    /// <summary>Writes one row, which is not NULL.</summary>
    /// <exception cref="InvalidDataException">Its parts contradict each other.</exception>
    public void Write(int row)
    {
        if (_metadata.IsNull(row))
        {
            throw new InvalidDataException("a variant has no metadata");
        }

        var metadata = new VariantMetadata(_metadata.Bytes(row));
        if (!TryWrite(variants, row, metadata))
        {
            // Missing values make sense for the fields of objects alone; elsewhere they are read as null, as the specification asks.
            writer.Add("null"u8);
        }
    }

    /// <summary>Writes the value of a group; nothing and false when it is missing.</summary>
    private bool TryWrite(StructColumn group, int row, VariantMetadata metadata)
    {
        var value = Find(group, "value") as TextColumn;
        var typed = Find(group, "typed_value");
        var hasValue = value is not null && !value.IsNull(row);
        if (typed is null || typed.IsNull(row))
        {
            if (hasValue)
            {
                _values.Write(metadata, value!.Bytes(row));
            }

            return hasValue;
        }

        if (typed is StructColumn fields)
        {
            WriteObject(fields, row, hasValue ? value!.Bytes(row) : default, metadata);
            return true;
        }

        if (hasValue)
        {
            throw new InvalidDataException("a variant has a value of a column's type and one beside it");
        }

        if (typed is ListColumn items)
        {
            WriteArray(items, row, metadata);
        }
        else
        {
            WriteScalar(typed, row);
        }

        return true;
    }

    private void WriteObject(StructColumn fields, int row, ReadOnlySpan<byte> others, VariantMetadata metadata)
    {
        var result = new VariantObject(writer);
        var type = (RowType)fields.Type;
        for (var i = 0; i < type.Fields.Length; i++)
        {
            var (name, start) = (System.Text.Encoding.UTF8.GetBytes(type.Fields[i].Name), writer.Length);
            result.Settle(name);
            if (TryWrite(Group(fields.Children[i]), row, metadata))
            {
                result.Take(name, start);
            }
        }

        if (!others.IsEmpty)
        {
            if (!VariantValue.IsObject(others))
            {
                throw new InvalidDataException("a variant has fields and is no object");
            }

            _values.AddFields(metadata, others, result);
        }

        result.Write();
    }

    private unsafe void WriteArray(ListColumn items, int row, VariantMetadata metadata)
    {
        var groups = Group(items.Child);
        writer.Add((byte)'[');
        for (var item = items.Offsets[row]; item < items.Offsets[row + 1]; item++)
        {
            if (item > items.Offsets[row])
            {
                writer.Add((byte)',');
            }

            if (!TryWrite(groups, item, metadata))
            {
                writer.Add("null"u8);
            }
        }

        writer.Add((byte)']');
    }

    private void WriteScalar(Column typed, int row)
    {
        if (typed is TextColumn { Type.Kind: TypeKind.Varbinary } binary)
        {
            VariantValue.WriteBinary(binary.Bytes(row), writer);
        }
        else
        {
            ColumnJson.Write(typed, row, writer);
        }
    }

    private static StructColumn Group(Column column) => column as StructColumn ?? throw new InvalidDataException("a part of a variant is no group");

    private static Column? Find(StructColumn group, string name)
    {
        var fields = ((RowType)group.Type).Fields;
        for (var i = 0; i < fields.Length; i++)
        {
            if (fields[i].Name == name)
            {
                return group.Children[i];
            }
        }

        return null;
    }
}
