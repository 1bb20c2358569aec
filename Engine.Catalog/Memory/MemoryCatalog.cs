using System.Collections.Immutable;
using Engine.Core.Connectors;

namespace Engine.Catalog.Memory;

/// <summary>
/// Tables, views and sequences that live as long as the engine, or as the session for temporary ones. Its state is one immutable value, so that statements of
/// other sessions see all of a change or nothing.
/// </summary>
public sealed class MemoryCatalog(string name, string firstSchema, IMemoryTables tables) : ICatalog
{
    /// <summary>The catalog that all sessions share.</summary>
    public const string SharedName = "memory";

    /// <summary>The catalog of a session's temporary tables.</summary>
    public const string TemporaryName = "temp";

    private readonly Lock _lock = new();
    private ImmutableDictionary<string, ImmutableDictionary<string, MemoryObject>> _schemas =
        ImmutableDictionary<string, ImmutableDictionary<string, MemoryObject>>.Empty.Add(firstSchema, ImmutableDictionary<string, MemoryObject>.Empty);

    private ImmutableDictionary<string, string> _comments = ImmutableDictionary<string, string>.Empty;

    public string Name => name;

    /// <summary>Where rows are.</summary>
    public IMemoryTables Tables => tables;

    /// <summary>The schema that is there from the start.</summary>
    public string FirstSchema => firstSchema;

    public IEnumerable<string> Schemas => _schemas.Keys.Order(StringComparer.Ordinal);

    public CatalogEntry? Find(string schema, string name, CancellationToken cancellationToken)
    {
        if (NameMatch.Pick(_schemas.Keys, key => key, schema) is not { } found)
        {
            return null;
        }

        return NameMatch.Pick(_schemas[found].Values, entry => entry.Name, name) switch
        {
            MemoryTable table => new TableEntry(found, table.Name, tables.Open(table.Name, table.Schema, table.Table)) { Definition = table },
            MemoryView view => new ViewEntry(found, view.Name, view.Sql) { Names = view.Names },
            _ => null,
        };
    }

    public IEnumerable<(string Name, bool IsView)> List(string schema) => NameMatch.Pick(_schemas.Keys, key => key, schema) is { } found
        ? _schemas[found].Values.Where(entry => entry is MemoryTable or MemoryView).Select(entry => (entry.Name, entry is MemoryView)).OrderBy(entry => entry.Name, StringComparer.Ordinal)
        : [];

    public string? CommentOn(string schema, string? name) => name is null
        ? _comments.GetValueOrDefault(schema)
        : Get(schema, name)?.Comment;

    /// <summary>Says something of a schema; null takes it back.</summary>
    public void Comment(string schema, string? comment)
    {
        lock (_lock)
        {
            _comments = comment is null ? _comments.Remove(schema) : _comments.SetItem(schema, comment);
        }
    }

    /// <summary>False when there is one of that name.</summary>
    public bool TryAddSchema(string schema) => Change(schemas => schemas.ContainsKey(schema) ? schemas : schemas.Add(schema, ImmutableDictionary<string, MemoryObject>.Empty));

    /// <summary>Takes a schema out with all that is in it; false when there is none.</summary>
    public bool RemoveSchema(string schema)
    {
        var objects = _schemas.GetValueOrDefault(schema);
        if (!Change(schemas => schemas.Remove(schema)))
        {
            return false;
        }

        Comment(schema, comment: null);
        foreach (var table in objects!.Values.OfType<MemoryTable>())
        {
            tables.Drop(table.Table);
        }

        return true;
    }

    /// <summary>Adds a table, view or sequence, and its schema if need be; false when its name is taken.</summary>
    public bool TryAdd(string schema, MemoryObject entry) => Change(schemas =>
    {
        var objects = schemas.GetValueOrDefault(schema) ?? ImmutableDictionary<string, MemoryObject>.Empty;
        return objects.ContainsKey(entry.Name) ? schemas : schemas.SetItem(schema, objects.Add(entry.Name, entry));
    });

    /// <summary>Puts something where something else was, under the same name or a new one.</summary>
    public void Replace(string schema, string before, MemoryObject entry) =>
        Change(schemas => schemas.SetItem(schema, schemas[schema].Remove(before).SetItem(entry.Name, entry)));

    /// <summary>All that is in a schema.</summary>
    public IEnumerable<MemoryObject> Objects(string schema) => _schemas.TryGetValue(schema, out var objects) ? objects.Values.OrderBy(entry => entry.Name, StringComparer.Ordinal) : [];

    /// <summary>What has exactly that name; null when there is none.</summary>
    public MemoryObject? Get(string schema, string name) => _schemas.GetValueOrDefault(schema)?.GetValueOrDefault(name);

    /// <summary>Takes something out, a table with its rows.</summary>
    public void Remove(string schema, string name)
    {
        if (Detach(schema, name) is MemoryTable table)
        {
            tables.Drop(table.Table);
        }
    }

    /// <summary>Takes something out and leaves a table's rows where they are; null when there is none.</summary>
    public MemoryObject? Detach(string schema, string name)
    {
        var entry = _schemas.GetValueOrDefault(schema)?.GetValueOrDefault(name);
        return Change(schemas => schemas.TryGetValue(schema, out var objects) ? schemas.SetItem(schema, objects.Remove(name)) : schemas) ? entry : null;
    }

    /// <summary>Takes everything out.</summary>
    public void Clear() => Schemas.ToList().ForEach(schema => RemoveSchema(schema));

    private bool Change(Func<ImmutableDictionary<string, ImmutableDictionary<string, MemoryObject>>, ImmutableDictionary<string, ImmutableDictionary<string, MemoryObject>>> change)
    {
        lock (_lock)
        {
            var before = _schemas;
            _schemas = change(before);
            return !ReferenceEquals(before, _schemas);
        }
    }
}
