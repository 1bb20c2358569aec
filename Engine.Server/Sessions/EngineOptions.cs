namespace Engine.Server.Sessions;

/// <summary>Settings of one engine process.</summary>
public sealed record EngineOptions
{
    /// <summary>The folder of catalog files; it need not exist.</summary>
    public string CatalogFolder { get; init; } = "catalog";

    /// <summary>Compute threads, at least 1.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Native memory that all queries together may use.</summary>
    public long MemoryLimitBytes { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * 3 / 4;

    /// <summary>Statements of clients that run at once, at least 1; more wait for their turn.</summary>
    public int MaxStatements { get; init; } = 64;

    /// <summary>The longest that a statement waits for its turn.</summary>
    public TimeSpan QueueTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Where queries put what does not fit into memory.</summary>
    public string SpillFolder { get; init; } = Path.GetTempPath();

    /// <summary>Whether queries spill whenever they can; for tests.</summary>
    public bool SpillsAlways { get; init; }

    /// <summary>Rows that sources aim at; a small number is for tests.</summary>
    public int BatchRowCount { get; init; } = Core.Columns.Batch.DefaultRowCount;

    /// <summary>Whether every plan goes through its serialised form before it runs, as it does on a worker; for tests.</summary>
    public bool SerializesPlans { get; init; }
}
