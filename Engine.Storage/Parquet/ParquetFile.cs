using System.Buffers.Binary;
using System.Collections.Immutable;
using Engine.Core.Errors;
using Engine.Core.Types;
using Engine.Storage.Compression;
using Engine.Storage.ObjectStores;

namespace Engine.Storage.Parquet;

/// <summary>A file's footer, checked against the file, and the columns that its schema tree gives.</summary>
internal sealed class ParquetFile
{
    private const int TailLength = 64 << 10;
    private const int EndLength = 8;
    private const int MaxDepth = 100;

    private ParquetFile(string path, long footerStart, FileMetadata metadata)
    {
        Path = path;
        FooterStart = footerStart;
        Metadata = metadata;
        Columns = FindColumns(metadata.Schema);
    }

    public string Path { get; }

    /// <summary>Where the footer begins and no page can lie any more.</summary>
    public long FooterStart { get; }

    public FileMetadata Metadata { get; }

    public ImmutableArray<ParquetColumn> Columns { get; }

    public Schema Schema => new([.. Columns.Select(column => new Field(column.Name, column.Mapping.Type))]);

    /// <summary>Rows of the groups together; what the footer claims for the whole is not needed.</summary>
    public long RowCount => Metadata.RowGroups.Sum(group => group.RowCount);

    /// <summary>
    /// Whether null counts of columns can be believed. Arrow C++ before version 5 counts none in the columns that it was handed
    /// dictionary-encoded, whatever is in them.
    /// </summary>
    public bool HasNullCounts =>
        !(Metadata.CreatedBy.StartsWith("parquet-cpp", StringComparison.Ordinal)
            && Metadata.CreatedBy.IndexOf("version ", StringComparison.Ordinal) is > 0 and var at
            && at + 9 < Metadata.CreatedBy.Length && Metadata.CreatedBy[at + 8] is >= '0' and <= '4' && Metadata.CreatedBy[at + 9] == '.');

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
    public ParquetColumn? Find(string name)
    {
        var near = new List<ParquetColumn>();
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

    private static ImmutableArray<ParquetColumn> FindColumns(ImmutableArray<SchemaElement> schema)
    {
        if (schema.IsEmpty)
        {
            throw new InvalidDataException("it has no schema");
        }

        var columns = ImmutableArray.CreateBuilder<ParquetColumn>();
        var (next, leaf) = (1, 0);
        for (var i = 0; i < schema[0].ChildCount; i++)
        {
            var (node, firstLeaf) = (next < schema.Length ? schema[next] : throw Unbalanced(), leaf);
            Walk(schema, ref next, ref leaf, MaxDepth);
            columns.Add(new ParquetColumn(node.Name, firstLeaf, node, node.Physical is null || node.Repetition == Repetition.Repeated));
        }

        return next == schema.Length ? columns.ToImmutable() : throw Unbalanced();
    }

    /// <summary>Passes over a field and all below it.</summary>
    private static void Walk(ImmutableArray<SchemaElement> schema, ref int next, ref int leaf, int depth)
    {
        if (next >= schema.Length || depth == 0)
        {
            throw Unbalanced();
        }

        var node = schema[next++];
        if (node.Repetition is < Repetition.Required or > Repetition.Repeated)
        {
            throw new InvalidDataException($"column \"{node.Name}\" has repetition {(int)node.Repetition}");
        }

        if (node.Physical == PhysicalType.FixedLenByteArray && node.TypeLength <= 0)
        {
            throw new InvalidDataException($"column \"{node.Name}\" has values of {node.TypeLength} bytes");
        }

        leaf += node.Physical is null ? 0 : 1;
        for (var i = 0; node.Physical is null && i < node.ChildCount; i++)
        {
            Walk(schema, ref next, ref leaf, depth - 1);
        }
    }

    private static InvalidDataException Unbalanced() => new("its schema tree does not add up");

    private void CheckRowGroups()
    {
        var (total, most) = (0L, Math.Max(1, FooterStart / 8));
        var leafCount = Metadata.Schema.Skip(1).Count(node => node.Physical is not null);
        foreach (var group in Metadata.RowGroups)
        {
            // A page takes more than eight bytes and has a 32-bit number of rows: more than that no file can hold.
            if (group.RowCount < 0 || group.RowCount / int.MaxValue > most || total > long.MaxValue - group.RowCount)
            {
                throw new InvalidDataException($"a row group of {group.RowCount} rows");
            }

            total += group.RowCount;
            if (group.Columns.Length != leafCount)
            {
                throw new InvalidDataException($"a row group has {group.Columns.Length} columns where the schema has {leafCount}");
            }

            foreach (var column in Columns.Where(column => !column.IsNested))
            {
                var chunk = group.Columns[column.LeafIndex];
                if (!chunk.IsEncrypted && chunk.ValueCount != group.RowCount)
                {
                    throw new InvalidDataException($"column \"{column.Name}\" has {chunk.ValueCount} values for {group.RowCount} rows");
                }
            }
        }
    }
}
