using System.Numerics;
using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Storage.Parquet.Encodings;
using Engine.Storage.Parquet.Footer;
using Engine.Storage.Parquet.Layout;
using Engine.Storage.Parquet.Values;

namespace Engine.Storage.Parquet.Pages;

/// <summary>One data page of a leaf: levels first, then the values that they tell of. Either is read in steps.</summary>
internal sealed unsafe class DataPage : IDisposable
{
    private readonly LeafNode _leaf;
    private readonly ColumnAssembler _assembler;
    private readonly Column? _dictionary;
    private readonly MemoryPool _pool;
    private readonly NativeBuffer _content;
    private readonly ValueDecoder? _values;
    private LevelReader _repetitions;
    private LevelReader _definitions;
    private RunReader _ids;

    /// <param name="leaf">The leaf.</param>
    /// <param name="header">Of a data page.</param>
    /// <param name="content">Taken over, also when this throws.</param>
    /// <param name="dictionary">Of the chunk, if it has one; lives longer than this.</param>
    /// <param name="pool">For what is built.</param>
    public DataPage(LeafNode leaf, PageHeader header, NativeBuffer content, Column? dictionary, MemoryPool pool)
    {
        _leaf = leaf;
        _pool = pool;
        _content = content;
        _assembler = new ColumnAssembler(leaf, pool);
        EntriesLeft = header.ValueCount;
        try
        {
            var values = new PageBytes(content, content.Pointer, content.Pointer + content.Length);
            OpenLevels(header, ref values);
            if (header.Encoding is ParquetEncoding.PlainDictionary or ParquetEncoding.RleDictionary)
            {
                _dictionary = dictionary ?? throw new InvalidDataException("it needs a dictionary that is not there");
                if (values.Start < values.End)
                {
                    _ids = new RunReader(values.Start + 1, values.End, *values.Start);
                }
            }
            else if (values.Start < values.End)
            {
                // A page of NULLs alone may have no values at all, not even the head of an encoding.
                _values = DecoderFactory.Create(leaf, header.Encoding, values, pool);
            }
        }
        catch
        {
            content.Release();
            throw;
        }
    }

    /// <summary>Entries whose levels are not read yet.</summary>
    public int EntriesLeft { get; private set; }

    /// <summary>Reads the levels of the next entries.</summary>
    /// <param name="definitions">Room in a native buffer.</param>
    /// <param name="repetitions">The same; null where the leaf is in no list.</param>
    /// <param name="count">No more than are left.</param>
    public void ReadLevels(byte* definitions, byte* repetitions, int count)
    {
        _definitions.Read(definitions, count);
        if (repetitions != null)
        {
            _repetitions.Read(repetitions, count);
        }

        EntriesLeft -= count;
    }

    /// <summary>The values of entries whose levels are read: by the dictionary where the page is, else flat.</summary>
    /// <param name="slotCount">Rows of the result.</param>
    /// <param name="valueCount">Rows that are not NULL.</param>
    /// <param name="validity">Which are; taken over.</param>
    public Column ReadValues(int slotCount, int valueCount, BufferSlice validity)
    {
        if (valueCount == 0)
        {
            validity.Release();
            using var none = ColumnValue.ToConstant(_leaf.Type, null, slotCount, _pool);
            return none.Flatten(_pool);
        }

        if (_dictionary is not null)
        {
            return ReadIds(_dictionary, slotCount, valueCount, validity);
        }

        if (_values is null)
        {
            validity.Release();
            throw new InvalidDataException("it has no values");
        }

        return _assembler.Read(_values, slotCount, valueCount, validity);
    }

    /// <summary>Passes over the values of entries whose levels are read.</summary>
    /// <param name="valueCount">Those that are not NULL.</param>
    public void SkipValues(int valueCount)
    {
        if (valueCount == 0)
        {
            return;
        }

        if (_dictionary is not null)
        {
            _ids.Skip(valueCount);
        }
        else if (_values is not null)
        {
            _values.Skip(valueCount, _leaf.StoredWidth, _pool);
        }
        else
        {
            throw new InvalidDataException("it has no values");
        }
    }

    public void Dispose()
    {
        _values?.Dispose();
        _content.Release();
    }

    /// <summary>Finds the levels, which stand before the values: those of repetition, then those of definition.</summary>
    private void OpenLevels(PageHeader header, ref PageBytes page)
    {
        var levels = _leaf.Levels;
        if (header.Type != PageType.DataV2)
        {
            _repetitions = LevelReader.OpenV1(levels.Repetition, header.RepetitionEncoding, header.ValueCount, ref page);
            _definitions = LevelReader.OpenV1(levels.Definition, header.DefinitionEncoding, header.ValueCount, ref page);
            return;
        }

        // That their lengths fit was checked when the page was decompressed.
        var definition = page.Start + header.RepetitionLength;
        _repetitions = LevelReader.OpenV2(levels.Repetition, page.Start, header.RepetitionLength);
        _definitions = LevelReader.OpenV2(levels.Definition, definition, header.DefinitionLength);
        page = page with { Start = definition + header.DefinitionLength };
    }

    private DictionaryColumn ReadIds(Column dictionary, int slotCount, int valueCount, BufferSlice validity)
    {
        NativeBuffer? ids = null;
        try
        {
            // As narrow as the dictionary allows, so that all pages of a chunk agree.
            var width = dictionary.Length <= 1 << 8 ? 1 : dictionary.Length <= 1 << 16 ? 2 : 4;
            ids = _pool.Allocate((long)slotCount * width, "dictionary ids");
            switch (width)
            {
                case 1: ReadIds(ids.Pointer, dictionary.Length, slotCount, valueCount, validity); break;
                case 2: ReadIds((ushort*)ids.Pointer, dictionary.Length, slotCount, valueCount, validity); break;
                default: ReadIds((uint*)ids.Pointer, dictionary.Length, slotCount, valueCount, validity); break;
            }

            return new DictionaryColumn(slotCount, new BufferSlice(ids), width, dictionary.Retain(), validity);
        }
        catch
        {
            ids?.Release();
            validity.Release();
            throw;
        }
    }

    private void ReadIds<T>(T* target, int dictionaryLength, int slotCount, int valueCount, BufferSlice validity)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (_ids.Width <= sizeof(T) * 8)
        {
            _ids.Read(target, valueCount);
            CheckIds(new ReadOnlySpan<T>(target, valueCount), dictionaryLength);
        }
        else
        {
            // Written wider than needed.
            using var wide = new RowIndexes(valueCount, _pool);
            _ids.Read((uint*)wide.Pointer, valueCount);
            CheckIds(new ReadOnlySpan<uint>(wide.Pointer, valueCount), dictionaryLength);
            for (var i = 0; i < valueCount; i++)
            {
                target[i] = T.CreateTruncating(wide.Pointer[i]);
            }
        }

        if (valueCount < slotCount)
        {
            Spreading.Spread(target, slotCount, valueCount, validity.Pointer);
        }
    }

    private static void CheckIds<T>(ReadOnlySpan<T> ids, int dictionaryLength)
        where T : unmanaged, IBinaryInteger<T>
    {
        var most = IdCheck.Max(ids);
        if (most >= (ulong)dictionaryLength)
        {
            throw new InvalidDataException($"id {most} is not in its dictionary of {dictionaryLength}");
        }
    }
}
