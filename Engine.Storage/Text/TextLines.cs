using Engine.Core.Connectors;
using Engine.Storage.ObjectStores;

namespace Engine.Storage.Text;

/// <summary>
/// Finds the number of the line at a place of a text, for messages. A file that can be entered anywhere is read again up to the place, and only
/// when there is something to report; of any other text the lines are counted as it passes.
/// </summary>
internal sealed class TextLines(IObjectStore store, DataFile file, bool isPlain, bool countsReturns, CancellationToken cancellationToken)
{
    private const int ChunkLength = 256 << 10;

    private long _knownOffset;
    private long _knownLine = 1;

    /// <summary>Counts the lines of text that was passed; does nothing for plain files.</summary>
    public void Pass(ReadOnlySpan<byte> text)
    {
        if (!isPlain)
        {
            _knownLine += CountEnds(text);
            _knownOffset += text.Length;
        }
    }

    /// <summary>The line that begins at, or goes on over, a place.</summary>
    public long LineAt(long offset, ReadOnlySpan<byte> blockBefore = default)
    {
        if (!isPlain)
        {
            return _knownLine + CountEnds(blockBefore);
        }

        if (offset < _knownOffset)
        {
            (_knownOffset, _knownLine) = (0, 1);
        }

        using var reader = store.Open(file);
        var chunk = new byte[ChunkLength];
        while (_knownOffset < offset)
        {
            var count = reader.Read(_knownOffset, chunk.AsSpan(0, (int)Math.Min(ChunkLength, offset - _knownOffset)), cancellationToken);
            if (count == 0)
            {
                break;
            }

            _knownLine += CountEnds(chunk.AsSpan(0, count));
            _knownOffset += count;
        }

        return _knownLine;
    }

    /// <summary>Line feeds; where returns end lines too, those without a feed behind them.</summary>
    private long CountEnds(ReadOnlySpan<byte> text) =>
        text.Count((byte)'\n') + (countsReturns ? text.Count((byte)'\r') - text.Count("\r\n"u8) : 0L);
}
