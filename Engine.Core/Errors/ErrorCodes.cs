namespace Engine.Core.Errors;

/// <summary>Every error kind of the engine, with PostgreSQL's SQLSTATE (PostgreSQL manual, appendix A).</summary>
public static class ErrorCodes
{
    public static readonly ErrorCode ProtocolViolation = User("protocol_violation", "08P01");
    public static readonly ErrorCode FeatureNotSupported = User("feature_not_supported", "0A000");
    public static readonly ErrorCode CardinalityViolation = User("cardinality_violation", "21000");
    public static readonly ErrorCode StringDataRightTruncation = User("string_data_right_truncation", "22001");
    public static readonly ErrorCode NumericValueOutOfRange = User("numeric_value_out_of_range", "22003");
    public static readonly ErrorCode NullValueNotAllowed = User("null_value_not_allowed", "22004");
    public static readonly ErrorCode InvalidFrameSize = User("invalid_preceding_or_following_size", "22013");
    public static readonly ErrorCode InvalidDatetimeFormat = User("invalid_datetime_format", "22007");
    public static readonly ErrorCode DatetimeFieldOverflow = User("datetime_field_overflow", "22008");
    public static readonly ErrorCode DivisionByZero = User("division_by_zero", "22012");
    public static readonly ErrorCode SubstringError = User("substring_error", "22011");
    public static readonly ErrorCode InvalidArgumentForLogarithm = User("invalid_argument_for_logarithm", "2201E");
    public static readonly ErrorCode InvalidArgumentForPower = User("invalid_argument_for_power_function", "2201F");
    public static readonly ErrorCode InvalidArgumentForWidthBucket = User("invalid_argument_for_width_bucket_function", "2201G");
    public static readonly ErrorCode InvalidArgumentForNtile = User("invalid_argument_for_ntile_function", "22014");
    public static readonly ErrorCode InvalidArgumentForNthValue = User("invalid_argument_for_nth_value_function", "22016");
    public static readonly ErrorCode InvalidRowCountInLimit = User("invalid_row_count_in_limit_clause", "2201W");
    public static readonly ErrorCode InvalidRowCountInOffset = User("invalid_row_count_in_result_offset_clause", "2201X");
    public static readonly ErrorCode InvalidTablesampleArgument = User("invalid_tablesample_argument", "2202H");
    public static readonly ErrorCode SequenceLimitExceeded = User("sequence_generator_limit_exceeded", "2200H");
    public static readonly ErrorCode InvalidRegularExpression = User("invalid_regular_expression", "2201B");
    public static readonly ErrorCode InvalidEncoding = User("character_not_in_repertoire", "22021");
    public static readonly ErrorCode InvalidParameterValue = User("invalid_parameter_value", "22023");
    public static readonly ErrorCode InvalidEscapeSequence = User("invalid_escape_sequence", "22025");
    public static readonly ErrorCode ArraySubscriptError = User("array_subscript_error", "2202E");
    public static readonly ErrorCode InvalidTextRepresentation = User("invalid_text_representation", "22P02");
    public static readonly ErrorCode InvalidBinaryRepresentation = User("invalid_binary_representation", "22P03");
    public static readonly ErrorCode BadCopyFileFormat = User("bad_copy_file_format", "22P04");
    public static readonly ErrorCode ActiveTransaction = User("active_sql_transaction", "25001");
    public static readonly ErrorCode ReadOnlyTransaction = User("read_only_sql_transaction", "25006");
    public static readonly ErrorCode NoActiveTransaction = User("no_active_sql_transaction", "25P01");
    public static readonly ErrorCode InFailedTransaction = User("in_failed_sql_transaction", "25P02");
    public static readonly ErrorCode IdleInTransactionTimeout = new("idle_in_transaction_session_timeout", "25P03", ErrorSource.Resource);
    public static readonly ErrorCode InvalidSavepoint = User("invalid_savepoint_specification", "3B001");
    public static readonly ErrorCode InvalidCursorState = User("invalid_cursor_state", "24000");
    public static readonly ErrorCode InvalidCursorName = User("invalid_cursor_name", "34000");
    public static readonly ErrorCode DuplicateCursor = User("duplicate_cursor", "42P03");
    public static readonly ErrorCode ObjectNotInPrerequisiteState = User("object_not_in_prerequisite_state", "55000");
    public static readonly ErrorCode InsufficientPrivilege = User("insufficient_privilege", "42501");
    public static readonly ErrorCode InvalidForeignKey = User("invalid_foreign_key", "42830");
    public static readonly ErrorCode DuplicateObject = User("duplicate_object", "42710");
    public static readonly ErrorCode NotNullViolation = User("not_null_violation", "23502");
    public static readonly ErrorCode UniqueViolation = User("unique_violation", "23505");
    public static readonly ErrorCode CheckViolation = User("check_violation", "23514");
    public static readonly ErrorCode InvalidAuthorization = User("invalid_authorization_specification", "28000");
    public static readonly ErrorCode InvalidPassword = User("invalid_password", "28P01");
    public static readonly ErrorCode InvalidStatementName = User("invalid_sql_statement_name", "26000");
    public static readonly ErrorCode SyntaxError = User("syntax_error", "42601");
    public static readonly ErrorCode AmbiguousColumn = User("ambiguous_column", "42702");
    public static readonly ErrorCode UndefinedColumn = User("undefined_column", "42703");
    public static readonly ErrorCode UndefinedObject = User("undefined_object", "42704");
    public static readonly ErrorCode DuplicateAlias = User("duplicate_alias", "42712");
    public static readonly ErrorCode AmbiguousFunction = User("ambiguous_function", "42725");
    public static readonly ErrorCode DuplicateColumn = User("duplicate_column", "42701");
    public static readonly ErrorCode GroupingError = User("grouping_error", "42803");
    public static readonly ErrorCode DatatypeMismatch = User("datatype_mismatch", "42804");
    public static readonly ErrorCode WrongObjectType = User("wrong_object_type", "42809");
    public static readonly ErrorCode CannotCoerce = User("cannot_coerce", "42846");
    public static readonly ErrorCode UndefinedFunction = User("undefined_function", "42883");
    public static readonly ErrorCode InvalidName = User("invalid_name", "42602");
    public static readonly ErrorCode UndefinedTable = User("undefined_table", "42P01");
    public static readonly ErrorCode UndefinedParameter = User("undefined_parameter", "42P02");
    public static readonly ErrorCode DuplicatePreparedStatement = User("duplicate_prepared_statement", "42P05");
    public static readonly ErrorCode DuplicateSchema = User("duplicate_schema", "42P06");
    public static readonly ErrorCode DuplicateTable = User("duplicate_table", "42P07");
    public static readonly ErrorCode InvalidColumnReference = User("invalid_column_reference", "42P10");
    public static readonly ErrorCode InvalidTableDefinition = User("invalid_table_definition", "42P16");
    public static readonly ErrorCode WindowingError = User("windowing_error", "42P20");
    public static readonly ErrorCode IndeterminateDatatype = User("indeterminate_datatype", "42P18");
    public static readonly ErrorCode UndefinedDatabase = User("undefined_database", "3D000");
    public static readonly ErrorCode UndefinedSchema = User("invalid_schema_name", "3F000");
    public static readonly ErrorCode DependentObjectsStillExist = User("dependent_objects_still_exist", "2BP01");
    public static readonly ErrorCode SerializationFailure = User("serialization_failure", "40001");
    public static readonly ErrorCode UndefinedFile = User("undefined_file", "58P01");
    public static readonly ErrorCode DuplicateFile = User("duplicate_file", "58P02");

    public static readonly ErrorCode ProgramLimitExceeded = User("program_limit_exceeded", "54000");

    public static readonly ErrorCode OutOfMemory = new("out_of_memory", "53200", ErrorSource.Resource);
    public static readonly ErrorCode DiskFull = new("disk_full", "53100", ErrorSource.Resource);
    public static readonly ErrorCode StatementTooComplex = new("statement_too_complex", "54001", ErrorSource.Resource);
    public static readonly ErrorCode QueryCanceled = new("query_canceled", "57014", ErrorSource.Resource);

    public static readonly ErrorCode AdminShutdown = new("admin_shutdown", "57P01", ErrorSource.Resource);
    public static readonly ErrorCode CannotConnectNow = new("cannot_connect_now", "57P03", ErrorSource.Resource);
    public static readonly ErrorCode IdleSessionTimeout = new("idle_session_timeout", "57P05", ErrorSource.Resource);
    public static readonly ErrorCode TooManyConnections = new("too_many_connections", "53300", ErrorSource.Resource);
    public static readonly ErrorCode LimitExceeded = new("configuration_limit_exceeded", "53400", ErrorSource.Resource);

    public static readonly ErrorCode IoError = new("io_error", "58030", ErrorSource.External);
    public static readonly ErrorCode DataCorrupted = new("data_corrupted", "XX001", ErrorSource.External);
    public static readonly ErrorCode ConfigFileError = new("config_file_error", "F0000", ErrorSource.User);

    public static readonly ErrorCode InternalError = new("internal_error", "XX000", ErrorSource.Internal);

    private static ErrorCode User(string name, string sqlState) => new(name, sqlState, ErrorSource.User);
}
