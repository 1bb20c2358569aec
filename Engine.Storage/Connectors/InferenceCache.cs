using System.Collections.Concurrent;
using Engine.Core.Connectors;
using Engine.Core.Types;

namespace Engine.Storage.Connectors;

/// <summary>Remembers what inference found for a set of files. Keys hold the versions of all of them: when one changes, the look is new.</summary>
public sealed class InferenceCache(int maxEntries = 256)
{
    private readonly ConcurrentDictionary<Key, FormatInference> _found = new();

    public FormatInference GetOrInfer(
        IFileFormat format, IReadOnlyList<DataFile> files, FormatOptions options, Schema? declared, CancellationToken cancellationToken)
    {
        var key = new Key(format.Name, files, options, declared);
        if (_found.TryGetValue(key, out var known))
        {
            return known;
        }

        var inference = format.Infer(files, options, declared, cancellationToken);
        if (_found.Count >= maxEntries)
        {
            // Rare, and cheap to learn again.
            _found.Clear();
        }

        _found[key] = inference;
        return inference;
    }

    private sealed class Key(string format, IReadOnlyList<DataFile> files, FormatOptions options, Schema? declared) : IEquatable<Key>
    {
        private readonly string _format = format;
        private readonly DataFile[] _files = [.. files];
        private readonly FormatOptions _options = options;
        private readonly Schema? _declared = declared;

        public bool Equals(Key? other) =>
            other is not null && string.Equals(_format, other._format, StringComparison.Ordinal) && _files.AsSpan().SequenceEqual(other._files)
            && _options.Equals(other._options) && Equals(_declared, other._declared);

        public override bool Equals(object? obj) => Equals(obj as Key);

        public override int GetHashCode() => HashCode.Combine(_format, _files.Length, _files.Length == 0 ? null : _files[0], _options, _declared);
    }
}
