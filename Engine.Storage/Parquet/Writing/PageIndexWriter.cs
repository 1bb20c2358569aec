namespace Engine.Storage.Parquet.Writing;

/// <summary>Writes where the pages of a chunk are and what is in them (PageIndex.md of the format).</summary>
internal static class PageIndexWriter
{
    /// <summary>ColumnIndex: null counts and bounds of every page. Pages without values have empty bounds.</summary>
    public static void WriteBounds(CompactWriter writer, WrittenChunk chunk)
    {
        writer.BeginStruct();
        writer.BeginList(1, CompactType.True, chunk.Pages.Count);
        foreach (var page in chunk.Pages)
        {
            writer.WriteElement(page.Bounds is null);
        }

        writer.BeginList(2, CompactType.Binary, chunk.Pages.Count);
        foreach (var page in chunk.Pages)
        {
            writer.WriteElement(page.Bounds?.Min ?? []);
        }

        writer.BeginList(3, CompactType.Binary, chunk.Pages.Count);
        foreach (var page in chunk.Pages)
        {
            writer.WriteElement(page.Bounds?.Max ?? []);
        }

        writer.Write(4, (int)chunk.Order!.Value);
        writer.BeginList(5, CompactType.Int64, chunk.Pages.Count);
        foreach (var page in chunk.Pages)
        {
            writer.WriteElement((long)page.NullCount);
        }

        writer.EndStruct();
    }

    /// <summary>OffsetIndex: place and first row of every page.</summary>
    public static void WritePlaces(CompactWriter writer, WrittenChunk chunk)
    {
        writer.BeginStruct();
        writer.BeginList(1, CompactType.Struct, chunk.Pages.Count);
        foreach (var page in chunk.Pages)
        {
            writer.BeginStruct();
            writer.Write(1, chunk.DataOffset + page.Offset);
            writer.Write(2, page.Length);
            writer.Write(3, page.FirstRow);
            writer.EndStruct();
        }

        if (chunk.Leaf.Element.Physical == PhysicalType.ByteArray)
        {
            writer.BeginList(2, CompactType.Int64, chunk.Pages.Count);
            foreach (var page in chunk.Pages)
            {
                writer.WriteElement(page.ByteArrayBytes ?? 0);
            }
        }

        writer.EndStruct();
    }
}
