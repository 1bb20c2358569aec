using System.Collections.Immutable;

namespace Engine.Server.Sessions;

/// <summary>Settings of PostgreSQL that clients read, or write without asking what for: the first cannot be changed, the others change nothing.</summary>
internal static class PostgresPresets
{
    /// <summary>What cannot be changed.</summary>
    public static readonly ImmutableArray<(string Name, string Value, string Description)> Fixed =
    [
        ("block_size", "8192", "the bytes of a page of PostgreSQL's, by which its clients reckon sizes"),
        ("lc_collate", "C", "the order of text: that of its bytes"),
        ("lc_ctype", "C", "which letters there are"),
        ("max_connections", "1000", "the sessions that there may be"),
        ("max_identifier_length", "63", "the bytes of a name that PostgreSQL's clients count with; longer names are fine"),
        ("max_index_keys", "32", "the columns that an index may have"),
        ("password_encryption", "scram-sha-256", "how passwords are kept"),
        ("server_version_num", "150000", "server_version as a number"),
    ];

    /// <summary>What is accepted for clients that set it, by its default.</summary>
    public static readonly ImmutableArray<(string Name, string Value)> Accepted =
    [
        ("array_nulls", "on"), ("backslash_quote", "safe_encoding"), ("check_function_bodies", "on"), ("default_table_access_method", "heap"), ("default_tablespace", string.Empty),
        ("default_text_search_config", "pg_catalog.simple"), ("default_transaction_deferrable", "off"), ("enable_hashjoin", "on"), ("enable_mergejoin", "on"), ("enable_nestloop", "on"), ("enable_seqscan", "on"),
        ("escape_string_warning", "on"), ("geqo", "on"), ("jit", "on"), ("lc_messages", "C"), ("lc_monetary", "C"), ("lc_numeric", "C"), ("lc_time", "C"), ("maintenance_work_mem", "64MB"),
        ("quote_all_identifiers", "off"), ("synchronize_seqscans", "on"), ("synchronous_commit", "on"), ("tcp_keepalives_count", "0"),
        ("tcp_keepalives_idle", "0"), ("tcp_keepalives_interval", "0"), ("temp_buffers", "8MB"), ("timezone_abbreviations", "Default"), ("transform_null_equals", "off"), ("work_mem", "4MB"), ("xmloption", "content"),
    ];
}
