using Engine.Catalog;
using Engine.Catalog.Memory;
using Engine.Catalog.Tpch;
using Engine.Core.Connectors;
using Engine.Core.Memory;
using Engine.Exec.Functions;
using Engine.Exec.Operators.Scan;
using Engine.Exec.Pipelines;
using Engine.Exec.Spill;
using Engine.Server.Metadata.PgCatalog;
using Engine.Server.Metadata.SystemTables;
using Engine.Storage;
using Engine.Storage.Memory;

namespace Engine.Server.Sessions;

/// <summary>The engine inside a process: what all its sessions share. Here, and only here, the parts are put together.</summary>
public sealed class EmbeddedEngine : IDisposable
{
    public EmbeddedEngine(EngineOptions options)
    {
        Options = options;
        Memory = MemoryPool.CreateRoot("the engine", options.MemoryLimitBytes);
        Workers = new WorkerPool(options.Threads);
        Spill = new SpillFolder(options.SpillFolder);
        var storage = StorageFormats.Create(Memory);
        Files = new FileTables(storage.Lister, storage.Formats);
        MemoryTables = new MemoryTables(Memory);
        Catalogs = [new CatalogFolder(options.CatalogFolder, Files), new MemoryCatalog(MemoryCatalog.SharedName, "public", MemoryTables), new SystemCatalog(), new TpchCatalog()];
        Connectors = [storage.Connector, new SeriesConnector(), MemoryTables, new TpchConnector()];
    }

    public EngineOptions Options { get; }

    public FunctionRegistry Functions => FunctionRegistry.Default;

    /// <summary>What runs and what ran.</summary>
    public StatementLog Statements { get; } = new();

    internal IReadOnlyList<ICatalog> Catalogs { get; }

    internal FileTables Files { get; }

    internal MemoryTables MemoryTables { get; }

    internal ObjectIds ObjectIds { get; } = new();

    internal MemoryPool Memory { get; }

    internal WorkerPool Workers { get; }

    internal SpillFolder Spill { get; }

    internal IReadOnlyList<ITableConnector> Connectors { get; }

    public Session OpenSession() => new(this);

    /// <param name="user">Who asks.</param>
    public Session OpenSession(string user) => new(this) { User = user };

    public void Dispose()
    {
        Workers.Dispose();
        MemoryTables.Dispose();
        Memory.Dispose();
    }
}
