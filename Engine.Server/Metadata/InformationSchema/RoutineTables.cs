using System.Collections.Immutable;
using Engine.Core.Functions;

namespace Engine.Server.Metadata.InformationSchema;

/// <summary>The functions. They are in every catalog; types are in the engine's own words, for many stand for any type.</summary>
internal static class RoutineTables
{
    private const string TypeDetails =
        "character_maximum_length:integer character_octet_length:integer character_set_catalog character_set_schema character_set_name "
        + "collation_catalog collation_schema collation_name numeric_precision:integer numeric_precision_radix:integer numeric_scale:integer "
        + "datetime_precision:integer interval_type interval_precision:integer";

    private const string ResultCast =
        "result_cast_from_data_type result_cast_as_locator result_cast_char_max_length:integer result_cast_char_octet_length:integer "
        + "result_cast_char_set_catalog result_cast_char_set_schema result_cast_char_set_name result_cast_collation_catalog result_cast_collation_schema "
        + "result_cast_collation_name result_cast_numeric_precision:integer result_cast_numeric_precision_radix:integer result_cast_numeric_scale:integer "
        + "result_cast_datetime_precision:integer result_cast_interval_type result_cast_interval_precision:integer result_cast_type_udt_catalog "
        + "result_cast_type_udt_schema result_cast_type_udt_name result_cast_scope_catalog result_cast_scope_schema result_cast_scope_name "
        + "result_cast_maximum_cardinality:integer result_cast_dtd_identifier";

    public static readonly ImmutableArray<MetadataTable> All =
    [
        MetadataTable<Routine>.Of("routines", Routines)
            .Text("specific_catalog", row => row.Catalog)
            .Text("specific_schema", _ => "pg_catalog")
            .Text("specific_name", row => row.Of.SpecificName)
            .Text("routine_catalog", row => row.Catalog)
            .Text("routine_schema", _ => "pg_catalog")
            .Text("routine_name", row => row.Of.Name)
            .Text("routine_type", row => row.Of.Kind == "scalar" ? "FUNCTION" : null)
            .Nothing("module_catalog module_schema module_name udt_catalog udt_schema udt_name")
            .Text("data_type", row => row.Of.Signature.Result)
            .Nothing(TypeDetails)
            .Text("type_udt_catalog", row => row.Catalog)
            .Text("type_udt_schema", _ => "pg_catalog")
            .Text("type_udt_name", row => row.Of.Signature.Result)
            .Nothing("scope_catalog scope_schema scope_name maximum_cardinality:integer")
            .Text("dtd_identifier", _ => "0")
            .Text("routine_body", _ => "EXTERNAL")
            .Nothing("routine_definition external_name")
            .Text("external_language", _ => "INTERNAL")
            .Text("parameter_style", _ => "GENERAL")
            .Flag("is_deterministic", row => row.Of.Function.Volatility == Volatility.Immutable)
            .Text("sql_data_access", _ => "NO SQL")
            .Nothing("is_null_call sql_path")
            .Flag("schema_level_routine", _ => true)
            .Number("max_dynamic_result_sets", _ => 0)
            .Nothing("is_user_defined_cast is_implicitly_invocable")
            .Text("security_type", _ => "INVOKER")
            .Nothing("to_sql_specific_catalog to_sql_specific_schema to_sql_specific_name")
            .Flag("as_locator", _ => false)
            .Nothing("created:timestamptz last_altered:timestamptz new_savepoint_level")
            .Flag("is_udt_dependent", _ => false)
            .Nothing(ResultCast),
        MetadataTable<(Routine Routine, ParameterText Parameter, int Position)>.Of(
                "parameters", scope => Routines(scope).SelectMany(routine => routine.Of.Signature.Parameters.Select((parameter, i) => (routine, parameter, i + 1))))
            .Text("specific_catalog", row => row.Routine.Catalog)
            .Text("specific_schema", _ => "pg_catalog")
            .Text("specific_name", row => row.Routine.Of.SpecificName)
            .Number("ordinal_position", row => row.Position)
            .Text("parameter_mode", _ => "IN")
            .Flag("is_result", _ => false)
            .Flag("as_locator", _ => false)
            .Text("parameter_name", row => row.Parameter.Name)
            .Text("data_type", row => row.Parameter.Type)
            .Nothing(TypeDetails)
            .Text("udt_catalog", row => row.Routine.Catalog)
            .Text("udt_schema", _ => "pg_catalog")
            .Text("udt_name", row => row.Parameter.Type)
            .Nothing("scope_catalog scope_schema scope_name maximum_cardinality:integer")
            .Text("dtd_identifier", row => row.Position.ToString(System.Globalization.CultureInfo.InvariantCulture))
            .Nothing("parameter_default"),
        MetadataTable<(Routine Routine, string Role)>.Of("routine_privileges", scope => Routines(scope).Select(routine => (routine, scope.User)))
            .Text("grantor", row => row.Role)
            .Text("grantee", _ => "PUBLIC")
            .Text("specific_catalog", row => row.Routine.Catalog)
            .Text("specific_schema", _ => "pg_catalog")
            .Text("specific_name", row => row.Routine.Of.SpecificName)
            .Text("routine_catalog", row => row.Routine.Catalog)
            .Text("routine_schema", _ => "pg_catalog")
            .Text("routine_name", row => row.Routine.Of.Name)
            .Text("privilege_type", _ => "EXECUTE")
            .Flag("is_grantable", _ => false),
    ];

    private static IEnumerable<Routine> Routines(MetadataScope scope)
    {
        var catalog = scope.Names.CurrentCatalog;
        return RoutineRow.Callable(scope.Session.Engine.Functions)
            .Select(row => new Routine(catalog, row));
    }

    private sealed record Routine(string Catalog, RoutineRow Of);
}
