using System.Runtime.CompilerServices;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Core.Columns;

/// <summary>Byte strings as views: varchar and json (UTF-8) and varbinary.</summary>
public sealed unsafe class TextColumn : FlatColumn
{
    /// <summary>Takes the slices and one reference of the heap over.</summary>
    public TextColumn(DataType type, int length, BufferSlice views, TextHeap heap, BufferSlice validity)
        : base(type, length, validity)
    {
        Views = views;
        Heap = heap;
    }

    /// <summary>The 16-byte views; those of NULL rows are empty strings or unspecified but readable.</summary>
    public BufferSlice Views { get; }

    public TextHeap Heap { get; }

    public StringView* Pointer => (StringView*)Views.Pointer;

    /// <summary>The bytes of a row. Valid as long as the column is held.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Bytes(int row)
    {
        var view = Pointer + row;
        return new ReadOnlySpan<byte>(view->IsInline ? (byte*)view + 4 : Heap.Resolve(*view), view->Length);
    }

    /// <summary>The row as a managed string: for display and messages, never in the data path.</summary>
    public string Text(int row) => System.Text.Encoding.UTF8.GetString(Bytes(row));

    public override Column Slice(int offset, int length, MemoryPool pool) =>
        new TextColumn(Type, length, Views.RetainFrom((long)offset * 16), Heap.Retain(), Bitmap.Slice(Validity, offset, length, pool));

    public override Column Take(ReadOnlySpan<int> rows, MemoryPool pool)
    {
        var views = pool.Allocate((long)rows.Length * 16, "views");
        var target = (StringView*)views.Pointer;
        var source = Pointer;
        for (var i = 0; i < rows.Length; i++)
        {
            target[i] = rows[i] < 0 ? default : source[rows[i]];
        }

        return new TextColumn(Type, rows.Length, new BufferSlice(views), Heap.Retain(), TakeValidity(rows, pool));
    }

    /// <summary>The same bytes under another of the view types.</summary>
    public TextColumn As(DataType type) => new(type, Length, Views.Retain(), Heap.Retain(), Validity.Retain());

    private protected override void Free()
    {
        Views.Release();
        Heap.Release();
        base.Free();
    }
}
