using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.Parquet.Encodings;
using Engine.Storage.Parquet.Layout;

namespace Engine.Storage.Parquet.Values;

/// <summary>Builds columns from decoded values and the rows that have them.</summary>
internal sealed unsafe class ColumnAssembler(LeafNode leaf, MemoryPool pool)
{
    private readonly DataType _type = leaf.Mapping.Type;
    private readonly Conversion _conversion = leaf.Mapping.Conversion;

    /// <summary>Reads the next values into a flat column.</summary>
    /// <param name="decoder">Gives the values.</param>
    /// <param name="rowCount">Rows, of which some may be NULL.</param>
    /// <param name="valueCount">Rows that are not.</param>
    /// <param name="validity">Which are; taken over.</param>
    public Column Read(ValueDecoder decoder, int rowCount, int valueCount, BufferSlice validity)
    {
        NativeBuffer? stored = null;
        NativeBuffer? values = null;
        try
        {
            stored = pool.Allocate((long)rowCount * leaf.StoredWidth, "parquet values");
            decoder.Read(stored.Pointer, valueCount);
            if (_conversion == Conversion.Boolean)
            {
                return PackBooleans(stored.Pointer, rowCount, validity);
            }

            if (_conversion == Conversion.None)
            {
                (values, stored) = (stored, null);
            }
            else
            {
                values = pool.Allocate((long)rowCount * _type.ByteWidth, "parquet values");
                ValueConverter.Convert(_conversion, stored.Pointer, decoder.Heap, values.Pointer, valueCount);
            }

            if (_type.IsText && !decoder.IsSurelyText())
            {
                CheckText((StringView*)values.Pointer, decoder.Heap, valueCount);
            }

            Spread(values.Pointer, rowCount, valueCount, validity);
            var slice = new BufferSlice(values);
            values = null;
            return _type.Layout == ColumnLayout.Views
                ? new TextColumn(_type, rowCount, slice, decoder.Heap is { } heap ? new TextHeap(heap.Retain()) : TextHeap.Empty, validity)
                : new FixedColumn(_type, rowCount, slice, validity);
        }
        catch
        {
            values?.Release();
            validity.Release();
            throw;
        }
        finally
        {
            stored?.Release();
        }
    }

    private BooleanColumn PackBooleans(byte* values, int rowCount, BufferSlice validity)
    {
        var bits = pool.AllocateCleared(Bitmap.ByteCount(rowCount), "booleans");
        for (var (row, next) = (0, 0); row < rowCount; row++)
        {
            if ((validity.IsNone || Bitmap.Get(validity.Pointer, row)) && values[next++] != 0)
            {
                Bitmap.Set(bits.Pointer, row);
            }
        }

        return new BooleanColumn(rowCount, new BufferSlice(bits), validity);
    }

    private void Spread(byte* values, int rowCount, int valueCount, BufferSlice validity)
    {
        if (valueCount == rowCount)
        {
            return;
        }

        switch (_type.ByteWidth)
        {
            case 1: Spreading.Spread(values, rowCount, valueCount, validity.Pointer); break;
            case 2: Spreading.Spread((ushort*)values, rowCount, valueCount, validity.Pointer); break;
            case 4: Spreading.Spread((uint*)values, rowCount, valueCount, validity.Pointer); break;
            case 8: Spreading.Spread((ulong*)values, rowCount, valueCount, validity.Pointer); break;
            default: Spreading.Spread((UInt128*)values, rowCount, valueCount, validity.Pointer); break;
        }
    }

    /// <summary>What counts as text must be UTF-8: the functions over it rely on that.</summary>
    private static void CheckText(StringView* views, NativeBuffer? heap, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var bytes = new ReadOnlySpan<byte>(views[i].IsInline ? (byte*)(views + i) + 4 : heap!.Pointer + views[i].Offset, views[i].Length);
            if (!Utf8Validator.IsValid(bytes))
            {
                throw new InvalidDataException("a text is not UTF-8");
            }
        }
    }
}
