using System.Collections.Immutable;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Core.Columns;

/// <summary>Rows of named fields: one child column of the same length a field.</summary>
public sealed class StructColumn : FlatColumn
{
    /// <summary>Takes one reference of every child over; the children are flat.</summary>
    public StructColumn(DataType type, int length, ImmutableArray<Column> children, BufferSlice validity)
        : base(type, length, validity)
    {
        if (children.Any(child => child is not FlatColumn))
        {
            throw new ArgumentException("fields lie flat inside rows", nameof(children));
        }

        Children = children;
    }

    public ImmutableArray<Column> Children { get; }

    public override Column Slice(int offset, int length, MemoryPool pool) =>
        new StructColumn(Type, length, [.. Children.Select(child => child.Slice(offset, length, pool))], Bitmap.Slice(Validity, offset, length, pool));

    public override Column Take(ReadOnlySpan<int> rows, MemoryPool pool)
    {
        var children = ImmutableArray.CreateBuilder<Column>(Children.Length);
        foreach (var child in Children)
        {
            children.Add(child.Take(rows, pool));
        }

        return new StructColumn(Type, rows.Length, children.MoveToImmutable(), TakeValidity(rows, pool));
    }

    private protected override void Free()
    {
        foreach (var child in Children)
        {
            child.Dispose();
        }

        base.Free();
    }
}
