using Engine.Core.Errors;

namespace Engine.Storage.Compression;

/// <summary>Makes the error for bytes that are not what they should be.</summary>
public static class CorruptData
{
    public static QueryException In(string path, string reason, Exception? cause = null) =>
        new(ErrorCodes.DataCorrupted, $"file \"{path}\" is corrupt: {reason}", cause: cause);
}
