using System.IO.Hashing;
using System.Runtime.InteropServices;
using Engine.Core.Columns;
using Engine.Core.Errors;
using Engine.Core.Memory;
using Engine.Storage.Compression;

namespace Engine.Storage.Parquet.Writing;

/// <summary>Encodes one leaf's part of a row group, page after page; the pages wait in memory until the chunks before it are written.</summary>
internal sealed unsafe class ColumnChunkWriter : IDisposable
{
    private readonly StoredLeaf _leaf;
    private readonly ParquetWriteOptions _options;
    private readonly MemoryPool _pool;
    private readonly CompressorSet _compressors;
    private readonly ValueBuffer _values;
    private readonly ValueEncoder _encoder;
    private readonly ByteSink _definitions;
    private readonly ByteSink _repetitions;
    private readonly ByteSink _body;
    private readonly ByteSink? _hashes;
    private readonly Crc32 _checksum = new();
    private readonly BlockList _dictionaryPage;
    private readonly BlockList _dataPages;
    private readonly CompactWriter _header = new();
    private readonly List<WrittenPage> _pages = [];
    private readonly Dictionary<(PageType, ParquetEncoding), int> _encodings = [];
    private readonly long[] _definitionCounts;
    private readonly long[] _repetitionCounts;
    private long _uncompressedBytes;
    private long _groupRows;
    private int _pageRows;

    public ColumnChunkWriter(StoredLeaf leaf, ParquetWriteOptions options, CompressorSet compressors, MemoryPool pool)
    {
        _leaf = leaf;
        _options = options;
        _compressors = compressors;
        _pool = pool;
        _values = ValueBuffer.Create(leaf, pool);
        _encoder = new ValueEncoder(options, pool);
        _definitions = new ByteSink(pool, "parquet levels");
        _repetitions = new ByteSink(pool, "parquet levels");
        _body = new ByteSink(pool, "parquet page");
        _dictionaryPage = new BlockList(pool);
        _dataPages = new BlockList(pool);
        _definitionCounts = new long[leaf.MaxDefinition + 1];
        _repetitionCounts = new long[leaf.MaxRepetition + 1];
        if (options.BloomColumns.Contains(leaf.Path[0]) || options.BloomColumns.Contains(leaf.DottedPath))
        {
            _hashes = new ByteSink(pool, "parquet bloom filter");
        }
    }

    /// <summary>Bytes in memory: pages that are done, the one that grows, the dictionary, and the hashes for the bloom filter.</summary>
    public long BufferedBytes => _dataPages.Length + PageBytes + (_encoder.UsedEntries?.PlainBytes ?? 0) + (_hashes?.Length ?? 0);

    /// <summary>Whether its levels say more than which rows are NULL.</summary>
    private bool IsNested => _leaf.MaxDefinition > 1;

    private long PageBytes => _values.PlainBytes + _definitions.Length + _repetitions.Length;

    /// <summary>Appends whole rows, none behind a multiple of a page's; a page that has enough of them is encoded.</summary>
    /// <param name="column">The leaf's values.</param>
    /// <param name="frame">Where they are and their levels; used up.</param>
    /// <param name="rowCount">Rows of the table.</param>
    public void Append(FlatColumn column, LevelFrame frame, int rowCount)
    {
        _definitions.Add(new ReadOnlySpan<byte>(frame.Definitions, frame.Count));
        if (_leaf.MaxRepetition > 0)
        {
            _repetitions.Add(new ReadOnlySpan<byte>(frame.Repetitions, frame.Count));
        }

        _values.Append(column, frame.CompactRows());
        _pageRows += rowCount;
        if ((_groupRows + _pageRows) % _options.PageRows == 0 || PageBytes >= _options.PageBytes)
        {
            EncodePage();
        }
    }

    /// <summary>Ends the chunk: what the footer will say of it. <see cref="WriteTo"/> writes its pages.</summary>
    public WrittenChunk Finish()
    {
        EncodePage();
        var dictionary = _encoder.UsedEntries;
        if (dictionary is not null)
        {
            _body.Clear();
            dictionary.WritePlain(_body);
            AddHashes(dictionary);
            AddPage(_dictionaryPage, PageType.Dictionary, ParquetEncoding.Plain, [], _body.Span, PageHeaderWriter.Dictionary(dictionary.Count));
        }

        var order = PageOrder.Of(_pages, _values);
        return new WrittenChunk
        {
            Leaf = _leaf,
            Pages = _pages,
            EncodingCounts = _encodings,
            UncompressedBytes = _uncompressedBytes,
            CompressedBytes = _dictionaryPage.Length + _dataPages.Length,
            Bounds = order is null ? null : BoundsOfAll(),
            DistinctCount = _encoder.HoldsAll && !_leaf.Type.IsFloating ? dictionary?.Count : null,
            DefinitionCounts = _definitionCounts,
            RepetitionCounts = _repetitionCounts,
            Order = order,
            Bloom = _hashes is null ? null : BloomFilterBuilder.Build(new Span<ulong>(_hashes.Pointer, (int)(_hashes.Length / sizeof(ulong)))),
        };
    }

    /// <summary>Writes dictionary and pages.</summary>
    public void WriteTo(Stream output, WrittenChunk chunk, ref long position)
    {
        chunk.DictionaryOffset = _dictionaryPage.Length > 0 ? position : null;
        chunk.DataOffset = position + _dictionaryPage.Length;
        _dictionaryPage.WriteTo(output);
        _dataPages.WriteTo(output);
        position += _dictionaryPage.Length + _dataPages.Length;
    }

    public void Dispose()
    {
        _values.Dispose();
        _encoder.Dispose();
        _definitions.Dispose();
        _repetitions.Dispose();
        _body.Dispose();
        _hashes?.Dispose();
        _dictionaryPage.Dispose();
        _dataPages.Dispose();
    }

    private void EncodePage()
    {
        if (_pageRows == 0)
        {
            return;
        }

        if (PageBytes > int.MaxValue / 2)
        {
            throw new QueryException(
                ErrorCodes.ProgramLimitExceeded, $"column {_leaf.DottedPath} has values of {PageBytes} bytes in {_pageRows} rows, too long for a Parquet page");
        }

        var isVersion2 = _options.UsePageVersion2;
        _body.Clear();
        var repetitionBytes = WriteLevels(_repetitions, _leaf.MaxRepetition, isVersion2);
        var definitionBytes = WriteLevels(_definitions, _leaf.MaxDefinition, isVersion2);
        var encoding = _encoder.Write(_values, _body);
        if (encoding != ParquetEncoding.RleDictionary)
        {
            AddHashes(_values);
        }

        if (IsNested)
        {
            Count(_definitions.Span, _definitionCounts);
            Count(_repetitions.Span, _repetitionCounts);
        }

        var valueCount = (int)_definitions.Length;
        var levels = isVersion2 ? repetitionBytes + definitionBytes : 0;
        var header = isVersion2
            ? PageHeaderWriter.DataV2(valueCount, valueCount - _values.Count, _pageRows, encoding, definitionBytes, repetitionBytes)
            : PageHeaderWriter.Data(valueCount, encoding);
        var offset = _dataPages.Length;
        AddPage(_dataPages, isVersion2 ? PageType.DataV2 : PageType.Data, encoding, _body.Span[..levels], _body.Span[levels..], header);
        var nullCount = valueCount - _values.Count;
        _pages.Add(new WrittenPage(offset, (int)(_dataPages.Length - offset), _groupRows, valueCount, nullCount, _values.FindBounds(), _values.ByteArrayBytes));
        _groupRows += _pageRows;
        _pageRows = 0;
        _values.Clear();
        _definitions.Clear();
        _repetitions.Clear();
    }

    /// <summary>Of all pages, each of which has bounds or no value.</summary>
    private ValueBounds? BoundsOfAll()
    {
        ValueBounds? bounds = null;
        foreach (var page in _pages.Where(page => page.Bounds is not null))
        {
            bounds = bounds is null ? page.Bounds : ValueBounds.Union(bounds, page.Bounds!, _values.Compare);
        }

        return bounds;
    }

    /// <summary>Levels as runs: behind their length in bytes in a page of version 1, whose header says it in version 2.</summary>
    /// <returns>Bytes written.</returns>
    private int WriteLevels(ByteSink levels, int maxLevel, bool isVersion2)
    {
        if (maxLevel == 0)
        {
            return 0;
        }

        var start = _body.Length;
        _body.Reserve(sizeof(int));
        _body.Advance(isVersion2 ? 0 : sizeof(int));
        var runs = _body.Length;
        RunWriter.Write(levels.Span, BitPacker.WidthOf((ulong)maxLevel), _body);
        if (!isVersion2)
        {
            *(int*)(_body.Pointer + start) = (int)(_body.Length - runs);
        }

        return (int)(_body.Length - start);
    }

    /// <summary>Compresses a page and puts it behind its header. What does not shrink stays as it is where the header can say so, in version 2.</summary>
    private void AddPage(BlockList target, PageType type, ParquetEncoding encoding, ReadOnlySpan<byte> levels, ReadOnlySpan<byte> values, PageHeaderWriter header)
    {
        var compressor = _compressors.Rent();
        try
        {
            var compressed = compressor.Compress(values);
            var isCompressed = type != PageType.DataV2 || compressed.Length < values.Length;
            var stored = isCompressed ? compressed : values;
            _checksum.Reset();
            _checksum.Append(levels);
            _checksum.Append(stored);
            _header.Clear();
            header.Write(_header, type, levels.Length + values.Length, levels.Length + stored.Length, isCompressed, _checksum.GetCurrentHashAsUInt32());
            target.Add(_header.Written);
            target.Add(levels);
            target.Add(stored);
        }
        finally
        {
            _compressors.Return(compressor);
        }

        _uncompressedBytes += _header.Length + levels.Length + values.Length;
        CollectionsMarshal.GetValueRefOrAddDefault(_encodings, (type, encoding), out _)++;
    }

    private void AddHashes(ValueBuffer values)
    {
        if (_hashes is not null)
        {
            values.AddHashes(_hashes);
        }
    }

    private static void Count(ReadOnlySpan<byte> levels, long[] counts)
    {
        foreach (var level in levels)
        {
            counts[level]++;
        }
    }
}
