using System.Collections.Frozen;
using System.Collections.Immutable;
using Engine.Catalog;
using Engine.Core.Types;

namespace Engine.Server.Metadata;

/// <summary>Which texts of PostgreSQL's catalogs are names and which are letters there: drivers ask for the one or the other (PostgreSQL 15).</summary>
internal static class CatalogForms
{
    private static readonly FrozenSet<string> Names = Words("""
        amname attname cfgname collname conname datname dictname enumlabel evtevent evtname extname fdwname funcname groname indexname indexrelname lanname matviewname
        matviewowner nspname opcname opfname oprname plugin policyname polname proname prsname pubname relname rolname rulename schemaname sequencename sequenceowner
        spcname srvname statistics_name statistics_owner statistics_schemaname stxname subname subslotname tablename tableowner tablespace tgname tgnewtable tgoldtable
        tmplname typname usename viewname viewowner
        """);

    private static readonly FrozenSet<string> Letters = Words("""
        aggfinalmodify aggkind aggmfinalmodify amoppurpose amtype attalign attcompression attgenerated attidentity attstorage castcontext castmethod collprovider confdeltype
        confmatchtype confupdtype contype datlocprovider defaclobjtype deptype ev_enabled ev_type evtenabled oprkind partstrat polcmd privtype prokind proparallel provolatile
        relkind relpersistence relreplident srsubstate subtwophasestate tgenabled typalign typcategory typdelim typstorage typtype
        """);

    /// <summary>Texts of the information schema that are no names, though they end as names do.</summary>
    private static readonly FrozenSet<string> Texts = Words("external_name feature_name implementation_info_name library_name sizing_name sub_feature_name is_generated is_verified_by");

    private static readonly FrozenSet<string> Identifiers = Words("character_repertoire form_of_use grantee grantor schema_owner dependent_column event_object_column");

    private static readonly FrozenSet<string> Switches = Words("as_locator cycle_option enforced identity_cycle initially_deferred new_savepoint_level nulls_distinct result_cast_as_locator schema_level_routine with_hierarchy");

    private static readonly ImmutableArray<string> EndsOfIdentifiers = ["_catalog", "_schema", "_name", "_identifier"];

    /// <summary>The columns with what clients are told of them.</summary>
    public static Schema Apply(Schema columns, string schema) => new([.. columns.Select(column => column.Type.Kind == TypeKind.Varchar ? column with { Form = Of(column.Name, schema) } : column)]);

    private static TextForm Of(string column, string schema) => schema == SessionNames.InformationSchema ? OfStandard(column)
        : Names.Contains(column) ? new TextForm(TextKind.Name)
        : Letters.Contains(column) ? new TextForm(TextKind.Letter)
        : default;

    /// <summary>The domains of the standard: identifiers, YES or NO, and other text.</summary>
    private static TextForm OfStandard(string column) => Texts.Contains(column) ? new TextForm(TextKind.Varying)
        : Switches.Contains(column) || column.StartsWith("is_", StringComparison.Ordinal) ? new TextForm(TextKind.Varying, "YES".Length)
        : Identifiers.Contains(column) || EndsOfIdentifiers.Any(end => column.EndsWith(end, StringComparison.Ordinal)) ? new TextForm(TextKind.Name)
        : new TextForm(TextKind.Varying);

    private static FrozenSet<string> Words(string text) => text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
