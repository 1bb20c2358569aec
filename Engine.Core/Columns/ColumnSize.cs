namespace Engine.Core.Columns;

/// <summary>How many bytes the rows of columns stand for: what a copy of them would take, to a few percent.</summary>
public static class ColumnSize
{
    public static long Of(Batch batch) => Of(batch.Columns.AsSpan());

    public static long Of(ReadOnlySpan<Column> columns)
    {
        long bytes = 0;
        foreach (var column in columns)
        {
            bytes += Of(column);
        }

        return bytes;
    }

    /// <summary>Shared dictionaries and the values of constants and runs count as nothing.</summary>
    public static unsafe long Of(Column column) => column switch
    {
        FixedColumn values => (long)values.Length * values.Type.ByteWidth,
        BooleanColumn bits => Bitmap.ByteCount(bits.Length),
        TextColumn text => ((long)text.Length * sizeof(StringView)) + HeapBytes(text),
        DictionaryColumn ids => (long)ids.Length * ids.IdWidth,
        ListColumn { Length: > 0 } lists => (lists.Length * 4L) + ShareOf(lists.Child, lists.Offsets[lists.Length] - lists.Offsets[0]),
        StructColumn rows => rows.Children.Sum(Of),
        _ => 0,
    };

    private static long ShareOf(Column items, long count) => items.Length == 0 ? 0 : (long)(Of(items) * ((double)count / items.Length));

    private static unsafe long HeapBytes(TextColumn text)
    {
        long bytes = 0;
        for (var row = 0; row < text.Length; row++)
        {
            bytes += text.Pointer[row].IsInline ? 0 : text.Pointer[row].Length;
        }

        return bytes;
    }
}
