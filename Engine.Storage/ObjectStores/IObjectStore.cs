using Engine.Core.Connectors;

namespace Engine.Storage.ObjectStores;

/// <summary>A place where files lie: lists them and reads stretches of them.</summary>
public interface IObjectStore : IFileLister
{
    /// <summary>Whether locations of this shape are its own.</summary>
    bool Owns(string location);

    /// <summary>Opens a listed file.</summary>
    /// <exception cref="Engine.Core.Errors.QueryException">58P01 when it is gone, 58030 when it cannot be read.</exception>
    IRangeReader Open(DataFile file);
}
