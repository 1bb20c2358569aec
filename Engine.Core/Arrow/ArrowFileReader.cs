using System.Collections.Immutable;
using Engine.Core.Arrow.Format;
using Engine.Core.Arrow.Reading;
using Engine.Core.Columns;
using Engine.Core.Memory;

namespace Engine.Core.Arrow;

/// <summary>
/// Reads record batches of the Arrow IPC file format in any order. Dictionaries are read when a column first needs them, wherever in the file
/// they stand.
/// </summary>
/// <exception cref="InvalidDataException">From every member, for bytes that are cut off or make no sense.</exception>
/// <exception cref="OverflowException">From every member, for a value that the engine's type for it cannot hold.</exception>
/// <exception cref="Errors.QueryException">From every member, 0A000 for what is valid but not read, 53200 when the pool is used up.</exception>
public sealed class ArrowFileReader : IDisposable
{
    private readonly ArrowFileFooter _footer;
    private readonly ArrowInput _input;
    private readonly ArrowBatchReader _batches;
    private readonly HashSet<long> _loading = [];
    private ILookup<long, ArrowBlock>? _dictionaryBlocks;

    /// <param name="stream">The whole file; it can seek, and stays the caller's.</param>
    /// <param name="footer">The file's.</param>
    /// <param name="projection">Indexes of the columns wanted, in the order wanted.</param>
    /// <param name="pool">Holds the columns.</param>
    /// <param name="codec">Null where none is at hand.</param>
    public ArrowFileReader(Stream stream, ArrowFileFooter footer, ImmutableArray<int> projection, MemoryPool pool, IArrowCodec? codec)
    {
        _footer = footer;
        _input = new ArrowInput(stream);
        _batches = new ArrowBatchReader(footer.Fields, projection, codec, pool, LoadDictionary);
    }

    /// <summary>A record batch, which may be empty.</summary>
    public Batch ReadBatch(int index) => _batches.ReadBatch(_input, _input.ReadMessage(_footer.Batches[index], ArrowMessageKind.RecordBatch));

    public void Dispose() => _batches.Dispose();

    private void LoadDictionary(long id)
    {
        // A dictionary whose values need it is one that does not exist.
        if (!_loading.Add(id))
        {
            return;
        }

        _dictionaryBlocks ??= _footer.Dictionaries.ToLookup(block => _input.ReadMessage(block, ArrowMessageKind.DictionaryBatch).DictionaryId);
        foreach (var block in _dictionaryBlocks[id])
        {
            _batches.ReadDictionary(_input, _input.ReadMessage(block, ArrowMessageKind.DictionaryBatch));
        }
    }
}
