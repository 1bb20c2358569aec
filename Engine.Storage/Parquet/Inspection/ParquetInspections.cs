using System.Collections.Immutable;
using Engine.Core.Connectors;
using Engine.Storage.Connectors;
using Engine.Storage.ObjectStores;

namespace Engine.Storage.Parquet.Inspection;

/// <summary>What can be asked of Parquet files beside their rows.</summary>
public static class ParquetInspections
{
    /// <param name="store">Where the files lie.</param>
    public static ImmutableArray<IFileFormat> Create(IObjectStore store)
    {
        var footers = new FileMetadataCache<ParquetFile>(store, ParquetFile.Read);
        return
        [
            new ParquetInspection<InspectedChunk>("parquet_metadata", store, footers, InspectedChunk.Columns, InspectedChunk.Of),
            new ParquetInspection<InspectedElement>("parquet_schema", store, footers, InspectedElement.Columns, InspectedElement.Of),
            new ParquetInspection<InspectedPage>("parquet_pages", store, footers, InspectedPage.Columns, InspectedPage.Of),
        ];
    }
}
