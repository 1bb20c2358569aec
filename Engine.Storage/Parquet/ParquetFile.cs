using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Types;
using Engine.Storage.Compression;
using Engine.Storage.ObjectStores;
using Engine.Storage.Parquet.Footer;
using Engine.Storage.Parquet.Layout;

namespace Engine.Storage.Parquet;

/// <summary>A file's footer, checked against the file, and the columns that its schema tree gives.</summary>
internal sealed class ParquetFile
{
    private const int TailLength = 64 << 10;
    private const int EndLength = 8;

    private ParquetFile(string path, long footerStart, ReadOnlySpan<byte> footer)
    {
        Path = path;
        FooterStart = footerStart;
        Metadata = FooterParser.ReadFile(footer, ReadChunk);
        Columns = SchemaTree.Build(Metadata.Schema);
        Leaves = [.. Columns.SelectMany(column => column.Leaves).OrderBy(leaf => leaf.LeafIndex)];
        CheckRowGroups();
    }

    public string Path { get; }

    /// <summary>Where the footer begins and no page can lie any more.</summary>
    public long FooterStart { get; }

    public FileMetadata Metadata { get; }

    public ImmutableArray<SchemaNode> Columns { get; }

    /// <summary>The leaves of all columns, in the order of the column chunks.</summary>
    public ImmutableArray<LeafNode> Leaves { get; }

    public Schema Schema => new([.. Columns.Select(column => new Field(column.Name, column.Type))]);

    /// <summary>Rows of the groups together; what the footer claims for the whole is not needed.</summary>
    public long RowCount => Metadata.RowGroups.Sum(group => group.RowCount);

    /// <summary>
    /// Whether null counts of columns can be believed. Arrow C++ before version 5 counts none in the columns that it was handed
    /// dictionary-encoded, whatever is in them (ARROW-12513; so does h2oai_group_small.parquet by version 4.0.1, whose levels tell of NULLs).
    /// </summary>
    public bool HasNullCounts => !IsByOldArrow;

    /// <summary>Whether bounds are values that occur. The same writer took those of the whole dictionary for such columns (ARROW-11634).</summary>
    public bool HasExactBounds => !IsByOldArrow;

    private bool IsByOldArrow =>
        Metadata.CreatedBy.StartsWith("parquet-cpp", StringComparison.Ordinal)
            && Metadata.CreatedBy.IndexOf("version ", StringComparison.Ordinal) is > 0 and var at
            && at + 9 < Metadata.CreatedBy.Length && Metadata.CreatedBy[at + 8] is >= '0' and <= '4' && Metadata.CreatedBy[at + 9] == '.';

    /// <summary>The order that a leaf's bounds are in, as far as the writer says.</summary>
    public ColumnOrder OrderOf(LeafNode leaf) =>
        leaf.LeafIndex < Metadata.ColumnOrders.Length ? Metadata.ColumnOrders[leaf.LeafIndex] : ColumnOrder.Unknown;

    public static ParquetFile Read(IRangeReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return ReadFooter(reader, cancellationToken);
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException)
        {
            throw Corrupt(reader.Path, problem);
        }
    }

    /// <summary>The column of this name, else the only one that differs in case alone, else null.</summary>
    public SchemaNode? Find(string name)
    {
        var near = new List<SchemaNode>();
        foreach (var column in Columns)
        {
            if (string.Equals(column.Name, name, StringComparison.Ordinal))
            {
                return column;
            }

            if (string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                near.Add(column);
            }
        }

        return near.Count == 1 ? near[0] : null;
    }

    private static ParquetFile ReadFooter(IRangeReader reader, CancellationToken cancellationToken)
    {
        var tailStart = Math.Max(0, reader.Length - TailLength);
        var tail = new byte[(int)(reader.Length - tailStart)];
        Fill(tail, reader, tailStart, cancellationToken);
        if (tail.Length < EndLength + 4)
        {
            throw new InvalidDataException($"{reader.Length} bytes are too few for a Parquet file");
        }

        if (tail.AsSpan(tail.Length - 4).SequenceEqual("PARE"u8))
        {
            throw QueryException.NotSupportedYet($"encrypted Parquet files, such as \"{reader.Path}\"");
        }

        if (!tail.AsSpan(tail.Length - 4).SequenceEqual("PAR1"u8))
        {
            throw new InvalidDataException("the file does not end with PAR1; it may be cut off");
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(tail.Length - EndLength));
        if (length > int.MaxValue - EndLength || length + EndLength > reader.Length)
        {
            throw new InvalidDataException($"a length of {length} bytes in a file of {reader.Length}");
        }

        var footerStart = reader.Length - EndLength - length;
        if (footerStart >= tailStart)
        {
            return new ParquetFile(reader.Path, footerStart, tail.AsSpan((int)(footerStart - tailStart), (int)length));
        }

        var lent = ArrayPool<byte>.Shared.Rent((int)length);
        try
        {
            var footer = lent.AsSpan(0, (int)length);
            Fill(footer, reader, footerStart, cancellationToken);
            return new ParquetFile(reader.Path, footerStart, footer);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(lent);
        }
    }

    private static void Fill(Span<byte> bytes, IRangeReader reader, long start, CancellationToken cancellationToken)
    {
        if (reader.Read(start, bytes, cancellationToken) < bytes.Length)
        {
            throw new InvalidDataException("the file got shorter while it was read");
        }
    }

    private static QueryException Corrupt(string path, Exception problem) => CorruptData.In(path, $"the Parquet footer: {problem.Message}", problem);

    /// <summary>What can be said of the groups without a look at their column chunks, which are checked as they are read.</summary>
    private void CheckRowGroups()
    {
        var (total, most) = (0L, Math.Max(1, FooterStart / 8));
        foreach (var group in Metadata.RowGroups)
        {
            // A page takes more than eight bytes and has a 32-bit number of rows: more than that no file can hold.
            if (group.RowCount < 0 || group.RowCount / int.MaxValue > most || total > long.MaxValue - group.RowCount)
            {
                throw new InvalidDataException($"a row group of {group.RowCount} rows");
            }

            total += group.RowCount;
            if (group.Columns.Length != Leaves.Length)
            {
                throw new InvalidDataException($"a row group has {group.Columns.Length} columns where the schema has {Leaves.Length}");
            }
        }
    }

    private ColumnChunk ReadChunk(int leafIndex, ReadOnlySpan<byte> bytes, long rowCount)
    {
        try
        {
            var thrift = new CompactReader(bytes);
            var chunk = ColumnChunk.Read(ref thrift);
            CheckValueCount(Leaves[leafIndex], chunk, rowCount);
            return chunk;
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException)
        {
            throw Corrupt(Path, problem);
        }
    }

    private static void CheckValueCount(LeafNode leaf, ColumnChunk chunk, long rowCount)
    {
        // In lists a row has an entry at least.
        var isRight = leaf.Levels.Repetition == 0 ? chunk.ValueCount == rowCount : chunk.ValueCount >= rowCount;
        if (!chunk.IsEncrypted && !isRight)
        {
            throw new InvalidDataException($"column \"{leaf.Path}\" has {chunk.ValueCount} values for {rowCount} rows");
        }
    }
}
