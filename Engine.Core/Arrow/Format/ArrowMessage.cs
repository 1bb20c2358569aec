using System.Collections.Immutable;
using Engine.Core.Errors;

namespace Engine.Core.Arrow.Format;

/// <summary>The members of Arrow's MessageHeader union that are read.</summary>
internal enum ArrowMessageKind : byte
{
    None,
    Schema,
    DictionaryBatch,
    RecordBatch,
}

/// <summary>How the buffers of a body are compressed (Message.fbs).</summary>
public enum ArrowCompression : byte
{
    /// <summary>LZ4 frames.</summary>
    Lz4Frame,

    /// <summary>Zstandard frames.</summary>
    Zstd,

    None = byte.MaxValue,
}

/// <summary>The length and number of NULLs of a column or a part of one.</summary>
internal readonly record struct ArrowNode(long Length, long NullCount);

/// <summary>A stretch of a body, whose end has been checked.</summary>
internal readonly record struct ArrowRange(long Offset, long Length);

/// <summary>What stands in the metadata of a record batch.</summary>
internal sealed record ArrowBatchHeader(
    long Length, ImmutableArray<ArrowNode> Nodes, ImmutableArray<ArrowRange> Buffers, ImmutableArray<long> VariadicCounts, ArrowCompression Compression);

/// <summary>The metadata of a message (Message.fbs).</summary>
/// <param name="Kind">What it is.</param>
/// <param name="BodyLength">Bytes that follow.</param>
/// <param name="HasUnionValidity">Whether unions have validity, as before version 5 of the metadata.</param>
internal sealed record ArrowMessage(ArrowMessageKind Kind, long BodyLength, bool HasUnionValidity)
{
    /// <summary>Metadata version 4, the oldest that is read: that of Arrow 0.8 up to 0.17.</summary>
    public const int FirstVersion = 3;
    public const int Version = 4;

    private const int MaxVariadicCount = 1 << 24;

    /// <summary>Of a schema.</summary>
    public ImmutableArray<ArrowField> Fields { get; private init; } = [];

    /// <summary>Of a record batch, or of the values of a dictionary.</summary>
    public ArrowBatchHeader? Batch { get; private init; }

    public long DictionaryId { get; private init; }

    /// <summary>Whether a dictionary's values come behind those that are there.</summary>
    public bool IsDelta { get; private init; }

    /// <exception cref="InvalidDataException">For bytes that are no message.</exception>
    /// <exception cref="QueryException">0A000 for what is valid, but not read.</exception>
    public static ArrowMessage Read(ReadOnlySpan<byte> bytes)
    {
        var table = FlatTable.Root(bytes);
        var version = table.Int16(0);
        CheckVersion(version);
        var kind = (ArrowMessageKind)table.Byte(1);
        var message = new ArrowMessage(kind, table.Int64(3), version < Version);
        if (message.BodyLength < 0)
        {
            throw new InvalidDataException($"a message has a body of {message.BodyLength} bytes");
        }

        switch (kind)
        {
            case ArrowMessageKind.Schema:
                return message with { Fields = ArrowSchemaReader.Read(table.Table(2)) };
            case ArrowMessageKind.RecordBatch:
                return message with { Batch = ReadBatch(table.Table(2), message.BodyLength) };
            case ArrowMessageKind.DictionaryBatch:
                var dictionary = table.Table(2);
                return message with
                {
                    Batch = ReadBatch(dictionary.Table(1), message.BodyLength),
                    DictionaryId = dictionary.Int64(0),
                    IsDelta = dictionary.Boolean(2),
                };
            default:
                throw new InvalidDataException($"a message of the unknown kind {(int)kind}");
        }
    }

    private static void CheckVersion(short version)
    {
        if (version is < FirstVersion or > Version)
        {
            throw new QueryException(ErrorCodes.FeatureNotSupported, $"the Arrow data has metadata version {version + 1}: versions {FirstVersion + 1} and {Version + 1} are read");
        }
    }

    private static ArrowBatchHeader ReadBatch(FlatTable batch, long bodyLength)
    {
        var nodes = batch.Vector(1, 16);
        var buffers = batch.Vector(2, 16);
        var counts = batch.Vector(4, sizeof(long));
        var header = new ArrowBatchHeader(
            batch.Int64(0),
            ReadAll(nodes, 16, (vector, at) => new ArrowNode(vector.Int64(at), vector.Int64(at + 8))),
            ReadAll(buffers, 16, (vector, at) => new ArrowRange(vector.Int64(at), vector.Int64(at + 8))),
            ReadAll(counts, sizeof(long), (vector, at) => vector.Int64(at)),
            batch.Has(3) ? (ArrowCompression)batch.Table(3).Byte(0) : ArrowCompression.None);
        foreach (var range in header.Buffers)
        {
            if (range.Offset < 0 || range.Length < 0 || range.Offset > bodyLength || range.Length > bodyLength - range.Offset)
            {
                throw new InvalidDataException($"a buffer of {range.Length} bytes at {range.Offset} does not fit a body of {bodyLength}");
            }
        }

        return header.Length is >= 0 and <= int.MaxValue && header.VariadicCounts.All(count => count is >= 0 and <= MaxVariadicCount)
            ? header
            : throw new InvalidDataException($"a batch of {header.Length} rows");
    }

    private delegate T ElementReader<out T>(FlatVector vector, int at);

    private static ImmutableArray<T> ReadAll<T>(FlatVector vector, int elementLength, ElementReader<T> read)
    {
        var items = ImmutableArray.CreateBuilder<T>(vector.Count);
        for (var i = 0; i < vector.Count; i++)
        {
            items.Add(read(vector, i * elementLength));
        }

        return items.MoveToImmutable();
    }
}
