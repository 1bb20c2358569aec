using System.Diagnostics;
using Engine.Core.Columns;
using Engine.Core.Memory;

namespace Engine.Storage.Parquet.Writing;

/// <summary>Values of one leaf in the form that the format stores, without NULLs: those of a page, or the entries of a dictionary.</summary>
internal abstract class ValueBuffer : IDisposable
{
    public abstract int Count { get; }

    /// <summary>Bytes of the values, plain encoded.</summary>
    public abstract long PlainBytes { get; }

    /// <summary>Bytes of the values alone where they are byte arrays, which size statistics count; else null.</summary>
    public virtual long? ByteArrayBytes => null;

    /// <summary>Whether values have an order that the format defines, and so bounds.</summary>
    public virtual bool IsOrdered => true;

    public static ValueBuffer Create(StoredLeaf leaf, MemoryPool pool) => leaf.Element.Physical switch
    {
        PhysicalType.Boolean => new BooleanBuffer(pool),
        PhysicalType.Int32 => new NumberBuffer<int>(pool),
        PhysicalType.Int64 => new NumberBuffer<long>(pool),
        PhysicalType.Float => new NumberBuffer<float>(pool),
        PhysicalType.Double => new NumberBuffer<double>(pool),
        PhysicalType.ByteArray => new TextBuffer(leaf.Type.IsText || leaf.Type.Kind == Core.Types.TypeKind.Unknown, pool),
        PhysicalType.FixedLenByteArray => new FixedBytesBuffer(leaf, pool),
        _ => throw new UnreachableException(leaf.Element.Physical.ToString()),
    };

    /// <summary>Appends rows that are not NULL.</summary>
    /// <exception cref="Core.Errors.QueryException">For a value that the format cannot hold.</exception>
    public abstract void Append(FlatColumn column, ReadOnlySpan<int> rows);

    public abstract void Clear();

    /// <summary>Keeps the first values alone; dictionaries take back what a page added to them.</summary>
    public virtual void Truncate(int count) => throw new UnreachableException("values that have no dictionary");

    public abstract void WritePlain(ByteSink target);

    /// <summary>Writes a denser encoding, where there is one for these values.</summary>
    /// <param name="target">What the encoding gives is appended to it.</param>
    /// <param name="useDelta">Whether integers and lengths may be written as differences.</param>
    /// <param name="useByteStreamSplit">Whether floating-point numbers may be split into streams.</param>
    /// <returns>The encoding, or null with nothing written.</returns>
    public virtual ParquetEncoding? TryWriteDense(ByteSink target, bool useDelta, bool useByteStreamSplit) => null;

    /// <summary>Null without values, and where one of them has no place in the order.</summary>
    public abstract ValueBounds? FindBounds();

    /// <summary>Compares two bounds as the format orders values of this type.</summary>
    public abstract int Compare(byte[] left, byte[] right);

    /// <summary>Appends the 64-bit hash of every value, as bloom filters take them.</summary>
    public abstract void AddHashes(ByteSink target);

    /// <summary>An empty dictionary for such values, or null where none could pay.</summary>
    public virtual ValueDictionary? CreateDictionary(MemoryPool pool) => null;

    public abstract void Dispose();
}
