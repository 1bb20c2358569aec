using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Engine.Core.Types;

namespace Engine.Core.Connectors;

/// <summary>Everything a worker needs to read a table, as a value that travels inside a plan.</summary>
/// <param name="Name">What EXPLAIN and messages call it.</param>
/// <param name="Schema">The columns that a scan may ask for, hidden ones included.</param>
[JsonDerivedType(typeof(FileTableSource), "files")]
[JsonDerivedType(typeof(SeriesTableSource), "series")]
[JsonDerivedType(typeof(MemoryTableSource), "memory")]
[JsonDerivedType(typeof(MetadataTableSource), "metadata")]
[JsonDerivedType(typeof(TpchTableSource), "tpch")]
public abstract record TableSource(string Name, Schema Schema);

/// <summary>
/// A set of files of one format. <see cref="TableSource.Schema"/> has the file columns first, then the partition columns, then
/// <see cref="HiddenColumns.All"/>.
/// </summary>
/// <param name="Name">As above.</param>
/// <param name="Format">The name of an <see cref="IFileFormat"/>.</param>
/// <param name="Options">Settled options.</param>
/// <param name="FileSchema">The columns inside the files.</param>
/// <param name="PartitionSchema">The columns whose values come from the path.</param>
/// <param name="Files">The files to read.</param>
/// <param name="OnError">What happens to a value that does not fit.</param>
public sealed record FileTableSource(
    string Name,
    string Format,
    FormatOptions Options,
    Schema FileSchema,
    Schema PartitionSchema,
    ImmutableArray<PartitionedFile> Files,
    OnError OnError)
    : TableSource(Name, SchemaOf(FileSchema, PartitionSchema))
{
    /// <summary>Whether the rows are the errors that reading the table meets, in the columns of <see cref="RowErrorColumns"/>.</summary>
    public bool ErrorsOnly { get; init; }

    /// <summary>Whether a scan of it applies conditions over the columns in its files itself.</summary>
    public bool AppliesConditions { get; init; }

    /// <summary>Why each column of <see cref="FileSchema"/> has its type, for DESCRIBE; null for declared ones. It stays where the table was opened.</summary>
    [JsonIgnore]
    public ImmutableArray<ColumnEvidence?> Evidence { get; init; } = [];

    /// <summary>The table of this table's row errors: nothing fails there, everything that does not fit is a row.</summary>
    public FileTableSource ForErrors() => this with { Name = Name + "$errors", Schema = RowErrorColumns.Schema, ErrorsOnly = true, OnError = OnError.Skip };

    private static Schema SchemaOf(Schema fileSchema, Schema partitionSchema) => new([.. fileSchema.Fields, .. partitionSchema.Fields, .. HiddenColumns.All]);
}

/// <summary>The integers from <paramref name="Start"/> in steps up to <paramref name="Stop"/>.</summary>
public sealed record SeriesTableSource(string Name, long Start, long Stop, long Step, bool IsInclusive)
    : TableSource(Name, Schema.Of(new Field(Name, DataType.BigInt)))
{
    /// <summary>How many there are.</summary>
    public Int128 Count
    {
        get
        {
            var distance = (Int128)Stop - Start;
            if (distance == 0 ? !IsInclusive : (distance > 0) != (Step > 0))
            {
                return 0;
            }

            var steps = distance / Step;
            return IsInclusive || distance % Step != 0 ? steps + 1 : steps;
        }
    }
}

/// <summary>The rows of a table in memory as they are at one moment. Its columns are followed by <see cref="RowId"/>.</summary>
/// <param name="Name">As above.</param>
/// <param name="Columns">The table's own columns.</param>
/// <param name="Table">Its number in the store.</param>
/// <param name="Generation">Another one as soon as rows are changed or taken out; adding rows keeps it.</param>
/// <param name="RowCount">Rows that are seen: the first ones, so that none is that comes later.</param>
public sealed record MemoryTableSource(string Name, Schema Columns, long Table, long Generation, long RowCount)
    : TableSource(Name, new Schema([.. Columns.Fields, RowId]))
{
    /// <summary>The row's place in the table, from 0, which stays the same within a generation.</summary>
    public static readonly Field RowId = new("$row_id", DataType.BigInt, IsHidden: true);
}

/// <summary>A table that tells of the engine itself: of its catalogs, tables, settings and statements. Its rows are made when it is read.</summary>
/// <param name="Name">Its schema and name: <c>information_schema.tables</c>.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Catalog">The only catalog that it tells of; null for those that the session reaches.</param>
public sealed record MetadataTableSource(string Name, Schema Columns, string? Catalog) : TableSource(Name, Columns);

/// <summary>A table of the TPC-H benchmark, whose rows are made when they are read.</summary>
/// <param name="Name">The table's name in the specification.</param>
/// <param name="Schema">As above.</param>
/// <param name="ScaleFactor">How large it is; 1 is about a gigabyte for all tables together.</param>
/// <param name="RowCount">Its rows; for lineitem nearly.</param>
public sealed record TpchTableSource(string Name, Schema Schema, decimal ScaleFactor, long RowCount) : TableSource(Name, Schema);

/// <summary>A file and the text of its partition columns, as long as the partition schema; null is NULL.</summary>
public sealed record PartitionedFile(DataFile File, ImmutableArray<string?> PartitionValues);

/// <summary>What a scan does with a row or value that does not fit the schema. Each is counted and reported, whatever is chosen.</summary>
public enum OnError : byte
{
    /// <summary>The query fails and names file, line, column and value.</summary>
    Fail,

    /// <summary>The field becomes NULL.</summary>
    Null,

    /// <summary>The row is left out.</summary>
    Skip,
}

/// <summary>Columns that every file table has besides those in its files.</summary>
public static class HiddenColumns
{
    public static readonly Field Path = new("$path", DataType.Varchar, IsHidden: true);

    /// <summary>The row's place in its file, from 1.</summary>
    public static readonly Field RowNumber = new("$row_number", DataType.BigInt, IsHidden: true);

    public static readonly Field FileTime = new("$file_time", DataType.TimestampTz, IsHidden: true);

    public static readonly ImmutableArray<Field> All = [Path, RowNumber, FileTime];
}
