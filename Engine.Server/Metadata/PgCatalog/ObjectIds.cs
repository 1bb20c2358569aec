using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Engine.Server.Metadata.PgCatalog;

/// <summary>The tables of pg_catalog whose rows have numbers.</summary>
internal enum ObjectTable
{
    Class,
    Type,
    Namespace,
    Proc,
    Authid,
    Constraint,
    AttributeDefault,
    Database,
    Rewrite,
}

/// <summary>The name of a numbered object, which is all that it is known by.</summary>
/// <param name="Table">Where its row is.</param>
/// <param name="Catalog">Empty for what is in no catalog.</param>
/// <param name="Schema">Empty for what is in no schema.</param>
/// <param name="Name">Its own name, with that of the object that it belongs to before it.</param>
internal sealed record ObjectKey(ObjectTable Table, string Catalog, string Schema, string Name);

/// <summary>
/// The numbers of objects. They are hashes of names, so that they are the same after a restart and in another server of the same catalogs; where two
/// names have the same hash, the one that comes later takes the next number that is free.
/// </summary>
internal sealed class ObjectIds
{
    /// <summary>PostgreSQL's first number for objects that users make.</summary>
    private const uint FirstUser = 16384;

    private const uint FirstSystem = 12000;
    private const uint LastUser = int.MaxValue;

    private readonly ConcurrentDictionary<ObjectKey, long> _ids = new();
    private readonly ConcurrentDictionary<(ObjectTable Table, long Id), ObjectKey> _keys = new();

    /// <summary>The number of an object.</summary>
    public long Of(ObjectKey key) => SystemIds.Find(key) is { } known ? Add(key, known) : _ids.GetValueOrDefault(key) is var id and not 0 ? id : Assign(key);

    /// <summary>The object of a number; null when none has it, or none has asked for its number yet.</summary>
    public ObjectKey? Find(ObjectTable table, long id) => _keys.GetValueOrDefault((table, id));

    private long Add(ObjectKey key, long id)
    {
        _keys.TryAdd((key.Table, id), key);
        return id;
    }

    private long Assign(ObjectKey key)
    {
        var (first, last) = SystemIds.IsSystemSchema(key.Schema) ? (FirstSystem, FirstUser - 1) : (FirstUser, LastUser);
        var hash = XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{(int)key.Table}\0{key.Catalog}\0{key.Schema}\0{key.Name}")));
        for (long id = first + (hash % (last - first + 1)); ; id = id == last ? first : id + 1)
        {
            if (_keys.TryAdd((key.Table, id), key) || _keys[(key.Table, id)].Equals(key))
            {
                return _ids.GetOrAdd(key, id);
            }
        }
    }
}
