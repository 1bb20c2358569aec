using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Engine.Core.Arrow;
using Engine.Core.Arrow.Format;
using Engine.Core.Columns;
using Engine.Core.Memory;

namespace Engine.Core.Tests.Arrow;

/// <summary>A stream put together message by message, for what no writer at hand writes.</summary>
internal sealed class HandMadeStream
{
    /// <summary>Damaged streams can claim any number of rows.</summary>
    private const int MaxRows = 1000;

    private readonly MemoryStream _bytes = new();

    /// <param name="fields">Writes each field; see <see cref="Field"/>.</param>
    /// <param name="version">Metadata version less one.</param>
    /// <param name="endianness">0 little, 1 big.</param>
    public HandMadeStream(Func<FlatBuilder, int>[] fields, short version = 4, short endianness = 0)
    {
        var builder = new FlatBuilder();
        var vector = builder.Offsets([.. fields.Select(field => field(builder))]);
        builder.StartTable(4);
        builder.AddOffset(1, vector);
        builder.Add(0, endianness);
        Message(builder, ArrowMessageKind.Schema, builder.EndTable(), [], version);
    }

    /// <summary>A field of a type whose parameters go into its table.</summary>
    public static Func<FlatBuilder, int> Field(string name, ArrowTypeId id, Action<FlatBuilder>? type = null, long? dictionary = null, params Func<FlatBuilder, int>[] children) => builder =>
    {
        var nameText = builder.Text(name);
        var childVector = builder.Offsets([.. children.Select(child => child(builder))]);
        builder.StartTable(3);
        type?.Invoke(builder);
        var typeTable = builder.EndTable();
        var encoding = 0;
        if (dictionary is { } number)
        {
            builder.StartTable(4);
            builder.Add(0, number);
            encoding = builder.EndTable();
        }

        builder.StartTable(7);
        builder.AddOffset(0, nameText);
        builder.AddOffset(3, typeTable);
        builder.AddOffset(4, encoding);
        builder.AddOffset(5, childVector);
        builder.Add(2, (byte)id);
        return builder.EndTable();
    };

    public static byte[] Bytes<T>(params T[] values)
        where T : unmanaged => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    public HandMadeStream Batch(long rowCount, (long Length, long Nulls)[] nodes, byte[][] buffers, long[]? variadic = null)
    {
        var builder = new FlatBuilder();
        Message(builder, ArrowMessageKind.RecordBatch, Header(builder, rowCount, nodes, buffers, variadic), buffers);
        return this;
    }

    public HandMadeStream Dictionary(long id, bool isDelta, (long Length, long Nulls)[] nodes, byte[][] buffers)
    {
        var builder = new FlatBuilder();
        var data = Header(builder, nodes[0].Length, nodes, buffers, null);
        builder.StartTable(3);
        builder.Add(0, id);
        builder.AddOffset(1, data);
        builder.Add(2, isDelta);
        Message(builder, ArrowMessageKind.DictionaryBatch, builder.EndTable(), buffers);
        return this;
    }

    /// <summary>The values of the only column, and its encoding in the last batch.</summary>
    public (List<object?> Values, ColumnEncoding Encoding) Read(MemoryPool pool) => Read(ToArray(), pool);

    public byte[] ToArray() => _bytes.ToArray();

    public static (List<object?> Values, ColumnEncoding Encoding) Read(byte[] bytes, MemoryPool pool)
    {
        using var stream = new MemoryStream(bytes);
        using var reader = new ArrowStreamReader(stream, null, pool, null);
        var values = new List<object?>();
        var encoding = ColumnEncoding.Flat;
        while (reader.Next() is { } batch)
        {
            using (batch)
            {
                encoding = batch.Columns.Length == 0 ? encoding : batch[0].Encoding;
                values.AddRange(Enumerable.Range(0, batch.Columns.Length == 0 ? 0 : Math.Min(MaxRows, batch.RowCount)).Select(row => ColumnValue.Get(batch[0], row)));
            }
        }

        return (values, encoding);
    }

    private static int Header(FlatBuilder builder, long rowCount, (long Length, long Nulls)[] nodes, byte[][] buffers, long[]? variadic)
    {
        var offset = 0L;
        var ranges = new List<long>();
        foreach (var buffer in buffers)
        {
            ranges.AddRange([offset, buffer.Length]);
            offset += Padded(buffer.Length);
        }

        var rangeVector = builder.Structs(Bytes([.. ranges]), buffers.Length);
        var nodeVector = builder.Structs(Bytes([.. nodes.SelectMany(node => (long[])[node.Length, node.Nulls])]), nodes.Length);
        var counts = variadic is null ? 0 : builder.Structs(Bytes(variadic), variadic.Length);
        builder.StartTable(5);
        builder.Add(0, rowCount);
        builder.AddOffset(1, nodeVector);
        builder.AddOffset(2, rangeVector);
        builder.AddOffset(4, counts);
        return builder.EndTable();
    }

    private static int Padded(int length) => (length + 7) & -8;

    private void Message(FlatBuilder builder, ArrowMessageKind kind, int header, byte[][] body, short version = 4)
    {
        builder.StartTable(5);
        builder.Add(3, (long)body.Sum(buffer => Padded(buffer.Length)));
        builder.AddOffset(2, header);
        builder.Add(0, version);
        builder.Add(1, (byte)kind);
        var metadata = builder.Finish(builder.EndTable());
        Span<byte> prefix = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(prefix, -1);
        BinaryPrimitives.WriteInt32LittleEndian(prefix[4..], metadata.Length);
        _bytes.Write(prefix);
        _bytes.Write(metadata);
        foreach (var buffer in body)
        {
            _bytes.Write(buffer);
            _bytes.Write(new byte[Padded(buffer.Length) - buffer.Length]);
        }
    }
}
