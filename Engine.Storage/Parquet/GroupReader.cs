using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Types;
using Engine.Storage.Compression;
using Engine.Storage.Connectors;
using Engine.Storage.ObjectStores;
using Engine.Storage.Parquet.Footer;
using Engine.Storage.Parquet.Layout;
using Engine.Storage.Parquet.Nested;
using Engine.Storage.Parquet.Pages;
using Engine.Storage.Parquet.Statistics;

namespace Engine.Storage.Parquet;

/// <summary>The columns of one row group, each opened when it is first asked for and read no further than that.</summary>
/// <param name="reader">The file's bytes; stays the caller's.</param>
/// <param name="file">The file.</param>
/// <param name="groupIndex">The row group.</param>
/// <param name="schema">The columns as the table has them.</param>
/// <param name="skips">Whether rows will be left out, so that it pays to know where pages lie.</param>
/// <param name="context">The scan.</param>
internal sealed class GroupReader(IRangeReader reader, ParquetFile file, int groupIndex, Schema schema, bool skips, ScanContext context) : IDisposable
{
    private readonly OpenColumn?[] _columns = new OpenColumn?[schema.Count];

    /// <summary>The values of a column in some rows.</summary>
    /// <param name="column">Index in the table's schema.</param>
    /// <param name="row">The first row in the group, none of those read before.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Column Read(int column, long row, int count, CancellationToken cancellationToken)
    {
        var field = schema[column];
        var open = _columns[column] ??= Open(field, cancellationToken);
        if (open.Reader is not { } values)
        {
            return ColumnValue.ToConstant(field.Type, null, count, context.Pool);
        }

        return Guard(field.Name, () =>
        {
            if (row > open.NextRow)
            {
                values.Skip(row - open.NextRow, cancellationToken);
            }

            open.NextRow = row + count;
            using var read = values.Read(count, cancellationToken);
            return read.Length == count
                ? TypeWidening.Widen(read, field.Type, context.Pool)
                : throw new InvalidDataException($"it has {read.Length} values where {count} rows are");
        });
    }

    /// <summary>
    /// Has the chunks of leaves fetched that will be read from end to end: all, but those of which pages are known that may be skipped.
    /// </summary>
    public void Prefetch(IEnumerable<LeafNode> leaves) => reader.Prefetch(
    [
        .. leaves.Select(leaf => file.Metadata.RowGroups[groupIndex].Columns[leaf.LeafIndex])
            .Where(chunk => !(skips && chunk.OffsetIndex is not null) && IsInPlace(chunk))
            .Select(chunk => new ByteRange(chunk.Start, chunk.CompressedLength)),
    ]);

    public void Dispose()
    {
        foreach (var column in _columns)
        {
            column?.Reader?.Dispose();
        }
    }

    private OpenColumn Open(Field field, CancellationToken cancellationToken)
    {
        var node = Find(file, field);
        Prefetch(node?.Leaves ?? []);
        return new OpenColumn(node is null ? null : NodeReader.Create(node, leaf => OpenChunk(leaf, cancellationToken), context.Pool));
    }

    /// <summary>A file's column for a column of the table; null where the file has none.</summary>
    public static SchemaNode? Find(ParquetFile file, Field field)
    {
        var column = file.Find(field.Name);
        if (column is LeafNode { IsNullType: true })
        {
            return null;
        }

        return column is null || TypeWidening.IsPossible(column.Type, field.Type)
            ? column
            : throw new QueryException(
                ErrorCodes.DatatypeMismatch, $"column \"{column.Name}\" of file \"{file.Path}\" is {column.Type} there and cannot be read as {field.Type}");
    }

    private bool IsInPlace(ColumnChunk chunk) =>
        chunk.Start >= 4 && chunk.Start <= file.FooterStart && chunk.CompressedLength >= 0 && chunk.CompressedLength <= file.FooterStart - chunk.Start;

    /// <summary>Runs what reads a column: whatever is wrong with its bytes is an error that names file and column.</summary>
    private T Guard<T>(string column, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException)
        {
            throw CorruptData.In(file.Path, $"column \"{column}\": {problem.Message}", problem);
        }
        catch (OverflowException problem)
        {
            throw new QueryException(ErrorCodes.NumericValueOutOfRange, $"column \"{column}\" of file \"{file.Path}\": {problem.Message}", cause: problem);
        }
    }

    private ChunkPages OpenChunk(LeafNode leaf, CancellationToken cancellationToken)
    {
        var group = file.Metadata.RowGroups[groupIndex];
        var chunk = group.Columns[leaf.LeafIndex];
        if (chunk.IsEncrypted)
        {
            throw QueryException.NotSupportedYet($"encrypted Parquet columns, such as \"{leaf.Path}\" of file \"{file.Path}\"");
        }

        if (!string.IsNullOrEmpty(chunk.OtherFile))
        {
            throw QueryException.NotSupportedYet($"Parquet columns in other files, such as \"{leaf.Path}\" in \"{chunk.OtherFile}\"");
        }

        if (chunk.Physical != leaf.Element.Physical)
        {
            throw CorruptData.In(file.Path, $"column \"{leaf.Path}\": its type is {leaf.Element.Physical} in the schema and {chunk.Physical} in the data");
        }

        if (!IsInPlace(chunk))
        {
            throw CorruptData.In(
                file.Path, $"column \"{leaf.Path}\": {chunk.CompressedLength} bytes at {chunk.Start} lie outside the file's data");
        }

        var input = new ChunkInput(reader, chunk.Start, chunk.CompressedLength, file.FooterStart, context.Pool, context.Metrics);
        var pages = new PageSource(input, chunk.Codec, context.Pool, context.Metrics);

        // In lists the number of entries behind a page is not known, so that pages are read one after the other.
        var locations = skips && leaf.Levels.Repetition == 0 ? PageIndexReader.ReadLocations(reader, chunk, group.RowCount, cancellationToken) : null;
        return new ChunkPages(file.Path, groupIndex, leaf, pages, chunk.ValueCount, locations, context.Pool);
    }

    /// <summary>A column's reader, null where the file has no such column, and the row that it stands at.</summary>
    private sealed class OpenColumn(NodeReader? reader)
    {
        public NodeReader? Reader => reader;

        public long NextRow { get; set; }
    }
}
