using System.Buffers.Binary;
using System.Collections.Immutable;
using Engine.Core.Arrow.Format;
using Engine.Core.Arrow.Reading;
using Engine.Core.Types;

namespace Engine.Core.Arrow;

/// <summary>A message of a file: where it begins, and how many bytes it has with its body.</summary>
public readonly record struct ArrowBlock(long Offset, long Length);

/// <summary>The end of a file of the Arrow IPC file format, which tells where its messages are (File.fbs).</summary>
public sealed class ArrowFileFooter
{
    private const int BlockLength = 24;
    private const int EndLength = sizeof(int) + 6;

    private ArrowFileFooter(ImmutableArray<ArrowField> fields, ImmutableArray<ArrowBlock> dictionaries, ImmutableArray<ArrowBlock> batches)
    {
        Fields = fields;
        Dictionaries = dictionaries;
        Batches = batches;
        Schema = ArrowSchema.ToSchema(fields);
    }

    /// <summary>What a file begins with; two bytes of zero follow.</summary>
    public static ReadOnlySpan<byte> Magic => "ARROW1"u8;

    /// <summary>Bytes before the first message.</summary>
    public const int HeadLength = 8;

    public Schema Schema { get; }

    public ImmutableArray<ArrowBlock> Batches { get; }

    /// <summary>Bytes of all dictionaries.</summary>
    public long DictionaryLength => Dictionaries.Sum(block => block.Length);

    internal ImmutableArray<ArrowBlock> Dictionaries { get; }

    internal ImmutableArray<ArrowField> Fields { get; }

    /// <summary>Whether a file of the random access format begins so, rather than a stream.</summary>
    public static bool IsFile(ReadOnlySpan<byte> head) => head.StartsWith(Magic);

    /// <param name="stream">The whole file; it can seek.</param>
    /// <exception cref="InvalidDataException">For a footer that is cut off or makes no sense.</exception>
    public static ArrowFileFooter Read(Stream stream)
    {
        var dataLength = stream.Length - EndLength;
        if (dataLength < HeadLength)
        {
            throw new InvalidDataException($"{stream.Length} bytes are too few for an Arrow file");
        }

        var input = new ArrowInput(stream);
        input.MoveTo(dataLength);
        var end = input.ReadBytes(EndLength);
        if (!end.AsSpan(sizeof(int)).SequenceEqual(Magic))
        {
            throw new InvalidDataException("the file does not end with ARROW1; it may be cut off");
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(end);
        if (length <= 0 || length > dataLength - HeadLength)
        {
            throw new InvalidDataException($"a footer of {length} bytes in a file of {stream.Length}");
        }

        input.MoveTo(dataLength - length);
        var footer = FlatTable.Root(input.ReadBytes(length));

        // The footer's own version is not looked at: old writers leave it out, and every message has one.
        var limit = dataLength - length;
        return new ArrowFileFooter(ArrowSchemaReader.Read(footer.Table(1)), ReadBlocks(footer.Vector(2, BlockLength), limit), ReadBlocks(footer.Vector(3, BlockLength), limit));
    }

    /// <summary>Rows of all batches, from the metadata of each.</summary>
    /// <param name="stream">The file.</param>
    /// <exception cref="InvalidDataException">For metadata that makes no sense.</exception>
    public long CountRows(Stream stream)
    {
        var input = new ArrowInput(stream);
        return Batches.Sum(block => input.ReadMessage(block, ArrowMessageKind.RecordBatch).Batch!.Length);
    }

    private static ImmutableArray<ArrowBlock> ReadBlocks(FlatVector vector, long limit)
    {
        var blocks = ImmutableArray.CreateBuilder<ArrowBlock>(vector.Count);
        for (var i = 0; i < vector.Count; i++)
        {
            var (offset, metadata, body) = (vector.Int64(i * BlockLength), vector.Int32((i * BlockLength) + 8), vector.Int64((i * BlockLength) + 16));
            if (offset < HeadLength || metadata <= 0 || body < 0 || offset > limit || metadata > limit - offset || body > limit - offset - metadata)
            {
                throw new InvalidDataException($"a message of {metadata} and {body} bytes at {offset} lies outside of the file's data");
            }

            blocks.Add(new ArrowBlock(offset, metadata + body));
        }

        return blocks.MoveToImmutable();
    }
}
