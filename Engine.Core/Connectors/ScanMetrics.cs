using System.Collections.Concurrent;

namespace Engine.Core.Connectors;

/// <summary>Counts of one scan, added to by all its threads.</summary>
public sealed class ScanMetrics
{
    private readonly ConcurrentDictionary<object, FilterMetrics> _filters = new();
    private long _bytesRead;
    private long _bytesInScope;
    private long _rowsRead;
    private long _piecesRead;
    private long _piecesSkipped;
    private long _pagesRead;
    private long _pagesSkipped;

    /// <summary>Bytes fetched from storage, compressed as stored.</summary>
    public long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <summary>Bytes that the columns asked for have in all pieces, read or not; 0 where the format cannot tell.</summary>
    public long BytesInScope => Interlocked.Read(ref _bytesInScope);

    /// <summary>Rows looked at, whether or not the conditions let them through.</summary>
    public long RowsRead => Interlocked.Read(ref _rowsRead);

    /// <summary>Row groups or file pieces that were read, and those that a constraint ruled out.</summary>
    public long PiecesRead => Interlocked.Read(ref _piecesRead);

    public long PiecesSkipped => Interlocked.Read(ref _piecesSkipped);

    /// <summary>Pages that were decompressed, and those of the same columns that were passed over.</summary>
    public long PagesRead => Interlocked.Read(ref _pagesRead);

    public long PagesSkipped => Interlocked.Read(ref _pagesSkipped);

    public void AddBytes(long count) => Interlocked.Add(ref _bytesRead, count);

    public void AddBytesInScope(long count) => Interlocked.Add(ref _bytesInScope, count);

    public void AddRows(long count) => Interlocked.Add(ref _rowsRead, count);

    public void AddPiecesRead(long count) => Interlocked.Add(ref _piecesRead, count);

    public void AddPiecesSkipped(long count) => Interlocked.Add(ref _piecesSkipped, count);

    public void AddPagesRead(long count) => Interlocked.Add(ref _pagesRead, count);

    public void AddPagesSkipped(long count) => Interlocked.Add(ref _pagesSkipped, count);

    /// <summary>What a filter has ruled out so far.</summary>
    /// <param name="filter">A <see cref="ColumnConstraint"/>, an <see cref="IRuntimeConstraint"/> or a <see cref="RowCondition"/> of the scan.</param>
    public FilterMetrics Of(object filter) => _filters.GetOrAdd(filter, _ => new FilterMetrics());
}

/// <summary>What one filter of a scan has ruled out, added to by all threads.</summary>
public sealed class FilterMetrics
{
    private long _pieces;
    private long _pages;
    private long _rowsTested;
    private long _rowsKept;

    /// <summary>Row groups that cannot have a row for it, by statistics or bloom filter.</summary>
    public long Pieces => Interlocked.Read(ref _pieces);

    /// <summary>Pages that cannot, by the page index.</summary>
    public long Pages => Interlocked.Read(ref _pages);

    /// <summary>Rows that it was asked about, and those that it let through.</summary>
    public long RowsTested => Interlocked.Read(ref _rowsTested);

    public long RowsKept => Interlocked.Read(ref _rowsKept);

    public void AddPiece() => Interlocked.Increment(ref _pieces);

    public void AddPages(long count) => Interlocked.Add(ref _pages, count);

    public void AddRows(long tested, long kept)
    {
        Interlocked.Add(ref _rowsTested, tested);
        Interlocked.Add(ref _rowsKept, kept);
    }
}
