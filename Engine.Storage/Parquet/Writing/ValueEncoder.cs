using System.Runtime.InteropServices;
using Engine.Core.Memory;

namespace Engine.Storage.Parquet.Writing;

/// <summary>
/// Chooses how the values of each page of a chunk are encoded. A chunk begins with a dictionary and keeps it while it pays: while dictionary and ids are
/// smaller than the values themselves and, for integers, than their differences. Once given up, a dictionary serves the pages before alone.
/// </summary>
internal sealed unsafe class ValueEncoder(ParquetWriteOptions options, MemoryPool pool) : IDisposable
{
    /// <summary>Pages over which a dictionary may show that it pays: its entries come early, its ids in every page.</summary>
    private const int TrialPages = 4;

    private readonly ByteSink _ids = new(pool, "parquet dictionary ids");
    private readonly ByteSink _encodedIds = new(pool, "parquet dictionary ids");
    private readonly ByteSink _dense = new(pool, "parquet page");
    private ValueDictionary? _dictionary;
    private int _usedEntryCount;
    private int _pageCount;
    private int _dictionaryPages;
    private long _plainBytes;
    private long _idBytes;
    private bool _isGivenUp = !options.UseDictionary;

    /// <summary>The dictionary that pages refer to; null when none does.</summary>
    public ValueBuffer? UsedEntries => _dictionaryPages > 0 ? _dictionary!.Entries : null;

    /// <summary>Whether every page is encoded by the dictionary, which then has exactly the chunk's distinct values.</summary>
    public bool HoldsAll => _dictionaryPages > 0 && _dictionaryPages == _pageCount;

    /// <summary>Appends the encoded values of a page.</summary>
    public ParquetEncoding Write(ValueBuffer values, ByteSink target)
    {
        if (values.Count == 0)
        {
            return ParquetEncoding.Plain;
        }

        _pageCount++;
        if (!_isGivenUp && TryWriteIds(values, target))
        {
            _dictionaryPages++;
            return ParquetEncoding.RleDictionary;
        }

        if (values.TryWriteDense(target, options.UseDelta, options.UseByteStreamSplit) is { } dense)
        {
            return dense;
        }

        values.WritePlain(target);
        return ParquetEncoding.Plain;
    }

    public void Dispose()
    {
        _ids.Dispose();
        _encodedIds.Dispose();
        _dense.Dispose();
        _dictionary?.Dispose();
    }

    private bool TryWriteIds(ValueBuffer values, ByteSink target)
    {
        _dictionary ??= values.CreateDictionary(pool);
        _isGivenUp = _dictionary is null;
        if (_dictionary is null)
        {
            return false;
        }

        _ids.Clear();
        var ids = new Span<int>(_ids.Reserve(values.Count * (long)sizeof(int)), values.Count);
        _usedEntryCount = _dictionary.Entries.Count;
        if (_dictionary.TryEncode(values, ids, options.DictionaryBytes))
        {
            WriteIds(ids, _dictionary.Entries.Count);
            _plainBytes += values.PlainBytes;
            _idBytes += _encodedIds.Length;
            if (Pays(values))
            {
                target.Add(_encodedIds.Span);
                return true;
            }
        }

        _isGivenUp = true;
        _dictionary.Entries.Truncate(_usedEntryCount);
        return false;
    }

    /// <summary>The width of ids in a byte, then their runs.</summary>
    private void WriteIds(ReadOnlySpan<int> ids, int entryCount)
    {
        _encodedIds.Clear();
        var width = BitPacker.WidthOf((ulong)Math.Max(0, entryCount - 1));
        _encodedIds.Add((byte)width);
        RunWriter.Write(MemoryMarshal.Cast<int, uint>(ids), width, _encodedIds);
    }

    private bool Pays(ValueBuffer values)
    {
        var entryBytes = _dictionary!.Entries.PlainBytes;
        if (_dictionaryPages == 0)
        {
            // Later pages will share the entries of the first: a quarter of them counts against the differences, an eighth more than the values is let pass.
            _dense.Clear();
            var isSmaller = values.TryWriteDense(_dense, options.UseDelta, useByteStreamSplit: false) != ParquetEncoding.DeltaBinaryPacked
                || (entryBytes / 4) + _idBytes < _dense.Length;
            return isSmaller && entryBytes + _idBytes <= _plainBytes / 8 * 9;
        }

        return _dictionaryPages >= TrialPages || entryBytes + _idBytes <= _plainBytes;
    }
}
