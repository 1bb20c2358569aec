using Engine.Core.Connectors;
using Engine.Storage.ObjectStores;

namespace Engine.Storage.Text;

/// <summary>Cuts files whose records are lines.</summary>
internal static class LineSplits
{
    /// <summary>Pieces of about the given length; one where the file cannot be entered in the middle.</summary>
    public static IReadOnlyList<FileSplit> Cut(IObjectStore store, DataFile file, TextEncoding encoding, long length, CancellationToken cancellationToken)
    {
        var count = Math.Max(1, file.Size / length);
        if (count == 1 || !TextSource.CanSeek(store, file, encoding, cancellationToken))
        {
            return [new FileSplit(file, 0, file.Size)];
        }

        return [.. Enumerable.Range(0, (int)count).Select(i => new FileSplit(file, i * length, i == count - 1 ? file.Size - (i * length) : length))];
    }

    /// <summary>Goes to the first line that begins in a split; gives the place that its lines begin before.</summary>
    public static long Enter(TextSource source, FileSplit split)
    {
        if (split.Start > source.Position)
        {
            // The byte before tells whether a line begins right here.
            source.Seek(split.Start - 1);
            var found = FindLineEnd(source);
            source.Seek(found);
        }

        return split.Start + split.Length >= split.File.Size ? long.MaxValue : split.Start + split.Length;
    }

    private static long FindLineEnd(TextSource source)
    {
        var chunk = new byte[64 << 10];
        while (true)
        {
            var start = source.Position;
            var count = source.Read(chunk);
            var end = chunk.AsSpan(0, count).IndexOf((byte)'\n');
            if (end >= 0 || count < chunk.Length)
            {
                return end >= 0 ? start + end + 1 : start + count;
            }
        }
    }
}
