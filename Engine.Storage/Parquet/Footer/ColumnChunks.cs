namespace Engine.Storage.Parquet.Footer;

/// <summary>Reads a column chunk from the footer.</summary>
/// <param name="leafIndex">Its place among the chunks of its row group.</param>
/// <param name="start">Where in the footer it begins.</param>
/// <param name="rowCount">Rows of its row group.</param>
internal delegate ColumnChunk ChunkReader(int leafIndex, int start, long rowCount);

/// <summary>
/// The column chunks of a row group, each read when it is first asked for and then kept: a wide file has tens of thousands of them, of which a query
/// looks at a few.
/// </summary>
/// <param name="starts">Where in the footer each begins.</param>
/// <param name="rowCount">Rows of the row group.</param>
/// <param name="read">Reads one.</param>
internal sealed class ColumnChunks(int[] starts, long rowCount, ChunkReader read)
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
            return known[leafIndex] ??= read(leafIndex, starts[leafIndex], rowCount);
        }
    }
}
