using Engine.Core.Arrow.Format;
using Engine.Core.Columns;
using Engine.Core.Errors;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Core.Arrow.Reading;

/// <summary>
/// Builds the columns of one batch. Nodes and buffers are taken in depth-first order; nothing in them is believed. Specification: "Arrow
/// columnar format", arrow.apache.org/docs/format/Columnar.html.
/// </summary>
internal sealed class ArrowColumnReader(ArrowMessage message, ArrowBody body, ArrowDictionaries dictionaries, MemoryPool pool)
{
    private const int WideValue = 8;

    private readonly ArrowBatchHeader _batch = message.Batch!;
    private ArrowPlace _place;
    private string _column = "";

    /// <summary>The column of a field whose nodes and buffers begin at a place.</summary>
    public Column Read(ArrowField field, ArrowPlace place)
    {
        _place = place;
        _column = field.Name;
        try
        {
            return ReadRows(field, (int)_batch.Length, field.DataType);
        }
        catch (InvalidDataException problem)
        {
            throw new InvalidDataException($"column \"{field.Name}\": {problem.Message}", problem);
        }
        catch (OverflowException problem)
        {
            throw new OverflowException($"column \"{field.Name}\": {problem.Message}", problem);
        }
    }

    /// <summary>A field that has at least so many rows; what lies behind them is left out.</summary>
    private Column ReadRows(ArrowField field, int rowCount, DataType type)
    {
        var column = ReadField(field, type);
        if (column.Length == rowCount)
        {
            return column;
        }

        using (column)
        {
            return column.Length > rowCount
                ? column.Slice(0, rowCount, pool)
                : throw new InvalidDataException($"it has {column.Length} rows where {rowCount} are");
        }
    }

    /// <summary>A field as what lies inside of lists and rows.</summary>
    private Column ReadFlat(ArrowField field, int? rowCount = null)
    {
        using var column = rowCount is { } count ? ReadRows(field, count, field.DataType) : ReadField(field, field.DataType);
        return column.Flatten(pool);
    }

    private Column ReadField(ArrowField field, DataType type)
    {
        var node = NextNode();
        var length = (int)node.Length;
        if (field.Dictionary is not null)
        {
            return ReadIds(field, length, NextValidity(node));
        }

        var validity = HasValidity(field) ? NextValidity(node) : default;
        switch (field.Type.Id)
        {
            case ArrowTypeId.Null:
                return ColumnValue.ToConstant(type, null, length, pool);
            case ArrowTypeId.Utf8 or ArrowTypeId.Binary:
                return new ArrowTextReader(body, type, length, validity).FromOffsets<int>(Next(sizeof(int)), Next(1));
            case ArrowTypeId.LargeUtf8 or ArrowTypeId.LargeBinary:
                return new ArrowTextReader(body, type, length, validity).FromOffsets<long>(Next(sizeof(long)), Next(1));
            case ArrowTypeId.Utf8View or ArrowTypeId.BinaryView:
                return new ArrowTextReader(body, type, length, validity).FromViews(Next(WideValue), NextHeaps());
            case ArrowTypeId.FixedSizeBinary when type.Kind == TypeKind.Varbinary:
                return new ArrowTextReader(body, type, length, validity).FromFixed(field.Type.Size, Next(1));
            case ArrowTypeId.List or ArrowTypeId.LargeList or ArrowTypeId.ListView or ArrowTypeId.LargeListView or ArrowTypeId.FixedSizeList or ArrowTypeId.Map:
                return ReadList(field, type, length, validity);
            case ArrowTypeId.Struct:
                return ReadStruct(field, type, length, validity);
            case ArrowTypeId.RunEndEncoded:
                return ReadRuns(field, length);
            case ArrowTypeId.Union:
                return ReadUnion(field, length, validity);
            case ArrowTypeId.Decimal when !ArrowTypeMapping.IsReadable(field.Type):
                throw QueryException.NotSupportedYet(
                    $"Arrow decimals of {field.Type.Precision} digits with scale {field.Type.Scale}, such as in column \"{_column}\"");
            default:
                return new ArrowNumberReader(body, type, length, validity, Next(AlignmentOf(field.Type))).Read(field.Type);
        }
    }

    private bool HasValidity(ArrowField field) => field.Type.Id switch
    {
        ArrowTypeId.Null or ArrowTypeId.RunEndEncoded => false,
        ArrowTypeId.Union => message.HasUnionValidity,
        _ => true,
    };

    private static int AlignmentOf(ArrowType type) => type.Id switch
    {
        ArrowTypeId.Bool => WideValue,
        ArrowTypeId.Int => type.BitWidth / 8,
        ArrowTypeId.FloatingPoint => 2 << type.Unit,
        ArrowTypeId.Date => 4 << type.Unit,
        _ => WideValue,
    };

    private Column ReadList(ArrowField field, DataType type, int length, ArrowBuffer validity)
    {
        var isLarge = field.Type.Id is ArrowTypeId.LargeList or ArrowTypeId.LargeListView;
        var offsets = field.Type.Id == ArrowTypeId.FixedSizeList ? default : Next(isLarge ? sizeof(long) : sizeof(int));
        var sizes = field.Type.Id is ArrowTypeId.ListView or ArrowTypeId.LargeListView ? Next(isLarge ? sizeof(long) : sizeof(int)) : default;
        using var pending = new PendingColumns();
        pending.Add(type is MapType map ? ReadRowsOfMap(field.Children[0], map) : ReadFlat(field.Children[0]));
        var reader = new ArrowListReader(body, type, length, validity);
        var list = field.Type.Id switch
        {
            ArrowTypeId.FixedSizeList => reader.FromSize(field.Type.Size, pending[0]),
            ArrowTypeId.LargeList => reader.FromLargeOffsets(offsets, pending[0]),
            ArrowTypeId.ListView => reader.FromViews<int>(offsets, sizes, pending[0], pool),
            ArrowTypeId.LargeListView => reader.FromViews<long>(offsets, sizes, pending[0], pool),
            _ => reader.FromOffsets(offsets, pending[0]),
        };
        pending.Take();
        return list;
    }

    /// <summary>The entries of a map, whose fields have the engine's names whatever the file calls them.</summary>
    private Column ReadRowsOfMap(ArrowField entries, MapType map) => ReadField(entries, map.Entry);

    private StructColumn ReadStruct(ArrowField field, DataType type, int length, ArrowBuffer validity)
    {
        using var children = new PendingColumns();
        foreach (var child in field.Children)
        {
            children.Add(ReadFlat(child, length));
        }

        return new StructColumn(type, length, children.Take(), validity.ToSlice());
    }

    private Column ReadRuns(ArrowField field, int length)
    {
        var ends = NextNode();
        _ = NextValidity(ends with { NullCount = 0 });
        var width = field.Children[0].Type.BitWidth;
        var buffer = Next(width / 8);
        var values = ReadFlat(field.Children[1]);
        var reader = new ArrowEncodedReader(body, length, default);
        return width switch
        {
            16 => reader.FromRuns<short>(buffer, ends.Length, values, pool),
            32 => reader.FromRuns<int>(buffer, ends.Length, values, pool),
            _ => reader.FromRuns<long>(buffer, ends.Length, values, pool),
        };
    }

    private Column ReadIds(ArrowField field, int length, ArrowBuffer validity)
    {
        var (id, width, isSigned) = field.Dictionary!;
        var ids = Next(width / 8);
        if (dictionaries.Find(id) is not { Length: > 0 } dictionary)
        {
            return IsAllNull(length, validity)
                ? ColumnValue.ToConstant(field.DataType, null, length, pool)
                : throw new InvalidDataException($"dictionary {id} is missing or empty");
        }

        var reader = new ArrowEncodedReader(body, length, validity);
        return (width, isSigned) switch
        {
            (8, true) => reader.FromIds<sbyte>(ids, dictionary),
            (8, false) => reader.FromIds<byte>(ids, dictionary),
            (16, true) => reader.FromIds<short>(ids, dictionary),
            (16, false) => reader.FromIds<ushort>(ids, dictionary),
            (32, true) => reader.FromIds<int>(ids, dictionary),
            (32, false) => reader.FromIds<uint>(ids, dictionary),
            (_, true) => reader.FromIds<long>(ids, dictionary),
            _ => reader.FromIds<ulong>(ids, dictionary),
        };
    }

    private static unsafe bool IsAllNull(int length, ArrowBuffer validity) =>
        length == 0 || (validity.Pointer != null && Bitmap.CountSet(validity.Pointer, length) == 0);

    private Column ReadUnion(ArrowField field, int length, ArrowBuffer validity)
    {
        var typeIds = Next(1);
        var offsets = field.Type.IsDense ? Next(sizeof(int)) : default;
        using var children = new PendingColumns();
        foreach (var child in field.Children)
        {
            children.Add(ReadField(child, child.DataType));
        }

        return new ArrowUnionReader(length, validity, typeIds, offsets).Read(field.Type, children, pool);
    }

    private ArrowNode NextNode()
    {
        var node = _batch.Nodes[_place.Node];
        _place = _place with { Node = _place.Node + 1 };
        return node.Length is >= 0 and < int.MaxValue ? node : throw new InvalidDataException($"it has {node.Length} rows");
    }

    private ArrowBuffer Next(int alignment)
    {
        var buffer = body.Buffer(_place.Buffer, alignment);
        _place = _place with { Buffer = _place.Buffer + 1 };
        return buffer;
    }

    private ArrowBuffer NextValidity(ArrowNode node)
    {
        var buffer = Next(WideValue);
        if (node.NullCount == 0 || (node.NullCount < 0 && buffer.Length == 0))
        {
            return default;
        }

        ArrowNumberReader.Require(buffer, (node.Length + 7) >> 3);
        return buffer;
    }

    private ArrowBuffer[] NextHeaps()
    {
        var heaps = new ArrowBuffer[_batch.VariadicCounts[_place.Variadic]];
        _place = _place with { Variadic = _place.Variadic + 1 };
        for (var i = 0; i < heaps.Length; i++)
        {
            heaps[i] = Next(1);
        }

        return heaps;
    }
}
