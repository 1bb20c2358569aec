using Engine.Core.Columns;
using Engine.Core.Errors;
using Engine.Core.Memory;

namespace Engine.Storage.Parquet;

/// <summary>Reads the rows of one data page of a column without nesting.</summary>
internal sealed unsafe class PageReader : IDisposable
{
    private readonly ParquetColumn _column;
    private readonly ColumnAssembler _assembler;
    private readonly Column? _dictionary;
    private readonly MemoryPool _pool;
    private readonly NativeBuffer _content;
    private readonly ValueDecoder? _values;
    private RunReader _ids;
    private RunReader _levels;
    private byte* _levelBits;
    private long _levelBit;
    private long _levelBitCount;

    /// <param name="column">The column.</param>
    /// <param name="header">Of a data page.</param>
    /// <param name="content">Taken over, also when this throws.</param>
    /// <param name="dictionary">Of the chunk, if it has one; lives longer than this.</param>
    /// <param name="pool">For what is built.</param>
    public PageReader(ParquetColumn column, PageHeader header, NativeBuffer content, Column? dictionary, MemoryPool pool)
    {
        _column = column;
        _pool = pool;
        _content = content;
        _assembler = new ColumnAssembler(column, pool);
        RowsLeft = header.ValueCount;
        try
        {
            var values = new PageBytes(content, content.Pointer, content.Pointer + content.Length);
            values = values with { Start = OpenLevels(header, values) };
            if (header.Encoding is ParquetEncoding.PlainDictionary or ParquetEncoding.RleDictionary)
            {
                _dictionary = dictionary ?? throw new InvalidDataException("a page needs a dictionary that is not there");
                if (values.Start < values.End)
                {
                    _ids = new RunReader(values.Start + 1, values.End, *values.Start);
                }
            }
            else if (values.Start < values.End)
            {
                // A page of NULLs alone may have no values at all, not even the head of an encoding.
                _values = DecoderFactory.Create(column, header.Encoding, values, pool);
            }
        }
        catch
        {
            content.Release();
            throw;
        }
    }

    public int RowsLeft { get; private set; }

    /// <summary>The next rows: by the dictionary where the page is, else flat.</summary>
    public Column Read(int rowCount)
    {
        RowsLeft -= rowCount;
        var validity = ReadValidity(rowCount, out var valueCount);
        if (valueCount == 0 && rowCount > 0)
        {
            validity.Release();
            using var none = ColumnValue.ToConstant(_column.Mapping.Type, null, rowCount, _pool);
            return none.Flatten(_pool);
        }

        if (_dictionary is not null)
        {
            return ReadIds(_dictionary, rowCount, valueCount, validity);
        }

        if (_values is null)
        {
            validity.Release();
            throw new InvalidDataException("a page has no values");
        }

        return _assembler.Read(_values, rowCount, valueCount, validity);
    }

    public void Dispose()
    {
        _values?.Dispose();
        _content.Release();
    }

    /// <summary>Finds the levels; the result is where the values begin.</summary>
    private byte* OpenLevels(PageHeader header, PageBytes page)
    {
        if (header.Type == PageType.DataV2)
        {
            var definition = page.Start + header.RepetitionLength;
            _levels = new RunReader(definition, definition + header.DefinitionLength, 1);
            return definition + header.DefinitionLength;
        }

        if (!_column.IsOptional)
        {
            return page.Start;
        }

        if (header.LevelEncoding == ParquetEncoding.BitPacked)
        {
            _levelBits = page.Start;
            _levelBitCount = header.ValueCount;
            var length = (header.ValueCount + 7L) / 8;
            return length <= page.End - page.Start ? page.Start + length : throw new InvalidDataException("its levels end early");
        }

        if (header.LevelEncoding != ParquetEncoding.Rle)
        {
            throw new InvalidDataException($"levels in encoding {(int)header.LevelEncoding}");
        }

        if (page.End - page.Start < 4 || *(uint*)page.Start > page.End - page.Start - 4)
        {
            throw new InvalidDataException("its levels end early");
        }

        var end = page.Start + 4 + *(uint*)page.Start;
        _levels = new RunReader(page.Start + 4, end, 1);
        return end;
    }

    private BufferSlice ReadValidity(int rowCount, out int valueCount)
    {
        valueCount = rowCount;
        if (!_column.IsOptional)
        {
            return default;
        }

        using var levels = new RowIndexes(rowCount, _pool);
        if (_levelBits == null)
        {
            _levels.Read(levels.Pointer, rowCount);
        }
        else
        {
            ReadLevelBits(levels.Span);
        }

        valueCount = levels.Span.Count(1);
        if (valueCount == rowCount)
        {
            return default;
        }

        var validity = _pool.AllocateCleared(Bitmap.ByteCount(rowCount), "validity");
        for (var i = 0; i < rowCount; i++)
        {
            if (levels.Pointer[i] == 1)
            {
                Bitmap.Set(validity.Pointer, i);
            }
        }

        return new BufferSlice(validity);
    }

    /// <summary>The deprecated layout: most significant bit first.</summary>
    private void ReadLevelBits(Span<int> target)
    {
        if (_levelBit + target.Length > _levelBitCount)
        {
            throw new InvalidDataException("its levels end early");
        }

        foreach (ref var level in target)
        {
            level = _levelBits[_levelBit >> 3] >> (int)(7 - (_levelBit & 7)) & 1;
            _levelBit++;
        }
    }

    private DictionaryColumn ReadIds(Column dictionary, int rowCount, int valueCount, BufferSlice validity)
    {
        try
        {
            using var ids = new RowIndexes(rowCount, _pool);
            _ids.Read(ids.Pointer, valueCount);
            foreach (var id in ids.Span[..valueCount])
            {
                if ((uint)id >= (uint)dictionary.Length)
                {
                    throw new InvalidDataException($"id {(uint)id} is not in its dictionary of {dictionary.Length}");
                }
            }

            if (!validity.IsNone)
            {
                for (var row = rowCount - 1; row >= 0; row--)
                {
                    ids.Pointer[row] = Bitmap.Get(validity.Pointer, row) ? ids.Pointer[--valueCount] : 0;
                }
            }

            using var encoded = DictionaryColumn.Encode(dictionary.Retain(), ids.Span, _pool);
            return new DictionaryColumn(rowCount, encoded.Ids.Retain(), encoded.IdWidth, dictionary.Retain(), validity);
        }
        catch
        {
            validity.Release();
            throw;
        }
    }
}
