using System.Collections.Frozen;
using Engine.Catalog;

namespace Engine.Server.Metadata.PgCatalog;

/// <summary>Numbers that clients know by heart, since they are the same in every PostgreSQL.</summary>
internal static class SystemIds
{
    public const string PgCatalog = SessionNames.PgCatalog;

    /// <summary>The role of whoever starts a PostgreSQL; here the user who asks.</summary>
    public const long Owner = 10;

    /// <summary>The access methods heap and btree.</summary>
    public const long Heap = 2;

    public const long BTree = 403;

    /// <summary>The collations <c>default</c> and <c>C</c>.</summary>
    public const long DefaultCollation = 100;

    public const long CCollation = 950;
    public const long DefaultTablespace = 1663;

    public const long GlobalTablespace = 1664;

    /// <summary>The languages internal and SQL.</summary>
    public const long InternalLanguage = 12;

    public const long SqlLanguage = 14;

    private static readonly FrozenDictionary<string, long> Namespaces = new Dictionary<string, long>(StringComparer.Ordinal)
    {
        [PgCatalog] = 11,
        ["pg_toast"] = 99,
        ["public"] = 2200,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, long> Classes = new Dictionary<string, long>(StringComparer.Ordinal)
    {
        ["pg_type"] = 1247,
        ["pg_attribute"] = 1249,
        ["pg_proc"] = 1255,
        ["pg_class"] = 1259,
        ["pg_authid"] = 1260,
        ["pg_auth_members"] = 1261,
        ["pg_database"] = 1262,
        ["pg_foreign_server"] = 1417,
        ["pg_user_mapping"] = 1418,
        ["pg_foreign_data_wrapper"] = 2328,
        ["pg_am"] = 2601,
        ["pg_attrdef"] = 2604,
        ["pg_cast"] = 2605,
        ["pg_constraint"] = 2606,
        ["pg_conversion"] = 2607,
        ["pg_depend"] = 2608,
        ["pg_description"] = 2609,
        ["pg_index"] = 2610,
        ["pg_inherits"] = 2611,
        ["pg_language"] = 2612,
        ["pg_namespace"] = 2615,
        ["pg_opclass"] = 2616,
        ["pg_operator"] = 2617,
        ["pg_rewrite"] = 2618,
        ["pg_statistic"] = 2619,
        ["pg_trigger"] = 2620,
        ["pg_opfamily"] = 2753,
        ["pg_extension"] = 3079,
        ["pg_enum"] = 3501,
        ["pg_collation"] = 3456,
        ["pg_range"] = 3541,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool IsSystemSchema(string schema) => schema is PgCatalog or SessionNames.InformationSchema or "pg_toast";

    /// <summary>The number that an object has everywhere; null for one that is only known here.</summary>
    public static long? Find(ObjectKey key) => key.Table switch
    {
        ObjectTable.Namespace => Number(Namespaces, key.Name),
        ObjectTable.Class when key.Schema == PgCatalog => Number(Classes, key.Name),
        _ => null,
    };

    private static long? Number(FrozenDictionary<string, long> numbers, string name) => numbers.TryGetValue(name, out var id) ? id : null;
}
