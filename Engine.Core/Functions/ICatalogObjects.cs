using Engine.Core.Errors;
using Engine.Core.Types;

namespace Engine.Core.Functions;

/// <summary>The objects of the catalog by number and by name, as one session sees them: what PostgreSQL's system information functions ask about.</summary>
public interface ICatalogObjects
{
    /// <summary>The number of an object that is named as in SQL: with its schema, or found along the search path; null when there is none.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="QueryException">The name is none.</exception>
    long? Find(OidClass kind, string name);

    /// <summary>The name of an object as SQL needs it, with its schema where the search path does not lead to it; null when there is none of that number.</summary>
    string? NameOf(OidClass kind, long oid);

    /// <summary>Whether an object is found by its bare name; null when there is none of that number.</summary>
    bool? IsVisible(OidClass kind, long oid);

    /// <summary>Whether a relation or schema may be read, or written, by the one that asks; null when there is none of that number.</summary>
    bool? IsGranted(OidClass kind, long oid, bool isWrite);

    /// <summary>The text that makes or describes an object; null for none.</summary>
    /// <param name="text">Which text.</param>
    /// <param name="oid">The object.</param>
    /// <param name="part">A column's number, where the text is about one; else 0.</param>
    string? TextOf(CatalogText text, long oid, int part);
}

/// <summary>The texts that the catalog has of an object.</summary>
public enum CatalogText
{
    /// <summary>What COMMENT ON says of a relation, or of a column of it.</summary>
    Comment,
    ViewDefinition,

    /// <summary>What CREATE TABLE says of it; part 1 is without parentheses that are not needed.</summary>
    ConstraintDefinition,

    /// <summary>CREATE INDEX, or the column of that place in the index.</summary>
    IndexDefinition,
    FunctionArguments,
    FunctionResult,
    RoleName,
}

/// <summary>Where there is no catalog: numbers stay numbers.</summary>
internal sealed class NoObjects : ICatalogObjects
{
    public static readonly NoObjects Instance = new();

    public long? Find(OidClass kind, string name) => null;

    public string? NameOf(OidClass kind, long oid) => null;

    public bool? IsVisible(OidClass kind, long oid) => null;

    public bool? IsGranted(OidClass kind, long oid, bool isWrite) => null;

    public string? TextOf(CatalogText text, long oid, int part) => null;
}
