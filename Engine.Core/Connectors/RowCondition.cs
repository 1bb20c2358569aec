using System.Collections.Immutable;
using Engine.Core.Columns;

namespace Engine.Core.Connectors;

/// <summary>
/// A condition that a scan applies itself: it reads the columns of the condition first, and of the others only what the rows left over need. The rows
/// of its batches all meet it, so that nothing above the scan asks again.
/// </summary>
/// <param name="Columns">Indexes in the schema that the holder of the condition speaks of.</param>
/// <param name="CreateTest">Makes what tests rows; a test is used by one thread at a time.</param>
public sealed record RowCondition(ImmutableArray<int> Columns, Func<IRowTest> CreateTest);

/// <summary>Tests rows for a condition.</summary>
public interface IRowTest : IDisposable
{
    /// <summary>The rows for which the condition is true.</summary>
    /// <param name="columns">The columns of the condition, in its order; the batch stays the caller's.</param>
    Selection Select(Batch columns);
}
