namespace Engine.Catalog;

/// <summary>Schemas of tables and views under one name: the first part of <c>catalog.schema.table</c>.</summary>
public interface ICatalog
{
    string Name { get; }

    /// <summary>The schemas that are listed.</summary>
    IEnumerable<string> Schemas { get; }

    /// <summary>Whether every user may read it, without a grant.</summary>
    bool IsOpenToAll => false;

    /// <summary>Whether there is a schema of that name, in upper or lower case.</summary>
    bool HasSchema(string schema) => Schemas.Contains(schema, StringComparer.OrdinalIgnoreCase);

    /// <summary>The entry of that name, or null. Names are matched exactly first, then without regard to case.</summary>
    CatalogEntry? Find(string schema, string name, CancellationToken cancellationToken);

    /// <summary>All names of a schema.</summary>
    IEnumerable<(string Name, bool IsView)> List(string schema);

    /// <summary>What COMMENT ON says of a schema, or of a table or view in it; null for nothing.</summary>
    string? CommentOn(string schema, string? name) => null;
}
