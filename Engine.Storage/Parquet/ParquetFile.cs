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

    private ParquetFile(string path, long footerStart, FileMetadata metadata)
    {
        Path = path;
        FooterStart = footerStart;
        Metadata = metadata;
        Columns = SchemaTree.Build(metadata.Schema);
    }

    public string Path { get; }

    /// <summary>Where the footer begins and no page can lie any more.</summary>
    public long FooterStart { get; }

    public FileMetadata Metadata { get; }

    public ImmutableArray<SchemaNode> Columns { get; }

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
            throw CorruptData.In(reader.Path, $"the Parquet footer: {problem.Message}", problem);
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
        var tail = ReadTail(reader, TailLength, cancellationToken);
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

        if (length + EndLength > tail.Length)
        {
            tail = ReadTail(reader, (int)length + EndLength, cancellationToken);
        }

        var thrift = new CompactReader(tail.AsSpan(tail.Length - EndLength - (int)length, (int)length));
        var metadata = FooterParser.ReadFile(ref thrift);
        var file = new ParquetFile(reader.Path, reader.Length - EndLength - length, metadata);
        file.CheckRowGroups();
        return file;
    }

    private static byte[] ReadTail(IRangeReader reader, int length, CancellationToken cancellationToken)
    {
        var tail = new byte[Math.Min(length, reader.Length)];
        var read = reader.Read(reader.Length - tail.Length, tail, cancellationToken);
        return read == tail.Length ? tail : throw new InvalidDataException("the file got shorter while it was read");
    }

    private void CheckRowGroups()
    {
        var (total, most) = (0L, Math.Max(1, FooterStart / 8));
        var leaves = Columns.SelectMany(column => column.Leaves).ToList();
        foreach (var group in Metadata.RowGroups)
        {
            // A page takes more than eight bytes and has a 32-bit number of rows: more than that no file can hold.
            if (group.RowCount < 0 || group.RowCount / int.MaxValue > most || total > long.MaxValue - group.RowCount)
            {
                throw new InvalidDataException($"a row group of {group.RowCount} rows");
            }

            total += group.RowCount;
            if (group.Columns.Length != leaves.Count)
            {
                throw new InvalidDataException($"a row group has {group.Columns.Length} columns where the schema has {leaves.Count}");
            }

            foreach (var leaf in leaves)
            {
                // In lists a row has an entry at least.
                var chunk = group.Columns[leaf.LeafIndex];
                var isRight = leaf.Levels.Repetition == 0 ? chunk.ValueCount == group.RowCount : chunk.ValueCount >= group.RowCount;
                if (!chunk.IsEncrypted && !isRight)
                {
                    throw new InvalidDataException($"column \"{leaf.Path}\" has {chunk.ValueCount} values for {group.RowCount} rows");
                }
            }
        }
    }
}
