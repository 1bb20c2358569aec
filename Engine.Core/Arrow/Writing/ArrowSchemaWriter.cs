using System.Collections.Immutable;
using System.Diagnostics;
using Engine.Core.Arrow.Format;
using Engine.Core.Errors;
using Engine.Core.Types;

namespace Engine.Core.Arrow.Writing;

/// <summary>Writes Schema tables (Schema.fbs). Every type is written as the one of Arrow's that most readers know.</summary>
internal static class ArrowSchemaWriter
{
    private const string Zone = "UTC";

    /// <summary>The schema table's place.</summary>
    public static int Write(FlatBuilder builder, Schema schema)
    {
        var fields = WriteFields(builder, schema.Fields);
        builder.StartTable(4);
        builder.AddOffset(1, fields);
        return builder.EndTable();
    }

    private static int WriteFields(FlatBuilder builder, ImmutableArray<Field> fields) =>
        builder.Offsets([.. fields.Select(field => WriteField(builder, field.Name, field.Type, isNullable: true))]);

    private static int WriteField(FlatBuilder builder, string name, DataType type, bool isNullable)
    {
        var children = type switch
        {
            ArrayType array => builder.Offsets([WriteField(builder, "item", array.Element, isNullable: true)]),
            MapType map => builder.Offsets([WriteEntries(builder, map)]),
            RowType row => WriteFields(builder, row.Fields),
            _ => builder.Offsets([]),
        };
        return WriteField(builder, name, children, IdOf(type), WriteType(builder, type), WriteExtension(builder, type), isNullable);
    }

    /// <summary>Neither entries nor their keys may be NULL: readers insist on that.</summary>
    private static int WriteEntries(FlatBuilder builder, MapType map)
    {
        var children = builder.Offsets([WriteField(builder, "key", map.Key, isNullable: false), WriteField(builder, "value", map.Value, isNullable: true)]);
        return WriteField(builder, "entries", children, ArrowTypeId.Struct, WriteEmpty(builder), 0, isNullable: false);
    }

    private static int WriteField(FlatBuilder builder, string name, int children, ArrowTypeId id, int type, int metadata, bool isNullable)
    {
        var text = builder.Text(name);
        builder.StartTable(7);
        builder.AddOffset(0, text);
        builder.AddOffset(3, type);
        builder.AddOffset(5, children);
        builder.AddOffset(6, metadata);
        builder.Add(1, isNullable);
        builder.Add(2, (byte)id);
        return builder.EndTable();
    }

    private static ArrowTypeId IdOf(DataType type) => type.Kind switch
    {
        TypeKind.Boolean => ArrowTypeId.Bool,
        TypeKind.TinyInt or TypeKind.SmallInt or TypeKind.Integer or TypeKind.BigInt => ArrowTypeId.Int,
        TypeKind.Decimal => ArrowTypeId.Decimal,
        TypeKind.Real or TypeKind.Double => ArrowTypeId.FloatingPoint,
        TypeKind.Unknown or TypeKind.Varchar or TypeKind.Json => ArrowTypeId.Utf8,
        TypeKind.Varbinary => ArrowTypeId.Binary,
        TypeKind.Date => ArrowTypeId.Date,
        TypeKind.Time => ArrowTypeId.Time,
        TypeKind.Timestamp or TypeKind.TimestampTz => ArrowTypeId.Timestamp,
        TypeKind.Interval => ArrowTypeId.Interval,
        TypeKind.Uuid => ArrowTypeId.FixedSizeBinary,
        TypeKind.Array => ArrowTypeId.List,
        TypeKind.Map => ArrowTypeId.Map,
        TypeKind.Row => ArrowTypeId.Struct,
        TypeKind.TimeTz or TypeKind.Enum or TypeKind.Oid => throw QueryException.NotSupportedYet($"{type} in Arrow, which has no such type; a cast to varchar can be written"),
        _ => throw new UnreachableException(type.ToString()),
    };

    private static int WriteType(FlatBuilder builder, DataType type)
    {
        var zone = type.Kind == TypeKind.TimestampTz ? builder.Text(Zone) : 0;
        builder.StartTable(3);
        switch (type)
        {
            case DecimalType number:
                builder.Add(0, number.Precision);
                builder.Add(1, number.Scale);
                builder.Add(2, 128);
                break;
            case TimestampType timestamp:
                builder.AddOffset(1, zone);
                builder.Add(0, (short)(timestamp.Unit == TimeUnit.Nanosecond ? ArrowTimeUnit.Nanosecond : ArrowTimeUnit.Microsecond));
                break;
            case { IsInteger: true }:
                builder.Add(0, type.ByteWidth * 8);
                builder.Add(1, value: true);
                break;
            case { IsFloating: true }:
                builder.Add(0, (short)(type.ByteWidth == 8 ? 2 : 1));
                break;
            case { Kind: TypeKind.Date }:
                builder.Add(0, (short)0);
                break;
            case { Kind: TypeKind.Time }:
                builder.Add(1, 64);
                builder.Add(0, (short)ArrowTimeUnit.Microsecond);
                break;
            case { Kind: TypeKind.Interval }:
                builder.Add(0, (short)2);
                break;
            case { Kind: TypeKind.Uuid }:
                builder.Add(0, 16);
                break;
        }

        return builder.EndTable();
    }

    private static int WriteEmpty(FlatBuilder builder)
    {
        builder.StartTable(0);
        return builder.EndTable();
    }

    private static int WriteExtension(FlatBuilder builder, DataType type)
    {
        var name = type.Kind switch { TypeKind.Uuid => ArrowTypeMapping.UuidExtension, TypeKind.Json => ArrowTypeMapping.JsonExtension, _ => null };
        return name is null
            ? 0
            : builder.Offsets([WritePair(builder, ArrowSchemaReader.ExtensionKey, name), WritePair(builder, ArrowSchemaReader.ExtensionMetadataKey, "")]);
    }

    private static int WritePair(FlatBuilder builder, string key, string value)
    {
        var (keyText, valueText) = (builder.Text(key), builder.Text(value));
        builder.StartTable(2);
        builder.AddOffset(0, keyText);
        builder.AddOffset(1, valueText);
        return builder.EndTable();
    }
}
