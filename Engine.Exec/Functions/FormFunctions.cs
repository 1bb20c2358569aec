using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions;

/// <summary>
/// Conditional functions. Most of them are forms that the binder takes apart, for not all their arguments are evaluated, or none is; they have no
/// overloads and stand here to be found.
/// </summary>
internal static class FormFunctions
{
    public static readonly ImmutableArray<ScalarFunction> All =
    [
        Form("coalesce(value, ...)", "The first argument that is not NULL; those behind it are not evaluated.", "coalesce(NULL, 2, 1 / 0) = 2", "ifnull", "nvl"),
        Form("nullif(value, other)", "NULL when the values are equal, else the first.", "nullif(1, 1) IS NULL = true"),
        Form("if(condition, value, other)", "The second argument where the condition is true, else the third or NULL; the other one is not evaluated.", "if(true, 1, 1 / 0) = 1", "iif"),
        Form("try(value)", "NULL where the argument raises an error of data, as a division by zero.", "try(1 / 0) IS NULL = true"),
        Form("try_cast(value AS type)", "The value as a type; NULL where it is none.", "TRY_CAST('x' AS integer) IS NULL = true"),
        Form("cast(value AS type)", "The value as a type.", "CAST('42' AS integer) = 42"),
        Form("typeof(value)", "The name of the argument's type.", "typeof(1) = 'integer'"),
        Form("pg_typeof(value)", "The name of the argument's type, as PostgreSQL spells it.", "pg_typeof(1.5) = 'numeric'"),
        Form("struct_pack(name := value, ...)", "A row whose fields have names.", "struct_pack(a := 1).a = 1"),
        Form("struct_extract(row, field)", "The field of a row that a constant names or counts from 1.", "struct_extract({'a': 5}, 'a') = 5"),
        new(Info("num_nulls(value, ...)", "How many arguments are NULL.", "num_nulls(1, NULL, 2) = 1"), [Counted(isNull: true)]),
        new(Info("num_nonnulls(value, ...)", "How many arguments are not NULL.", "num_nonnulls(1, NULL, 2) = 2"), [Counted(isNull: false)]),
    ];

    private static FunctionInfo Info(string signature, string description, string example, params ImmutableArray<string> aliases) =>
        new(signature, "conditional", description, example) { Aliases = aliases };

    private static ScalarFunction Form(string signature, string description, string example, params ImmutableArray<string> aliases) =>
        new(Info(signature, description, example, aliases), []);

    private static ScalarOverload Counted(bool isNull) => new([], _ => DataType.Integer, _ => RowKernel.WithNulls<FixedBuilder<int>>(DataType.Integer, (a, row, result) =>
    {
        var count = 0;
        for (var i = 0; i < a.Count; i++)
        {
            count += a.IsNull(i, row) == isNull ? 1 : 0;
        }

        result.Append(count);
    }))
    {
        Variadic = AnyParameter.Each,
        SeesNulls = true,
    };
}
