using System.Runtime.InteropServices;
using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Storage.Compression;

namespace Engine.Storage.Parquet.Writing;

/// <summary>Booleans, a byte each until they are packed.</summary>
internal sealed unsafe class BooleanBuffer(MemoryPool pool) : ValueBuffer
{
    private readonly ByteSink _values = new(pool, "parquet booleans");

    public override int Count => (int)_values.Length;

    public override long PlainBytes => (_values.Length + 7) / 8;

    public override void Append(FlatColumn column, ReadOnlySpan<int> rows)
    {
        var bits = ((BooleanColumn)column).Bits.Pointer;
        var target = _values.Reserve(rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            target[i] = (byte)((bits[rows[i] >> 3] >> (rows[i] & 7)) & 1);
        }

        _values.Advance(rows.Length);
    }

    public override void Clear() => _values.Clear();

    public override void WritePlain(ByteSink target) => BitPacker.Pack(_values.Span, 1, target);

    public override ValueBounds? FindBounds()
    {
        var values = _values.Span;
        return values.IsEmpty ? null : new ValueBounds([(byte)(values.Contains((byte)0) ? 0 : 1)], [(byte)(values.Contains((byte)1) ? 1 : 0)]);
    }

    public override int Compare(byte[] left, byte[] right) => left[0].CompareTo(right[0]);

    public override void AddHashes(ByteSink target)
    {
        foreach (ref readonly var value in _values.Span)
        {
            var hash = XxHash64.Hash(MemoryMarshal.CreateReadOnlySpan(in value, 1));
            target.Add(MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in hash)));
        }
    }

    public override void Dispose() => _values.Dispose();
}
