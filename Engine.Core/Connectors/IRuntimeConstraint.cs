namespace Engine.Core.Connectors;

/// <summary>
/// What a running query has found out about the rows that it still wants: a bound on one column that gets tighter while rows come. Scans ask again for
/// every row group, page and batch. Safe for several threads at once.
/// </summary>
public interface IRuntimeConstraint
{
    /// <summary>Index in the table's schema.</summary>
    int Column { get; }

    /// <summary>Whether rows that are NULL there are wanted whatever the bound.</summary>
    bool KeepsNulls { get; }

    /// <summary>The bound as it is now; null as long as none is known.</summary>
    ColumnConstraint? Current { get; }

    /// <summary>Makes what tests rows, by that column alone, for the bound as it is at each time.</summary>
    IRowTest CreateTest();
}
