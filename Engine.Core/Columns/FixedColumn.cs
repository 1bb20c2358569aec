using System.Runtime.CompilerServices;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Core.Columns;

/// <summary>Values of a fixed width: integers, floats, decimals, dates, times, intervals, uuids.</summary>
public sealed unsafe class FixedColumn : FlatColumn
{
    /// <summary>Takes the slices over.</summary>
    public FixedColumn(DataType type, int length, BufferSlice values, BufferSlice validity)
        : base(type, length, validity)
    {
        Data = values;
    }

    public BufferSlice Data { get; }

    /// <summary>The values; those of NULL rows are unspecified.</summary>
    public ReadOnlySpan<T> Values<T>()
        where T : unmanaged => new(Pointer<T>(), Length);

    public T* Pointer<T>()
        where T : unmanaged
    {
        System.Diagnostics.Debug.Assert(sizeof(T) == Type.ByteWidth, "value width");
        return (T*)Data.Pointer;
    }

    public override Column Slice(int offset, int length, MemoryPool pool) =>
        new FixedColumn(Type, length, Data.RetainFrom((long)offset * Type.ByteWidth), Bitmap.Slice(Validity, offset, length, pool));

    public override Column Take(ReadOnlySpan<int> rows, MemoryPool pool)
    {
        var target = pool.Allocate((long)rows.Length * Type.ByteWidth, "values");
        switch (Type.ByteWidth)
        {
            case 1: Gather<byte>(rows, target); break;
            case 2: Gather<ushort>(rows, target); break;
            case 4: Gather<uint>(rows, target); break;
            case 8: Gather<ulong>(rows, target); break;
            default: Gather<UInt128>(rows, target); break;
        }

        return new FixedColumn(Type, rows.Length, new BufferSlice(target), TakeValidity(rows, pool));
    }

    private protected override void Free()
    {
        Data.Release();
        base.Free();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather<T>(ReadOnlySpan<int> rows, NativeBuffer target)
        where T : unmanaged
    {
        var from = (T*)Data.Pointer;
        var to = (T*)target.Pointer;
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            to[i] = row < 0 ? default : from[row];
        }
    }
}
