using System.Text.Unicode;
using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Storage.Parquet;

/// <summary>Builds columns from decoded values and the rows that have them.</summary>
internal sealed unsafe class ColumnAssembler(ParquetColumn column, MemoryPool pool)
{
    private readonly DataType _type = column.Mapping.Type;
    private readonly Conversion _conversion = column.Mapping.Conversion;

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
            stored = pool.Allocate((long)rowCount * column.StoredWidth, "parquet values");
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

            if (_type.IsText)
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

    /// <summary>Moves the values, which lie without gaps, to their rows; from the end, so that none is overwritten before it moves.</summary>
    private void Spread(byte* values, int rowCount, int valueCount, BufferSlice validity)
    {
        if (valueCount == rowCount)
        {
            return;
        }

        switch (_type.ByteWidth)
        {
            case 1: Spread<byte>(values, rowCount, valueCount, validity.Pointer); break;
            case 2: Spread<ushort>(values, rowCount, valueCount, validity.Pointer); break;
            case 4: Spread<uint>(values, rowCount, valueCount, validity.Pointer); break;
            case 8: Spread<ulong>(values, rowCount, valueCount, validity.Pointer); break;
            default: Spread<UInt128>(values, rowCount, valueCount, validity.Pointer); break;
        }
    }

    private static void Spread<T>(byte* values, int rowCount, int valueCount, byte* validity)
        where T : unmanaged
    {
        var items = (T*)values;
        for (var row = rowCount - 1; row >= 0; row--)
        {
            items[row] = Bitmap.Get(validity, row) ? items[--valueCount] : default;
        }
    }

    /// <summary>What counts as text must be UTF-8: the functions over it rely on that.</summary>
    private static void CheckText(StringView* views, NativeBuffer? heap, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var bytes = new ReadOnlySpan<byte>(views[i].IsInline ? (byte*)(views + i) + 4 : heap!.Pointer + views[i].Offset, views[i].Length);
            if (!Utf8.IsValid(bytes))
            {
                throw new InvalidDataException("a text is not UTF-8");
            }
        }
    }
}
