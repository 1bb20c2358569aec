namespace Engine.Core.Connectors;

/// <summary>Finds the files behind a location.</summary>
public interface IFileLister
{
    /// <summary>
    /// The files that a path or glob (<c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>{a,b}</c>, and <c>**</c> across folders) names, in ordinal path order;
    /// empty when a glob matches none.
    /// </summary>
    /// <exception cref="Errors.QueryException">58P01 for a plain path that does not exist, 58030 for one that cannot be read or is a folder.</exception>
    IReadOnlyList<DataFile> List(string location, CancellationToken cancellationToken);
}
