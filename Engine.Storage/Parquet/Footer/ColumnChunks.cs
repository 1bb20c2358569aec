namespace Engine.Storage.Parquet.Footer;

/// <summary>Reads a column chunk.</summary>
/// <param name="leafIndex">Its place among the chunks of its row group.</param>
/// <param name="bytes">It begins them; others may follow.</param>
/// <param name="rowCount">Rows of its row group.</param>
internal delegate ColumnChunk ChunkReader(int leafIndex, ReadOnlySpan<byte> bytes, long rowCount);

/// <summary>
/// The column chunks of a row group, each read when it is first asked for and then kept: a wide file has tens of thousands of them, of which a query
/// looks at a few.
/// </summary>
/// <param name="bytes">All of them as the footer has them. Each row group has its own: what is larger than 85 KB the runtime collects with all of the heap.</param>
/// <param name="starts">Where in the bytes each begins.</param>
/// <param name="rowCount">Rows of the row group.</param>
/// <param name="read">Reads one.</param>
internal sealed class ColumnChunks(byte[] bytes, int[] starts, long rowCount, ChunkReader read)
{
    private ColumnChunk?[]? _known;

    public int Length => starts.Length;

    /// <summary>Threads that ask at once may both read a chunk; which of the two is kept does not matter.</summary>
    /// <exception cref="Engine.Core.Errors.QueryException">The file is corrupt there.</exception>
    public ColumnChunk this[int leafIndex]
    {
        get
        {
            var known = _known ??= new ColumnChunk?[starts.Length];
            return known[leafIndex] ??= read(leafIndex, bytes.AsSpan(starts[leafIndex]), rowCount);
        }
    }
}
