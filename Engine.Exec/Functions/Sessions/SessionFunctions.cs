using System.Collections.Immutable;
using System.Text;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Sessions;

/// <summary>What a statement can ask of its session, under PostgreSQL's names.</summary>
internal static class SessionFunctions
{
    private static readonly DataType Texts = DataType.Array(DataType.Varchar);

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        Fact("current_user()", "The user who asks.", "(current_user = session_user) = true", session => session.User, "session_user", "current_role", "user"),
        Fact("current_catalog()", "The catalog of schemas that are named without one.", "(current_catalog = current_database()) = true", session => session.Facts.Catalog, "current_database"),
        Fact("current_schema()", "The first schema of the search path that there is; NULL without one.", "(current_schema() = current_schemas(false)[1]) IS NOT FALSE = true", session => session.Facts.Schemas.FirstOrDefault()),
        Fact("version()", "What the engine says it is.", "starts_with(version(), 'PostgreSQL') = true", session => session.Facts.Version),
        new(
            Info("current_schemas(with_implicit)", "The schemas of the search path that there are, with those that are always searched or without.", "contains(current_schemas(true), 'pg_catalog') = true"),
            [RowKernel.Overload<ListBuilder>([DataType.Boolean], Texts, WriteSchemas)]),
        new(
            Info("current_setting(name, missing_ok)", "The value of a setting, which SHOW names; NULL instead of an error where there is none, if the second argument is true.", "current_setting('timezone') = 'UTC'"),
            [
                RowKernel.Overload<TextBuilder>([DataType.Varchar], DataType.Varchar, WriteSetting, canFail: true),
                RowKernel.Overload<TextBuilder>([DataType.Varchar, DataType.Boolean], DataType.Varchar, WriteSetting, canFail: true),
            ]),
        new(
            Info("set_config(name, value, is_local)", "Changes a setting, as SET and SET LOCAL do, and gives its value.", "set_config('application_name', 'x', false) = 'x'") with { Volatility = Volatility.Volatile },
            [RowKernel.Overload<TextBuilder>([DataType.Varchar, DataType.Varchar, DataType.Boolean], DataType.Varchar, Set, canFail: true)]),
    ];

    private static FunctionInfo Info(string signature, string description, string example, params ImmutableArray<string> aliases) =>
        new(signature, "session", description, example) { Aliases = aliases, Volatility = Volatility.Stable };

    private static ScalarFunction Fact(string signature, string description, string example, Func<SessionContext, string?> value, params ImmutableArray<string> aliases) => new(
        Info(signature, description, example, aliases),
        [RowKernel.Overload<TextBuilder>([], DataType.Varchar, (a, _, result) => Append(value(a.Session), result))]);

    private static void WriteSchemas(RowArguments a, int row, ListBuilder result)
    {
        var items = (TextBuilder)result.Items;
        foreach (var schema in a.Boolean(0, row) ? a.Session.Facts.Schemas.Insert(0, "pg_catalog") : a.Session.Facts.Schemas)
        {
            items.Append(Encoding.UTF8.GetBytes(schema));
        }

        result.EndRow();
    }

    private static void WriteSetting(RowArguments a, int row, TextBuilder result)
    {
        var name = a.String(0, row).ToLowerInvariant();
        var value = a.Session.Facts.Setting(name);
        if (value is null && !(a.Count > 1 && a.Boolean(1, row)))
        {
            throw new QueryException(ErrorCodes.UndefinedObject, $"unrecognized configuration parameter \"{name}\"");
        }

        Append(value, result);
    }

    private static void Set(RowArguments a, int row, TextBuilder result)
    {
        var name = a.String(0, row).ToLowerInvariant();
        a.Session.Facts.Set(name, a.String(1, row), a.Boolean(2, row));
        Append(a.Session.Facts.Setting(name), result);
    }

    private static void Append(string? value, TextBuilder result)
    {
        if (value is null)
        {
            result.AppendNull();
        }
        else
        {
            result.Append(Encoding.UTF8.GetBytes(value));
        }
    }
}
