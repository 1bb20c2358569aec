using System.Collections.Immutable;
using Engine.Core.Connectors;
using Engine.Core.Memory;
using Engine.Storage.ArrowIpc;
using Engine.Storage.Connectors;
using Engine.Storage.Csv;
using Engine.Storage.Json;
using Engine.Storage.ObjectStores;
using Engine.Storage.ObjectStores.Local;
using Engine.Storage.Parquet;
using Engine.Storage.Parquet.Inspection;
using Engine.Storage.TextLog;

namespace Engine.Storage;

/// <summary>The stores and formats of an engine, put together.</summary>
public sealed record StorageFormats(IFileLister Lister, ImmutableArray<IFileFormat> Formats, ITableConnector Connector)
{
    /// <param name="pool">What looks at samples are accounted to.</param>
    public static StorageFormats Create(MemoryPool pool)
    {
        var store = new ObjectStoreSet([new LocalObjectStore()]);
        ImmutableArray<IFileFormat> formats = [new CsvFormat(store, pool), new JsonFormat(store), new LogFormat(store), new TextFormat(store), new ParquetFormat(store), new ArrowFormat(store), .. ParquetInspections.Create(store)];
        return new StorageFormats(store, formats, new FileConnector(formats));
    }
}
