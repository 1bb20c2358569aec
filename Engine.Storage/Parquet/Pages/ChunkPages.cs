using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Errors;
using Engine.Core.Memory;
using Engine.Storage.Compression;
using Engine.Storage.Parquet.Encodings;
using Engine.Storage.Parquet.Footer;
using Engine.Storage.Parquet.Layout;
using Engine.Storage.Parquet.Values;

namespace Engine.Storage.Parquet.Pages;

/// <summary>The data pages of one column chunk, one after the other, and the dictionary that they share.</summary>
/// <param name="path">Of the file, for messages.</param>
/// <param name="groupIndex">Of the row group, for messages.</param>
/// <param name="leaf">The leaf.</param>
/// <param name="source">Gives the pages.</param>
/// <param name="entryCount">Entries of all pages together.</param>
/// <param name="locations">Where the data pages lie, if that is known and pages are to be skipped; of a leaf in no list.</param>
/// <param name="pool">For what is built.</param>
internal sealed class ChunkPages(
    string path, int groupIndex, LeafNode leaf, PageSource source, long entryCount, ImmutableArray<PageLocation>? locations, MemoryPool pool) : IDisposable
{
    private Column? _dictionary;
    private long _entriesOpened;
    private int _pageIndex = -1;
    private int _located = -1;
    private int _leftOut;

    public LeafNode Leaf => leaf;

    /// <summary>The page opened last; null before the first.</summary>
    public DataPage? Current { get; private set; }

    /// <summary>Whether there are entries behind the current page.</summary>
    public bool HasMore => _entriesOpened < entryCount;

    /// <summary>Opens the next data page that has entries.</summary>
    public DataPage OpenNext(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Current?.Dispose();
            Current = null;
            _pageIndex++;
            var isInPlace = TrySeekNext();
            var (header, content) = source.Next(cancellationToken);
            if (header.Type is PageType.Data or PageType.DataV2 && header.ValueCount >= 0 && header.ValueCount <= entryCount - _entriesOpened)
            {
                Current = new DataPage(leaf, header, content, _dictionary, pool);
                CheckRows(header, isInPlace);
                _entriesOpened += header.ValueCount;
                if (header.ValueCount > 0)
                {
                    return Current;
                }
            }
            else
            {
                ReadOther(header, content);
            }
        }
    }

    /// <summary>Leaves the current page and those behind it out up to the one that a row lies in. It is opened next.</summary>
    /// <param name="row">Of the row group, no earlier than the current page.</param>
    /// <param name="firstRow">The first row of the page that is opened next.</param>
    /// <returns>False, and nothing is left out, when the row lies in the current page or places are not known.</returns>
    public bool TrySkipTo(long row, out long firstRow)
    {
        firstRow = 0;
        if (locations is not { } pages)
        {
            return false;
        }

        var target = _located;
        while (target + 1 < pages.Length && pages[target + 1].FirstRow <= row)
        {
            target++;
        }

        if (target == _located)
        {
            return false;
        }

        Current?.Dispose();
        Current = null;
        _leftOut += target - 1 - _located;
        _pageIndex += target - 1 - _located;
        _located = target - 1;
        firstRow = pages[target].FirstRow;
        _entriesOpened = firstRow;
        return true;
    }

    /// <summary>Leaves out pages that hold nothing but entries to be skipped, by their headers alone; of a leaf in no list.</summary>
    /// <param name="count">Entries to be skipped, the first of which is the first of the next page.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many of them have been left out.</returns>
    public long PassOver(long count, CancellationToken cancellationToken)
    {
        var passed = 0L;
        while (locations is null && HasMore)
        {
            var header = source.Peek(cancellationToken);
            if (header.Type == PageType.Dictionary)
            {
                _pageIndex++;
                var (_, content) = source.Next(cancellationToken);
                ReadOther(header, content);
                continue;
            }

            if (header.Type is not (PageType.Data or PageType.DataV2) || header.ValueCount < 0
                || header.ValueCount > Math.Min(count - passed, entryCount - _entriesOpened))
            {
                break;
            }

            Current?.Dispose();
            Current = null;
            source.PassOver(cancellationToken);
            _pageIndex++;
            _entriesOpened += header.ValueCount;
            passed += header.ValueCount;
        }

        return passed;
    }

    /// <summary>The error for what is wrong in the current page.</summary>
    public QueryException Corrupt(Exception problem) =>
        CorruptData.In(path, $"column \"{leaf.Path}\" in row group {groupIndex}, page {Math.Max(_pageIndex, 0)}: {problem.Message}", problem);

    public void Dispose()
    {
        Current?.Dispose();
        Current = null;
        _dictionary?.Dispose();
        _dictionary = null;
        source.Dispose();
    }

    /// <summary>Where places are known, the next data page is looked for in its place; before the first stands the dictionary.</summary>
    private bool TrySeekNext()
    {
        if (locations is not { } pages || _located + 1 >= pages.Length || (_dictionary is null && source.Position < pages[0].Offset))
        {
            return false;
        }

        source.Seek(pages[++_located], _leftOut);
        _leftOut = 0;
        return true;
    }

    /// <summary>A page of another length than its place says, or in another place, would put values into wrong rows.</summary>
    private void CheckRows(PageHeader header, bool isInPlace)
    {
        if (locations is { } pages)
        {
            var end = _located + 1 < pages.Length ? pages[_located + 1].FirstRow : entryCount;
            if (!isInPlace || header.ValueCount != end - pages[_located].FirstRow)
            {
                throw new InvalidDataException($"it has {header.ValueCount} values, and the offset index says otherwise");
            }
        }
    }

    private void ReadOther(PageHeader header, NativeBuffer content)
    {
        try
        {
            if (header.Type == PageType.Dictionary)
            {
                ReadDictionary(header, content);
            }
            else if (header.Type != PageType.Index)
            {
                throw new InvalidDataException($"it is of type {(int)header.Type} and has {header.ValueCount} entries where {entryCount - _entriesOpened} are left");
            }
        }
        finally
        {
            content.Release();
        }
    }

    private unsafe void ReadDictionary(PageHeader header, NativeBuffer content)
    {
        if (_dictionary is not null)
        {
            throw new InvalidDataException("there are two dictionaries");
        }

        if (header.Encoding is not (ParquetEncoding.Plain or ParquetEncoding.PlainDictionary))
        {
            throw QueryException.NotSupportedYet($"dictionaries in encoding {header.Encoding} in column \"{leaf.Path}\"");
        }

        // Even a boolean takes a bit, and a string its length: so many values cannot be there.
        if (header.ValueCount < 0 || header.ValueCount > content.Length * 8)
        {
            throw new InvalidDataException($"a dictionary of {header.ValueCount} values in {content.Length} bytes");
        }

        using var decoder = DecoderFactory.Create(
            leaf, ParquetEncoding.Plain, new PageBytes(content, content.Pointer, content.Pointer + content.Length), pool);
        _dictionary = new ColumnAssembler(leaf, pool).Read(decoder, header.ValueCount, header.ValueCount, default);
    }
}
