using Engine.Core.Memory;
using Engine.Exec.Pipelines;

namespace Engine.Exec.Spill;

/// <summary>What a breaker needs in order to spill.</summary>
/// <param name="Folder">Where the files go.</param>
/// <param name="Pool">Holds what is on its way to or from disk.</param>
/// <param name="Metrics">Of the plan node, which count the bytes.</param>
internal sealed record SpillArea(SpillFolder Folder, MemoryPool Pool, NodeMetrics Metrics);
