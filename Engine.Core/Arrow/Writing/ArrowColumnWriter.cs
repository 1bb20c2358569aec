using System.Buffers.Binary;
using System.Diagnostics;
using Engine.Core.Arrow.Reading;
using Engine.Core.Columns;
using Engine.Core.Errors;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Core.Arrow.Writing;

/// <summary>Adds flat columns to a body, in depth-first order.</summary>
internal sealed unsafe class ArrowColumnWriter(ArrowBodyBuilder body, MemoryPool pool)
{
    private const long NanosPerMicro = 1000;

    public void Write(Column column)
    {
        var flat = (FlatColumn)column;
        body.AddNode(flat.Length, flat.CountNulls());
        body.AddBits(flat.Validity, flat.Length);
        switch (flat)
        {
            case BooleanColumn booleans:
                body.AddBits(booleans.Bits, booleans.Length);
                break;
            case FixedColumn values:
                WriteFixed(values);
                break;
            case TextColumn texts:
                WriteTexts(texts);
                break;
            case ListColumn lists:
                WriteLists(lists);
                break;
            case StructColumn structs:
                foreach (var child in structs.Children)
                {
                    Write(child);
                }

                break;
            default:
                throw new UnreachableException(column.GetType().Name);
        }
    }

    private void WriteFixed(FixedColumn column)
    {
        switch (column.Type)
        {
            case DecimalType { IsCompact: true }:
                Convert<long, Int128>(column, value => value);
                break;
            case { Kind: TypeKind.Interval }:
                Convert<Interval, MonthDayNano>(column, value => new MonthDayNano(value.Months, value.Days, ToNanos(value.Micros)));
                break;
            case { Kind: TypeKind.Uuid }:
                Convert<UInt128, UInt128>(column, BinaryPrimitives.ReverseEndianness);
                break;
            default:
                body.Add(column.Data, (long)column.Length * column.Type.ByteWidth);
                break;
        }
    }

    private static long ToNanos(long micros) =>
        micros is >= long.MinValue / NanosPerMicro and <= long.MaxValue / NanosPerMicro
            ? micros * NanosPerMicro
            : throw new QueryException(ErrorCodes.NumericValueOutOfRange, $"an interval of {micros} microseconds does not fit Arrow, which counts nanoseconds");

    private void Convert<TFrom, TTo>(FixedColumn column, Func<TFrom, TTo> convert)
        where TFrom : unmanaged
        where TTo : unmanaged
    {
        var length = (long)column.Length * sizeof(TTo);
        var target = pool.Allocate(length, "arrow values");
        try
        {
            var from = column.Values<TFrom>();
            for (var i = 0; i < from.Length; i++)
            {
                ((TTo*)target.Pointer)[i] = column.IsNull(i) ? default : convert(from[i]);
            }
        }
        catch
        {
            target.Release();
            throw;
        }

        body.AddOwned(target, length);
    }

    /// <summary>Offsets and bytes, which every reader knows; views are read by few.</summary>
    private void WriteTexts(TextColumn column)
    {
        var total = 0L;
        for (var i = 0; i < column.Length; i++)
        {
            total += column.IsNull(i) ? 0 : column.Pointer[i].Length;
        }

        if (total > int.MaxValue)
        {
            throw new QueryException(ErrorCodes.ProgramLimitExceeded, $"{column.Length} values of {total} bytes together are too long for one Arrow batch");
        }

        var offsets = pool.Allocate((column.Length + 1L) * sizeof(int), "arrow offsets");
        NativeBuffer bytes;
        try
        {
            bytes = pool.Allocate(total, "arrow text");
        }
        catch
        {
            offsets.Release();
            throw;
        }

        var end = 0;
        var ends = (int*)offsets.Pointer;
        ends[0] = 0;
        for (var i = 0; i < column.Length; i++)
        {
            if (!column.IsNull(i))
            {
                var text = column.Bytes(i);
                text.CopyTo(new Span<byte>(bytes.Pointer + end, text.Length));
                end += text.Length;
            }

            ends[i + 1] = end;
        }

        using (new BufferSlice(bytes).AsDisposable())
        {
            body.AddOwned(offsets, (column.Length + 1L) * sizeof(int));
            body.Add(new BufferSlice(bytes), total);
        }
    }

    /// <summary>A slice of a longer column begins anywhere among the items; what is written begins at 0.</summary>
    private void WriteLists(ListColumn column)
    {
        var (first, last) = column.Length == 0 ? (0, 0) : (column.Offsets[0], column.Offsets[column.Length]);
        var offsets = pool.Allocate((column.Length + 1L) * sizeof(int), "arrow offsets");
        for (var i = 0; i <= column.Length; i++)
        {
            ((int*)offsets.Pointer)[i] = i == 0 ? 0 : column.Offsets[i] - first;
        }

        body.AddOwned(offsets, (column.Length + 1L) * sizeof(int));
        using var items = column.Child.Slice(first, last - first, pool);
        Write(items);
    }
}
