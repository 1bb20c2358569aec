using Engine.Catalog;
using Engine.Catalog.Memory;
using Engine.Core.Errors;
using Engine.Parser.Ast;
using Engine.Planner.Binding;

namespace Engine.Server.Tables;

/// <summary>The schema that holds a table or view in memory.</summary>
internal sealed record NamePlace(MemoryCatalog Catalog, string Schema)
{
    /// <summary>Where something new of that name goes: the first schema of the search path where none is named.</summary>
    /// <exception cref="QueryException">There is no such schema, or it cannot be written.</exception>
    public static NamePlace OfNew(QualifiedName name, bool isTemporary, SessionNames names)
    {
        var place = Find(name, isTemporary, names);
        names.RequireWrite(place.Catalog, place.Schema, $"schema {place.Schema}", name.Span);
        return place;
    }

    /// <summary>The catalog of that name, if tables can be created in it.</summary>
    public static MemoryCatalog WritableCatalog(Identifier name, SessionNames names) => names.FindCatalog(name.Value) switch
    {
        MemoryCatalog memory => memory,
        null => throw new QueryException(ErrorCodes.UndefinedDatabase, $"catalog \"{name.Value}\" does not exist", name.Span, NearNames.Hint(name.Value, names.Catalogs.Select(catalog => catalog.Name))),
        _ => throw new QueryException(ErrorCodes.WrongObjectType, $"catalog {name.Value} is read only", name.Span, "Tables are created in the catalogs memory and temp."),
    };

    private static NamePlace Find(QualifiedName name, bool isTemporary, SessionNames names)
    {
        var parts = TableNames.Of(name);
        if (parts.Schema is { } system && SessionNames.IsSystemSchema(system))
        {
            throw new QueryException(ErrorCodes.InsufficientPrivilege, $"permission denied to create \"{name}\"", name.Span, $"The schema {system} tells of others; nothing can be made in it.");
        }

        if (parts.Catalog is not null)
        {
            var catalog = WritableCatalog(name.Parts[0], names);
            var schemas = names.SchemasOf(catalog);
            return schemas.Contains(parts.Schema, StringComparer.Ordinal) ? new NamePlace(catalog, parts.Schema!) : throw NoSchema(parts.Schema!, name.Span, schemas);
        }

        if (isTemporary || parts.Schema is MemoryCatalog.TemporaryName or "pg_temp")
        {
            return parts.Schema is null or MemoryCatalog.TemporaryName or "pg_temp"
                ? new NamePlace(names.Temporary, names.Temporary.FirstSchema)
                : throw new QueryException(ErrorCodes.InvalidTableDefinition, "cannot create temporary relation in non-temporary schema", name.Span);
        }

        if (parts.Schema is { } schema)
        {
            return names.Schemas.Contains(schema, StringComparer.Ordinal) ? new NamePlace(names.Memory, schema)
                : schema == names.Memory.Name ? new NamePlace(names.Memory, names.Memory.FirstSchema)
                : throw NoSchema(schema, name.Span, names.Schemas);
        }

        if (names.ReachableCatalogs.First() is not (MemoryCatalog or CatalogFolder))
        {
            throw new QueryException(ErrorCodes.WrongObjectType, $"catalog {names.CurrentCatalog} is read only", name.Span, "Name a schema of the memory catalog: memory.public.t.");
        }

        return names.SearchPath.FirstOrDefault(candidate => names.Schemas.Contains(candidate, StringComparer.Ordinal)) is { } first
            ? new NamePlace(names.Memory, first)
            : throw new QueryException(ErrorCodes.UndefinedSchema, "no schema has been selected to create in", name.Span);
    }

    private static QueryException NoSchema(string schema, SourceSpan span, IEnumerable<string> known) =>
        new(ErrorCodes.UndefinedSchema, $"schema \"{schema}\" does not exist", span, NearNames.Hint(schema, known));
}
