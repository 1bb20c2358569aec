namespace Engine.Storage.Parquet;

/// <summary>A column of a file's rows: a field right below the root of the schema tree.</summary>
/// <param name="Name">As the file spells it.</param>
/// <param name="LeafIndex">Its place among the column chunks of a row group; of a nested column that of its first leaf.</param>
/// <param name="Node">The field.</param>
/// <param name="IsNested">Whether it is a group or repeated, so that more than one value belongs to a row.</param>
internal sealed record ParquetColumn(string Name, int LeafIndex, SchemaElement Node, bool IsNested)
{
    /// <summary>Type and conversion; json for nested columns until they are read.</summary>
    public ColumnMapping Mapping { get; } = IsNested ? new(Engine.Core.Types.DataType.Json, Conversion.None) : ColumnMapping.Of(Node);

    public bool IsOptional => Node.Repetition == Repetition.Optional;

    /// <summary>Bytes of a value as <see cref="ValueDecoder"/> gives it.</summary>
    public int StoredWidth => Node.Physical switch
    {
        PhysicalType.Boolean => 1,
        PhysicalType.Int32 or PhysicalType.Float => 4,
        PhysicalType.Int64 or PhysicalType.Double => 8,
        PhysicalType.Int96 => 12,
        _ => 16,
    };
}
