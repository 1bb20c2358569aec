using Engine.Catalog;
using Engine.Catalog.Memory;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Parser;
using Engine.Planner;
using Engine.Planner.Binding;
using Engine.Server.Sessions;

namespace Engine.Server.Metadata.PgCatalog;

/// <summary>The catalog's objects by number and by name, for the functions of one statement. What it has looked up it keeps; its threads wait for each other.</summary>
internal sealed class CatalogObjects(Session session, CancellationToken cancellationToken) : ICatalogObjects
{
    private readonly PgObjects _objects = new(MetadataScope.OfReach(session, cancellationToken));
    private readonly Dictionary<long, RoutineRow> _routines = [];
    private Dictionary<string, ObjectKey>? _visible;
    private readonly Lock _lock = new();
    private bool _isListed;

    private ObjectIds Ids => session.Engine.ObjectIds;

    public long? Find(OidClass kind, string name)
    {
        lock (_lock)
        {
            return Look(kind, name);
        }
    }

    public string? NameOf(OidClass kind, long oid)
    {
        lock (_lock)
        {
            return Name(kind, oid);
        }
    }

    public bool? IsVisible(OidClass kind, long oid)
    {
        lock (_lock)
        {
            return Visible(kind, oid);
        }
    }

    public bool? IsGranted(OidClass kind, long oid, bool isWrite)
    {
        lock (_lock)
        {
            return KeyOf(kind == OidClass.Namespace ? ObjectTable.Namespace : ObjectTable.Class, oid) is not { } key ? null
                : kind == OidClass.Namespace ? Places(key.Name).Any(catalog => IsGranted(catalog, key.Name, isWrite)) || (!isWrite && SessionNames.IsSystemSchema(key.Name))
                : session.Names.FindCatalog(key.Catalog) is { } holder ? IsGranted(holder, key.Schema, isWrite) && (!isWrite || !(Entry(oid) is ViewEntry || SessionNames.IsSystemSchema(key.Schema)))
                : !isWrite && SessionNames.IsSystemSchema(key.Schema);
        }
    }

    public string? TextOf(CatalogText text, long oid, int part)
    {
        lock (_lock)
        {
            return Text(text, oid, part);
        }
    }

    private long? Look(OidClass kind, string name) => kind switch
    {
        OidClass.Relation => FindRelation(TableNames.Parse(name)),
        OidClass.Type => FindType(name),
        OidClass.Namespace => _objects.Schemas.FirstOrDefault(schema => schema.Name == Unquoted(name)) is { } schema ? _objects.IdOfSchema(schema.Name) : null,
        OidClass.Function or OidClass.Procedure => FindFunction(Unquoted(name.Split('(')[0])),
        OidClass.Role => Unquoted(name) == session.User ? SystemIds.Owner : null,
        OidClass.Collation => Unquoted(name) switch { "default" => SystemIds.DefaultCollation, "C" => SystemIds.CCollation, _ => null },
        _ => null,
    };

    private string? Name(OidClass kind, long oid) => kind switch
    {
        OidClass.Relation => KeyOf(ObjectTable.Class, oid) is { } key ? IsVisible(key) ? Field.Quote(key.Name) : $"{Field.Quote(key.Schema)}.{Field.Quote(key.Name)}" : null,
        OidClass.Type => NameOfType(oid),
        OidClass.Namespace => KeyOf(ObjectTable.Namespace, oid) is { } key ? Field.Quote(key.Name) : null,
        OidClass.Function => BuiltInFunction(oid) ?? Routine(oid)?.Name,
        OidClass.Procedure => Routine(oid) is { } routine ? $"{routine.Name}({string.Join(",", routine.Signature.Parameters.Select(parameter => FormattedType(parameter.Type)))})" : null,
        OidClass.Role => oid == SystemIds.Owner ? Field.Quote(session.User) : null,
        OidClass.Collation => oid switch { SystemIds.DefaultCollation => "\"default\"", SystemIds.CCollation => "\"C\"", _ => null },
        _ => null,
    };

    private bool? Visible(OidClass kind, long oid) => kind switch
    {
        OidClass.Relation => KeyOf(ObjectTable.Class, oid) is { } key ? IsVisible(key) : null,
        OidClass.Type => BuiltInType.Find(oid) is not null ? true : KeyOf(ObjectTable.Type, oid) is { } key ? session.Names.SearchPath.Contains(key.Schema) : null,
        _ => true,
    };

    private string? Text(CatalogText text, long oid, int part) => text switch
    {
        CatalogText.Comment => CommentOn(oid, part),
        CatalogText.ViewDefinition => Entry(oid) is ViewEntry view ? $" {view.Sql.Trim().TrimEnd(';')};" : null,
        CatalogText.ConstraintDefinition => _objects.Constraints.Where(row => _objects.IdOf(row.Constraint) == oid).Select(row => KeyTables.DefinitionOf(row.Constraint, isPretty: part != 0)).FirstOrDefault(),
        CatalogText.IndexDefinition => _objects.Indexes.FirstOrDefault(index => _objects.IdOf(index) == oid) is not { } index ? null
            : part == 0 ? index.Definition
            : index.Columns.ElementAtOrDefault(part - 1) is { } column ? Field.Quote(column) : null,
        CatalogText.FunctionArguments => Routine(oid) is { } routine ? string.Join(", ", routine.Signature.Parameters.Select(FormattedParameter)) : null,
        CatalogText.FunctionResult => Routine(oid) is { } routine ? FormattedType(routine.Signature.Result) : null,
        CatalogText.RoleName => oid == SystemIds.Owner ? session.User : null,
        _ => null,
    };

    private IEnumerable<ICatalog> Places(string schema) => session.Names.ReachableCatalogs.Prepend(session.Names.Temporary).Where(catalog => catalog.HasSchema(schema));

    /// <summary>Only what lies in memory can be written.</summary>
    private bool IsGranted(ICatalog catalog, string schema, bool isWrite) => isWrite
        ? catalog is MemoryCatalog && (catalog == session.Names.Temporary || session.Account.Grants.MayWrite(catalog.Name, schema))
        : session.Names.MayRead(catalog, schema);

    private static string Unquoted(string name) => TableNames.Parse(name).Name;

    private long? FindRelation(TableName name)
    {
        if (session.Names.Locate(name, cancellationToken) is var (catalog, entry))
        {
            // A system schema is called as the catalog that it tells of, or else as itself.
            return Ids.Of(new ObjectKey(ObjectTable.Class, CatalogOf(catalog, entry.Schema), entry.Schema, entry.Name));
        }

        return session.Names.LocateObject(name) is (var memory, var schema, MemorySequence sequence)
            ? Ids.Of(new ObjectKey(ObjectTable.Class, memory.Name, schema, sequence.Name))
            : _objects.Indexes.FirstOrDefault(index => index.Name == name.Name && (name.Schema ?? index.Relation.SchemaName) == index.Relation.SchemaName) is { } found ? _objects.IdOf(found) : null;
    }

    private string CatalogOf(ICatalog catalog, string schema) => SessionNames.IsSystemSchema(schema) ? session.Names.CurrentCatalog : catalog.Name;

    private long? FindType(string name)
    {
        name = name.Trim();
        name = name.StartsWith(SystemIds.PgCatalog + '.', StringComparison.Ordinal) ? name[(SystemIds.PgCatalog.Length + 1)..] : name;
        if (name.EndsWith("[]", StringComparison.Ordinal) && FindType(name[..^2]) is { } element && BuiltInType.Find(element) is { Array: not 0 } type)
        {
            return type.Array;
        }

        if (BuiltInType.Find(FormattedNames.Internal(name)) is { } known)
        {
            return known.Oid;
        }

        try
        {
            return _objects.IdOfType(Binder.BindType(SqlParser.ParseType(name), session.Names), maxLength: null);
        }
        catch (QueryException error) when (error.Code == ErrorCodes.UndefinedObject)
        {
            return null;
        }
    }

    private long? FindFunction(string name)
    {
        var found = BuiltInType.FunctionsByOid.FirstOrDefault(function => function.Value.Name == name).Key;
        return found != 0 ? found
            : RoutineRow.Callable(session.Engine.Functions).FirstOrDefault(routine => routine.Name == name) is { } routine ? ProcTables.IdOf(routine, Ids) : null;
    }

    private string? NameOfType(long oid)
    {
        if (BuiltInType.Find(oid) is { } known)
        {
            return known.IsArray ? $"{NameOfType(known.Element)}[]" : FormattedNames.Of(known.Name);
        }

        return KeyOf(ObjectTable.Type, oid) is not { } key ? null
            : key.Name.StartsWith('_') && IsNameOfType(key.Name[1..]) ? $"{Field.Quote(key.Name[1..])}[]"
            : session.Names.SearchPath.Contains(key.Schema) ? Field.Quote(key.Name) : $"{Field.Quote(key.Schema)}.{Field.Quote(key.Name)}";
    }

    private bool IsNameOfType(string name) => _objects.Scope.Types.Any(pair => pair.Type.Name == name) || _objects.RowTypes.Any(relation => relation.Name == name);

    /// <summary>A type of a signature as PostgreSQL names it.</summary>
    private string? FormattedType(string? type) => NameOfType(ProcTables.TypeId(type));

    private string FormattedParameter(ParameterText parameter) => $"{parameter.Name} {FormattedType(parameter.Type)}".TrimStart();

    private static string? BuiltInFunction(long oid) => BuiltInType.FunctionsByOid.GetValueOrDefault(oid).Name;

    private RoutineRow? Routine(long oid)
    {
        if (_routines.Count == 0)
        {
            foreach (var routine in RoutineRow.Callable(session.Engine.Functions))
            {
                _routines[ProcTables.IdOf(routine, Ids)] = routine;
            }
        }

        return _routines.GetValueOrDefault(oid);
    }

    /// <summary>The object of a number. A client may have learnt it from a server before this one, so that nobody here has asked for it yet.</summary>
    private ObjectKey? KeyOf(ObjectTable table, long oid)
    {
        if (Ids.Find(table, oid) is { } key || _isListed)
        {
            return Ids.Find(table, oid);
        }

        _isListed = true;
        foreach (var schema in _objects.Schemas)
        {
            _objects.IdOfSchema(schema.Name);
        }

        foreach (var row in _objects.Classes)
        {
            _ = row.Id;
        }

        foreach (var (schema, type) in _objects.Scope.Types)
        {
            _objects.IdOfType(schema, type);
        }

        foreach (var relation in _objects.RowTypes)
        {
            _ = (_objects.IdOfRowType(relation), _objects.IdOfRowTypeArray(relation));
        }

        return Ids.Find(table, oid);
    }

    /// <summary>Whether the bare name of a relation leads to it.</summary>
    private bool IsVisible(ObjectKey key)
    {
        if (_visible is null)
        {
            _visible = new Dictionary<string, ObjectKey>(StringComparer.Ordinal);
            var path = session.Names.SearchPath.Prepend(SystemIds.PgCatalog).Prepend(session.Names.Temporary.FirstSchema).ToList();
            foreach (var row in path.Distinct().SelectMany(schema => _objects.Classes.Where(row => row.Schema.Name == schema)))
            {
                _visible.TryAdd(row.Name, Ids.Find(ObjectTable.Class, row.Id)!);
            }
        }

        return _visible.GetValueOrDefault(key.Name) is { } found && found.Schema == key.Schema;
    }

    private CatalogEntry? Entry(long oid) => KeyOf(ObjectTable.Class, oid) is { } key ? session.Names.Find(new TableName(key.Catalog, key.Schema, key.Name), cancellationToken) : null;

    private string? CommentOn(long oid, int part)
    {
        if (KeyOf(ObjectTable.Class, oid) is not { } key)
        {
            return KeyOf(ObjectTable.Namespace, oid) is { } space ? _objects.Schemas.FirstOrDefault(schema => schema.Name == space.Name) is { } schema ? schema.Holder.CommentOn(space.Name, name: null) : null : null;
        }

        return part == 0
            ? session.Names.FindCatalog(key.Catalog)?.CommentOn(key.Schema, key.Name)
            : Entry(oid) is TableEntry { Definition: { } table } ? table.Columns.ElementAtOrDefault(part - 1)?.Comment : null;
    }
}
