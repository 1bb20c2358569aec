using System.Buffers.Binary;
using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Memory;

namespace Engine.Exec.Operators.Sort;

/// <summary>Rows, the last column their sort keys, and the order to read them in.</summary>
internal sealed unsafe class SortedRun(Batch rows, NativeBuffer order, int rowCount) : IDisposable
{
    public int RowCount => rowCount;

    /// <summary>The first eight bytes of a key, as a number that compares as they do. Every key is longer: a row's place ends it.</summary>
    public static ulong PrefixOf(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadUInt64BigEndian(key);

    /// <summary>Rows of the order, keys included.</summary>
    public Batch Read(int start, int length, MemoryPool pool)
    {
        var places = new ReadOnlySpan<int>((int*)order.Pointer + start, length);
        var result = ImmutableArray.CreateBuilder<Column>(rows.Columns.Length);
        foreach (var column in rows.Columns)
        {
            result.Add(column.Take(places, pool));
        }

        return new Batch(result.MoveToImmutable(), length);
    }

    public void Dispose()
    {
        rows.Dispose();
        order.Release();
    }
}
