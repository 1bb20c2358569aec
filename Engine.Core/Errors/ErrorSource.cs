namespace Engine.Core.Errors;

/// <summary>Who has to act on an error.</summary>
public enum ErrorSource : byte
{
    /// <summary>The statement or its data: the user changes the query.</summary>
    User,

    /// <summary>A limit was reached: memory, time, connections.</summary>
    Resource,

    /// <summary>Something outside the engine failed: a file, a network, a store.</summary>
    External,

    /// <summary>A broken invariant of the engine: a bug.</summary>
    Internal,
}
