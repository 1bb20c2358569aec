using System.Collections.Immutable;
using System.Diagnostics;
using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Exec.Spill;

/// <summary>Types that Arrow does not have go to disk as what their values are made of, and get their name back when they are read.</summary>
internal static class SpillTypes
{
    /// <summary>The type on disk.</summary>
    public static DataType Stored(DataType type) => type switch
    {
        { Kind: TypeKind.TimeTz } or OidType => DataType.BigInt,
        EnumType => DataType.Integer,
        ArrayType array => new ArrayType(Stored(array.Element)),
        MapType map => new MapType(Stored(map.Key), Stored(map.Value)),
        RowType row => new RowType([.. row.Fields.Select(field => field with { Type = Stored(field.Type) })]),
        _ => type,
    };

    /// <summary>The batch with the types that it had; the one from disk is used up.</summary>
    public static Batch Restore(Batch batch, ImmutableArray<DataType> types)
    {
        using (batch)
        {
            return new Batch([.. batch.Columns.Select((column, i) => Restore(column, types[i]))], batch.RowCount);
        }
    }

    private static Column Restore(Column column, DataType type)
    {
        if (column.Type.Equals(type))
        {
            return column.Retain();
        }

        return column switch
        {
            FixedColumn values => new FixedColumn(type, values.Length, values.Data.Retain(), values.Validity.Retain()),
            ListColumn lists => new ListColumn(type, lists.Length, lists.OffsetData.Retain(), Restore(lists.Child, type is MapType map ? map.Entry : ((ArrayType)type).Element), lists.Validity.Retain()),
            StructColumn rows => new StructColumn(type, rows.Length, [.. rows.Children.Select((child, i) => Restore(child, ((RowType)type).Fields[i].Type))], rows.Validity.Retain()),
            _ => throw new UnreachableException($"{column.GetType().Name} of {column.Type} for {type}"),
        };
    }
}
