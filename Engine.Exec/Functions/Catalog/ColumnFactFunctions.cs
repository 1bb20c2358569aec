using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Catalog;

/// <summary>
/// What information_schema.columns says of a type by its number and modifier. PostgreSQL has these functions in that schema, their names with an underscore
/// in front; connectors call them that build the view themselves (PostgreSQL 15, information_schema.sql).
/// </summary>
internal static class ColumnFactFunctions
{
    private const int Header = 4;
    private const int MaxTextBytes = 1 << 30;
    private const int MaxBytesPerCharacter = 4;
    private const int Microseconds = 6;

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        Fact("pg_char_max_length", "The n of varchar(n).", "pg_char_max_length(1043, 44) = 40", MaxLength),
        Fact(
            "pg_char_octet_length",
            "The bytes that text may have.",
            "pg_char_octet_length(1043, 44) = 160",
            (type, modifier) => type is not (25 or 1042 or 1043) ? null : MaxLength(type, modifier) is { } length ? length * MaxBytesPerCharacter : MaxTextBytes),
        Fact("pg_numeric_precision", "The digits of a type of numbers, or the bits of one in binary.", "pg_numeric_precision(1700, 655366) = 10", Precision),
        Fact(
            "pg_numeric_precision_radix", "What the precision counts: 10 for digits, 2 for bits.", "pg_numeric_precision_radix(23, -1) = 2", (type, modifier) => type == 1700 ? 10 : Precision(type, modifier) is null ? null : 2),
        Fact(
            "pg_numeric_scale",
            "The digits behind the point.",
            "pg_numeric_scale(1700, 655366) = 2",
            (type, modifier) => type switch { 20 or 21 or 23 => 0, 1700 when modifier >= Header => (modifier - Header) & 0xFFFF, _ => null }),
        Fact(
            "pg_datetime_precision",
            "The digits of seconds.",
            "pg_datetime_precision(1114, -1) = 6",
            (type, modifier) => type switch
            {
                1082 => 0,
                1083 or 1114 or 1184 or 1266 => modifier < 0 ? Microseconds : modifier,
                1186 => modifier < 0 || (modifier & 0xFFFF) == 0xFFFF ? Microseconds : modifier & 0xFFFF,
                _ => null,
            }),
    ];

    private static int? MaxLength(long type, int modifier) => type is 1042 or 1043 && modifier >= Header ? modifier - Header : null;

    private static int? Precision(long type, int modifier) => type switch
    {
        21 => 16,
        23 => 32,
        20 => 64,
        700 => 24,
        701 => 53,
        1700 when modifier >= Header => ((modifier - Header) >> 16) & 0xFFFF,
        _ => null,
    };

    private static ScalarFunction Fact(string name, string description, string example, Func<long, int, int?> of) => new(
        new FunctionInfo($"{name}(type, modifier)", CatalogFunctions.Category, description, example),
        [RowKernel.Overload<FixedBuilder<int>>([OidType.ByName["oid"], DataType.Integer], DataType.Integer, (a, row, result) =>
        {
            if (of(a.Long(0, row), a.Fixed<int>(1, row)) is { } fact)
            {
                result.Append(fact);
            }
            else
            {
                result.AppendNull();
            }
        })]);
}
