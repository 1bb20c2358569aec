using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Memory;
using Engine.Storage.Compression;

namespace Engine.Storage.Parquet;

/// <summary>Reads one column of one row group, batch by batch.</summary>
internal sealed class ChunkReader(string path, ParquetColumn column, PageSource pages, long rowCount, MemoryPool pool) : IDisposable
{
    private Column? _dictionary;
    private PageReader? _page;
    private long _rowsLeft = rowCount;

    /// <summary>The next rows, no more than are left in the group.</summary>
    public Column Read(int count, CancellationToken cancellationToken)
    {
        var parts = new List<Column>(1);
        try
        {
            for (var missing = count; missing > 0;)
            {
                if (_page is not { RowsLeft: > 0 })
                {
                    OpenPage(cancellationToken);
                    continue;
                }

                var taken = Math.Min(missing, _page.RowsLeft);
                parts.Add(_page.Read(taken));
                missing -= taken;
            }

            _rowsLeft -= count;
            return parts.Count == 1 ? parts[0].Retain() : Join(parts);
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException)
        {
            throw CorruptData.In(path, $"column \"{column.Name}\": {problem.Message}", problem);
        }
        finally
        {
            parts.ForEach(part => part.Dispose());
        }
    }

    public void Dispose()
    {
        _page?.Dispose();
        _page = null;
        _dictionary?.Dispose();
        _dictionary = null;
        pages.Dispose();
    }

    private void OpenPage(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _page?.Dispose();
        _page = null;
        var (header, content) = pages.Next(cancellationToken);
        if (header.Type is PageType.Data or PageType.DataV2 && header.ValueCount >= 0 && header.ValueCount <= _rowsLeft)
        {
            _page = new PageReader(column, header, content, _dictionary, pool);
            return;
        }

        try
        {
            if (header.Type == PageType.Dictionary)
            {
                ReadDictionary(header, content);
            }
            else if (header.Type != PageType.Index)
            {
                throw new InvalidDataException($"a page of type {(int)header.Type} with {header.ValueCount} values where {_rowsLeft} rows are left");
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
            throw QueryException.NotSupportedYet($"dictionaries in encoding {header.Encoding} in column \"{column.Name}\"");
        }

        // Even a boolean takes a bit, and a string its length: so many values cannot be there.
        if (header.ValueCount < 0 || header.ValueCount > content.Length * 8)
        {
            throw new InvalidDataException($"a dictionary of {header.ValueCount} values in {content.Length} bytes");
        }

        using var decoder = DecoderFactory.Create(
            column, ParquetEncoding.Plain, new PageBytes(content, content.Pointer, content.Pointer + content.Length), pool);
        _dictionary = new ColumnAssembler(column, pool).Read(decoder, header.ValueCount, header.ValueCount, default);
    }

    /// <summary>Puts rows together that lie in more than one page: encoded where all are, else flat.</summary>
    private Column Join(List<Column> parts)
    {
        if (_dictionary is not null && parts.TrueForAll(part => part is DictionaryColumn encoded && encoded.Dictionary == _dictionary))
        {
            return DictionaryJoin.Join(_dictionary, parts, pool);
        }

        using var builder = ColumnBuilder.Create(column.Mapping.Type, pool);
        foreach (var part in parts)
        {
            using var rows = new RowIndexes(part.Length, pool);
            for (var i = 0; i < part.Length; i++)
            {
                rows.Span[i] = i;
            }

            builder.Append(part, rows.Span);
        }

        return builder.Finish();
    }
}
