using Engine.Core.Arrow;
using Engine.Core.Errors;
using Engine.Core.Types;
using Engine.Storage.Compression;
using Engine.Storage.ObjectStores;
using Engine.Storage.Text;

namespace Engine.Storage.ArrowIpc;

/// <summary>What a file says of itself at its ends.</summary>
/// <param name="Schema">Its columns.</param>
/// <param name="Footer">Of the random access format; null for a stream, which has none, and where the whole file is compressed.</param>
/// <param name="Compression">Of the whole file.</param>
internal sealed record ArrowFile(Schema Schema, ArrowFileFooter? Footer, CompressionKind Compression)
{
    private static ReadOnlySpan<byte> FeatherMagic => "FEA1"u8;

    public static ArrowFile Read(IRangeReader reader, CancellationToken cancellationToken)
    {
        var head = new byte[ArrowFileFooter.HeadLength];
        var length = reader.Read(0, head, cancellationToken);
        if (head.AsSpan().StartsWith(FeatherMagic))
        {
            throw QueryException.NotSupportedYet($"Feather version 1, the format of file \"{reader.Path}\"");
        }

        var compression = CompressionDetection.Detect(reader.Path, head.AsSpan(0, length));
        try
        {
            using var stream = new RangeStream(reader, metrics: null, cancellationToken);
            if (compression == CompressionKind.None && ArrowFileFooter.IsFile(head))
            {
                var footer = ArrowFileFooter.Read(stream);
                return new ArrowFile(footer.Schema, footer, compression);
            }

            using var content = OpenStream(stream, compression, reader.Path);
            return new ArrowFile(ArrowStreamReader.ReadSchema(content), null, compression);
        }
        catch (InvalidDataException problem)
        {
            throw CorruptData.In(reader.Path, problem.Message, problem);
        }
    }

    /// <summary>The first message of what is read from front to back: a stream, or a compressed file of either format.</summary>
    /// <param name="stream">From the file's start; taken over.</param>
    /// <param name="compression">Of the file.</param>
    /// <param name="path">For messages.</param>
    public static Stream OpenStream(Stream stream, CompressionKind compression, string path)
    {
        if (compression == CompressionKind.None)
        {
            return stream;
        }

        var content = DecompressingStream.Open(stream, compression, path);
        var head = new byte[ArrowFileFooter.HeadLength];
        var length = content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return ArrowFileFooter.IsFile(head) ? content : new PrefixedStream(head.AsSpan(0, length).ToArray(), content);
    }

    /// <summary>For each column wanted its index here, or -1: by its exact name, else by the only one that differs in case alone.</summary>
    public int Find(Schema wanted, int index)
    {
        var name = wanted[index].Name;

        // Of equal names, which Arrow allows, the first is the first, the second the second.
        var earlier = wanted.Take(index).Count(field => field.Name == name);
        var exact = Indexes(field => field.Name == name).Skip(earlier).FirstOrDefault(-1);
        return exact >= 0 || earlier > 0
            ? exact
            : Indexes(field => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase)).ToList() is [var only] ? only : -1;
    }

    private IEnumerable<int> Indexes(Func<Field, bool> matches) => Enumerable.Range(0, Schema.Count).Where(index => matches(Schema[index]));
}
