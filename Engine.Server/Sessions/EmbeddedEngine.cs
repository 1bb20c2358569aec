using System.Collections.Concurrent;
using Engine.Catalog;
using Engine.Catalog.Memory;
using Engine.Catalog.Tpch;
using Engine.Core.Connectors;
using Engine.Core.Memory;
using Engine.Exec.Functions;
using Engine.Exec.Operators.Scan;
using Engine.Exec.Pipelines;
using Engine.Exec.Spill;
using Engine.Server.Admission;
using Engine.Server.Metadata.PgCatalog;
using Engine.Server.Metadata.SystemTables;
using Engine.Server.Security;
using Engine.Storage;
using Engine.Storage.Memory;

namespace Engine.Server.Sessions;

/// <summary>The engine inside a process: what all its sessions share. Here, and only here, the parts are put together.</summary>
public sealed class EmbeddedEngine : IDisposable
{
    private readonly ConcurrentDictionary<(string Name, long LimitBytes), MemoryPool> _memoryOfUsers = new();

    public EmbeddedEngine(EngineOptions options)
    {
        Options = options;
        Admission = new AdmissionQueue(options.MaxStatements, options.QueueTimeout);
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

    /// <summary>The clients that are connected.</summary>
    public SessionRegistry Sessions { get; } = new();

    internal IReadOnlyList<ICatalog> Catalogs { get; }

    /// <summary>Whose turn it is to run.</summary>
    internal AdmissionQueue Admission { get; }

    internal FileTables Files { get; }

    internal MemoryTables MemoryTables { get; }

    internal ObjectIds ObjectIds { get; } = new();

    internal MemoryPool Memory { get; }

    internal WorkerPool Workers { get; }

    internal SpillFolder Spill { get; }

    internal IReadOnlyList<ITableConnector> Connectors { get; }

    public Session OpenSession() => OpenSession(Account.Unrestricted(Environment.UserName));

    /// <param name="account">Who asks.</param>
    public Session OpenSession(Account account)
    {
        var session = new Session(this, account);
        if (account.Grants.IsAdministrator)
        {
            session.Settings.Fix("is_superuser", "on");
        }

        return session;
    }

    /// <summary>What the statements of a user take their memory from.</summary>
    internal MemoryPool MemoryOf(Account account) => account.MemoryLimitBytes is { } limit
        ? _memoryOfUsers.GetOrAdd((account.Name, limit), user => Memory.CreateChild($"user {user.Name}", user.LimitBytes))
        : Memory;

    public void Dispose()
    {
        Workers.Dispose();
        MemoryTables.Dispose();
        Memory.Dispose();
    }
}
