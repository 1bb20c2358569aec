using System.Runtime.CompilerServices;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Core.Columns;

/// <summary>
/// An id for every row into a dictionary of values. Columns that hold the very same <see cref="Dictionary"/> object share its identity, so
/// that what was computed for its entries serves them all.
/// </summary>
public sealed unsafe class DictionaryColumn : Column
{
    /// <summary>Takes the slices and one reference of the dictionary over.</summary>
    /// <param name="ids">Unsigned ids, each below the dictionary's length (the maker has checked it); those of NULL rows too.</param>
    /// <param name="idWidth">1, 2 or 4 bytes an id.</param>
    /// <param name="dictionary">A flat column; its entries may be NULL.</param>
    /// <param name="length">Rows.</param>
    /// <param name="validity">As of a flat column.</param>
    public DictionaryColumn(int length, BufferSlice ids, int idWidth, Column dictionary, BufferSlice validity)
        : base(dictionary.Type, length)
    {
        Ids = ids;
        IdWidth = idWidth;
        Dictionary = dictionary;
        Validity = validity;
    }

    public BufferSlice Ids { get; }

    public int IdWidth { get; }

    public Column Dictionary { get; }

    public BufferSlice Validity { get; }

    public override ColumnEncoding Encoding => ColumnEncoding.Dictionary;

    public override bool MayHaveNulls => !Validity.IsNone || Dictionary.MayHaveNulls;

    public int Id(int row) => IdWidth switch
    {
        1 => Ids.Pointer[row],
        2 => ((ushort*)Ids.Pointer)[row],
        _ => ((int*)Ids.Pointer)[row],
    };

    public override bool IsNull(int row) => (!Validity.IsNone && !Bitmap.Get(Validity.Pointer, row)) || Dictionary.IsNull(Id(row));

    public override Column Slice(int offset, int length, MemoryPool pool) =>
        new DictionaryColumn(length, Ids.RetainFrom((long)offset * IdWidth), IdWidth, Dictionary.Retain(), Bitmap.Slice(Validity, offset, length, pool));

    public override Column Flatten(MemoryPool pool)
    {
        if (Validity.IsNone && Dictionary is FixedColumn { MayHaveNulls: false } values)
        {
            return Spread(values, pool);
        }

        using var places = new RowIndexes(Length, pool);
        ReadIds(places.Span);
        return Dictionary.Take(places.Span, pool);
    }

    public override Column Take(ReadOnlySpan<int> rows, MemoryPool pool)
    {
        using var places = new RowIndexes(rows.Length, pool);
        var span = places.Span;
        for (var i = 0; i < rows.Length; i++)
        {
            var isMissing = rows[i] < 0 || (!Validity.IsNone && !Bitmap.Get(Validity.Pointer, rows[i]));
            span[i] = isMissing ? -1 : Id(rows[i]);
        }

        return span.ContainsAnyInRange(int.MinValue, -1) || Dictionary.Length == 0
            ? Dictionary.Take(span, pool)
            : Encode(Dictionary.Retain(), span, pool);
    }

    /// <summary>A dictionary column over ids that are all in range, stored as narrowly as the dictionary's length allows.</summary>
    public static DictionaryColumn Encode(Column dictionary, ReadOnlySpan<int> ids, MemoryPool pool)
    {
        var width = dictionary.Length <= 256 ? 1 : dictionary.Length <= 65536 ? 2 : 4;
        var buffer = pool.Allocate((long)ids.Length * width, "dictionary ids");
        for (var i = 0; i < ids.Length; i++)
        {
            switch (width)
            {
                case 1: buffer.Pointer[i] = (byte)ids[i]; break;
                case 2: ((ushort*)buffer.Pointer)[i] = (ushort)ids[i]; break;
                default: ((int*)buffer.Pointer)[i] = ids[i]; break;
            }
        }

        return new DictionaryColumn(ids.Length, new BufferSlice(buffer), width, dictionary, default);
    }

    /// <summary>The entries of fixed width that the ids stand for, none of them NULL: ids are in range, which the maker has checked.</summary>
    private FixedColumn Spread(FixedColumn values, MemoryPool pool)
    {
        var target = pool.Allocate((long)Length * Type.ByteWidth, "values");
        switch (Type.ByteWidth)
        {
            case 1: SpreadBy(values.Pointer<byte>(), (byte*)target.Pointer); break;
            case 2: SpreadBy(values.Pointer<ushort>(), (ushort*)target.Pointer); break;
            case 4: SpreadBy(values.Pointer<uint>(), (uint*)target.Pointer); break;
            case 8: SpreadBy(values.Pointer<ulong>(), (ulong*)target.Pointer); break;
            default: SpreadBy(values.Pointer<UInt128>(), (UInt128*)target.Pointer); break;
        }

        return new FixedColumn(Type, Length, new BufferSlice(target), default);
    }

    private void SpreadBy<T>(T* entries, T* target)
        where T : unmanaged
    {
        switch (IdWidth)
        {
            case 1: Gather(entries, Ids.Pointer, target, Length); break;
            case 2: Gather(entries, (ushort*)Ids.Pointer, target, Length); break;
            default: Gather(entries, (uint*)Ids.Pointer, target, Length); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather<T, TId>(T* entries, TId* ids, T* target, int count)
        where T : unmanaged
        where TId : unmanaged, System.Numerics.IBinaryInteger<TId>
    {
        for (var row = 0; row < count; row++)
        {
            target[row] = entries[uint.CreateTruncating(ids[row])];
        }
    }

    private protected override void Free()
    {
        Ids.Release();
        Dictionary.Dispose();
        Validity.Release();
    }

    /// <summary>The id of every row, -1 where the row is NULL.</summary>
    private void ReadIds(Span<int> target)
    {
        switch (IdWidth)
        {
            case 1: Widen(Ids.Pointer, target); break;
            case 2: Widen((ushort*)Ids.Pointer, target); break;
            default: new ReadOnlySpan<int>(Ids.Pointer, Length).CopyTo(target); break;
        }

        if (!Validity.IsNone)
        {
            for (var i = 0; i < target.Length; i++)
            {
                if (!Bitmap.Get(Validity.Pointer, i))
                {
                    target[i] = -1;
                }
            }
        }

        static void Widen<T>(T* ids, Span<int> wide)
            where T : unmanaged, System.Numerics.IBinaryInteger<T>
        {
            for (var i = 0; i < wide.Length; i++)
            {
                wide[i] = int.CreateTruncating(ids[i]);
            }
        }
    }
}
