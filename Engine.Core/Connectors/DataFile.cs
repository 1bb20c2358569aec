namespace Engine.Core.Connectors;

/// <summary>A file as it was when it was listed. Path, size and time together are its version: caches key on the whole record.</summary>
/// <param name="Path">A local path or a URL, as messages show it.</param>
/// <param name="Size">Bytes, as stored (compressed).</param>
/// <param name="ModifiedAt">UTC.</param>
public sealed record DataFile(string Path, long Size, DateTime ModifiedAt);
