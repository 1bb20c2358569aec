using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Types;

namespace Engine.Core.Arrow.Format;

/// <summary>Reads Schema tables (Schema.fbs).</summary>
internal sealed class ArrowSchemaReader
{
    public const string ExtensionKey = "ARROW:extension:name";
    public const string ExtensionMetadataKey = "ARROW:extension:metadata";

    private const int MaxDepth = 64;
    private const int BytesPerField = 8;

    private int _fieldsLeft;

    /// <param name="schema">The table.</param>
    /// <exception cref="QueryException">0A000 for big-endian data.</exception>
    /// <exception cref="InvalidDataException">For a schema that makes no sense.</exception>
    public static ImmutableArray<ArrowField> Read(FlatTable schema)
    {
        if (schema.Int16(0) != 0)
        {
            throw new QueryException(
                ErrorCodes.FeatureNotSupported, "the Arrow data is big-endian, which is not read", hint: "Write it again on a little-endian machine.");
        }

        // Tables can be pointed to from many places; a tree that is larger than its bytes is one that was made to exhaust its reader.
        var reader = new ArrowSchemaReader { _fieldsLeft = schema.TotalLength / BytesPerField };
        return reader.ReadFields(schema.Tables(1), MaxDepth);
    }

    private ImmutableArray<ArrowField> ReadFields(FlatTables tables, int depth)
    {
        if (depth == 0 || (_fieldsLeft -= tables.Count) < 0)
        {
            throw new InvalidDataException("its schema is nested too deeply");
        }

        var fields = ImmutableArray.CreateBuilder<ArrowField>(tables.Count);
        for (var i = 0; i < tables.Count; i++)
        {
            fields.Add(ReadField(tables[i], depth));
        }

        return fields.MoveToImmutable();
    }

    private ArrowField ReadField(FlatTable field, int depth)
    {
        var name = field.Text(0) ?? "";
        var children = ReadFields(field.Tables(5), depth - 1);
        var id = (ArrowTypeId)field.Byte(2);
        if (id == ArrowTypeId.None || !Enum.IsDefined(id))
        {
            throw new InvalidDataException($"column \"{name}\" has the unknown type {(int)id}");
        }

        var type = ReadType(id, field.Table(3));
        return CheckType(name, type, children)
            ? new ArrowField(name, type, children, ReadDictionary(field), ReadExtension(field))
            : throw new InvalidDataException($"column \"{name}\" has a type that makes no sense: {id} with {children.Length} children");
    }

    private static ArrowType ReadType(ArrowTypeId id, FlatTable type)
    {
        var result = new ArrowType(id);
        return id switch
        {
            ArrowTypeId.Int => result with { BitWidth = type.Int32(0), IsSigned = type.Boolean(1) },
            ArrowTypeId.Decimal => result with { Precision = type.Int32(0), Scale = type.Int32(1), BitWidth = type.Int32(2, 128) },
            ArrowTypeId.Date => result with { Unit = type.Int16(0, 1) },
            ArrowTypeId.Time => result with { Unit = type.Int16(0, ArrowTimeUnit.Millisecond), BitWidth = type.Int32(1, 32) },
            ArrowTypeId.Duration => result with { Unit = type.Int16(0, ArrowTimeUnit.Millisecond) },
            ArrowTypeId.Timestamp => result with { Unit = type.Int16(0), HasZone = !string.IsNullOrEmpty(type.Text(1)) },
            ArrowTypeId.FloatingPoint or ArrowTypeId.Interval => result with { Unit = type.Int16(0) },
            ArrowTypeId.FixedSizeBinary or ArrowTypeId.FixedSizeList => result with { Size = type.Int32(0) },
            ArrowTypeId.Union => result with { IsDense = type.Int16(0) == 1, TypeIds = ReadTypeIds(type.Vector(1, sizeof(int))) },
            _ => result,
        };
    }

    private static ImmutableArray<int> ReadTypeIds(FlatVector vector)
    {
        var ids = ImmutableArray.CreateBuilder<int>(vector.Count);
        for (var i = 0; i < vector.Count; i++)
        {
            ids.Add(vector.Int32(i * sizeof(int)));
        }

        return ids.MoveToImmutable();
    }

    private static bool CheckType(string name, ArrowType type, ImmutableArray<ArrowField> children) => type.Id switch
    {
        ArrowTypeId.Int => type.BitWidth is 8 or 16 or 32 or 64,
        ArrowTypeId.FloatingPoint or ArrowTypeId.Interval => type.Unit is >= 0 and <= 2,
        ArrowTypeId.Decimal => type.BitWidth is 32 or 64 or 128 or 256 && type.Precision is >= 1 and <= 76,
        ArrowTypeId.Date => type.Unit is 0 or 1,
        ArrowTypeId.Time => (type.Unit, type.BitWidth) is (ArrowTimeUnit.Second or ArrowTimeUnit.Millisecond, 32) or (ArrowTimeUnit.Microsecond or ArrowTimeUnit.Nanosecond, 64),
        ArrowTypeId.Timestamp or ArrowTypeId.Duration => type.Unit is >= 0 and <= ArrowTimeUnit.Nanosecond,
        ArrowTypeId.FixedSizeBinary => type.Size >= 0,
        ArrowTypeId.FixedSizeList => type.Size >= 0 && children.Length == 1,
        ArrowTypeId.List or ArrowTypeId.LargeList or ArrowTypeId.ListView or ArrowTypeId.LargeListView => children.Length == 1,
        ArrowTypeId.Map => children is [{ Type.Id: ArrowTypeId.Struct, Dictionary: null, Children.Length: 2 }],
        ArrowTypeId.RunEndEncoded => children is [{ Dictionary: null, Type: { Id: ArrowTypeId.Int, IsSigned: true, BitWidth: not 8 } }, _],
        ArrowTypeId.Union => type.TypeIds.IsEmpty || type.TypeIds.Length == children.Length,
        _ => true,
    };

    private static ArrowDictionary? ReadDictionary(FlatTable field)
    {
        if (!field.Has(4))
        {
            return null;
        }

        var encoding = field.Table(4);
        if (!encoding.Has(1))
        {
            return new ArrowDictionary(encoding.Int64(0), 32, IsSigned: true);
        }

        var index = encoding.Table(1);
        return index.Int32(0) is 8 or 16 or 32 or 64
            ? new ArrowDictionary(encoding.Int64(0), index.Int32(0), index.Boolean(1))
            : throw new InvalidDataException($"a dictionary has ids of {index.Int32(0)} bits");
    }

    private static string? ReadExtension(FlatTable field)
    {
        var metadata = field.Tables(6);
        for (var i = 0; i < metadata.Count; i++)
        {
            var entry = metadata[i];
            if (entry.Text(0) == ExtensionKey)
            {
                return entry.Text(1);
            }
        }

        return null;
    }
}
