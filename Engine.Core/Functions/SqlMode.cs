namespace Engine.Core.Functions;

/// <summary>Whose way names go that PostgreSQL and Presto have both, with different meanings.</summary>
public enum SqlMode : byte
{
    Postgres,

    /// <summary>Functions named <c>presto.name</c> go before those named <c>name</c>.</summary>
    Presto,
}
