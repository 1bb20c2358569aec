using System.Collections.Immutable;

namespace Engine.Server.Metadata.InformationSchema;

/// <summary>Tables about what the engine does not have: they are there, with PostgreSQL's columns, and have no rows.</summary>
internal static class EmptyTables
{
    /// <summary>The columns of each; names and types as far as they are not text.</summary>
    private const string Columns = """
        attributes: udt_catalog udt_schema udt_name attribute_name ordinal_position:integer attribute_default is_nullable data_type
            character_maximum_length:integer character_octet_length:integer character_set_catalog character_set_schema character_set_name collation_catalog
            collation_schema collation_name numeric_precision:integer numeric_precision_radix:integer numeric_scale:integer datetime_precision:integer
            interval_type interval_precision:integer attribute_udt_catalog attribute_udt_schema attribute_udt_name scope_catalog scope_schema scope_name
            maximum_cardinality:integer dtd_identifier is_derived_reference_attribute
        check_constraint_routine_usage: constraint_catalog constraint_schema constraint_name specific_catalog specific_schema specific_name
        column_column_usage: table_catalog table_schema table_name column_name dependent_column
        column_domain_usage: domain_catalog domain_schema domain_name table_catalog table_schema table_name column_name
        column_options: table_catalog table_schema table_name column_name option_name option_value
        column_udt_usage: udt_catalog udt_schema udt_name table_catalog table_schema table_name column_name
        data_type_privileges: object_catalog object_schema object_name object_type dtd_identifier
        domain_constraints: constraint_catalog constraint_schema constraint_name domain_catalog domain_schema domain_name is_deferrable initially_deferred
        domain_udt_usage: udt_catalog udt_schema udt_name domain_catalog domain_schema domain_name
        domains: domain_catalog domain_schema domain_name data_type character_maximum_length:integer character_octet_length:integer character_set_catalog
            character_set_schema character_set_name collation_catalog collation_schema collation_name numeric_precision:integer
            numeric_precision_radix:integer numeric_scale:integer datetime_precision:integer interval_type interval_precision:integer domain_default
            udt_catalog udt_schema udt_name scope_catalog scope_schema scope_name maximum_cardinality:integer dtd_identifier
        foreign_data_wrapper_options: foreign_data_wrapper_catalog foreign_data_wrapper_name option_name option_value
        foreign_data_wrappers: foreign_data_wrapper_catalog foreign_data_wrapper_name authorization_identifier library_name foreign_data_wrapper_language
        foreign_server_options: foreign_server_catalog foreign_server_name option_name option_value
        foreign_servers: foreign_server_catalog foreign_server_name foreign_data_wrapper_catalog foreign_data_wrapper_name foreign_server_type
            foreign_server_version authorization_identifier
        foreign_table_options: foreign_table_catalog foreign_table_schema foreign_table_name option_name option_value
        foreign_tables: foreign_table_catalog foreign_table_schema foreign_table_name foreign_server_catalog foreign_server_name
        role_routine_grants: grantor grantee specific_catalog specific_schema specific_name routine_catalog routine_schema routine_name privilege_type
            is_grantable
        role_udt_grants: grantor grantee udt_catalog udt_schema udt_name privilege_type is_grantable
        role_usage_grants: grantor grantee object_catalog object_schema object_name object_type privilege_type is_grantable
        routine_column_usage: specific_catalog specific_schema specific_name routine_catalog routine_schema routine_name table_catalog table_schema table_name
            column_name
        routine_routine_usage: specific_catalog specific_schema specific_name routine_catalog routine_schema routine_name
        routine_sequence_usage: specific_catalog specific_schema specific_name routine_catalog routine_schema routine_name sequence_catalog sequence_schema
            sequence_name
        routine_table_usage: specific_catalog specific_schema specific_name routine_catalog routine_schema routine_name table_catalog table_schema table_name
        sql_features: feature_id feature_name sub_feature_id sub_feature_name is_supported is_verified_by comments
        sql_implementation_info: implementation_info_id implementation_info_name integer_value:integer character_value comments
        sql_parts: feature_id feature_name is_supported is_verified_by comments
        sql_sizing: sizing_id:integer sizing_name supported_value:integer comments
        transforms: udt_catalog udt_schema udt_name specific_catalog specific_schema specific_name group_name transform_type
        triggered_update_columns: trigger_catalog trigger_schema trigger_name event_object_catalog event_object_schema event_object_table event_object_column
        triggers: trigger_catalog trigger_schema trigger_name event_manipulation event_object_catalog event_object_schema event_object_table
            action_order:integer action_condition action_statement action_orientation action_timing action_reference_old_table action_reference_new_table
            action_reference_old_row action_reference_new_row created:timestamptz
        udt_privileges: grantor grantee udt_catalog udt_schema udt_name privilege_type is_grantable
        usage_privileges: grantor grantee object_catalog object_schema object_name object_type privilege_type is_grantable
        user_defined_types: user_defined_type_catalog user_defined_type_schema user_defined_type_name user_defined_type_category is_instantiable is_final
            ordering_form ordering_category ordering_routine_catalog ordering_routine_schema ordering_routine_name reference_type data_type
            character_maximum_length:integer character_octet_length:integer character_set_catalog character_set_schema character_set_name collation_catalog
            collation_schema collation_name numeric_precision:integer numeric_precision_radix:integer numeric_scale:integer datetime_precision:integer
            interval_type interval_precision:integer source_dtd_identifier ref_dtd_identifier
        user_mapping_options: authorization_identifier foreign_server_catalog foreign_server_name option_name option_value
        user_mappings: authorization_identifier foreign_server_catalog foreign_server_name
        view_column_usage: view_catalog view_schema view_name table_catalog table_schema table_name column_name
        view_routine_usage: table_catalog table_schema table_name specific_catalog specific_schema specific_name
        view_table_usage: view_catalog view_schema view_name table_catalog table_schema table_name
        """;

    public static readonly ImmutableArray<MetadataTable> All = EmptyTable.ParseAll(Columns);
}
