using System.Collections.Immutable;
using System.Text;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Functions.Conversion;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Catalog;

/// <summary>PostgreSQL's functions over the catalog, by which its clients show and find objects (PostgreSQL manual, "System Information Functions").</summary>
internal static class CatalogFunctions
{
    public const string Category = "catalog";

    private static readonly DataType Oid = OidType.ByName["oid"];
    private static readonly DataType RegClass = OidType.ByName["regclass"];

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            Info("format_type(oid, modifier)", "The SQL name of the type of that number.", "format_type(1700, 655366) = 'numeric(10,2)'"),
            [new([Oid, DataType.Integer], _ => DataType.Varchar, _ => RowKernel.WithNulls<TextBuilder>(DataType.Varchar, WriteType)) { SeesNulls = true }]),
        OfText("pg_get_userbyid(role)", "The name of a role.", "pg_get_userbyid(10) = current_user", CatalogText.RoleName, (oid, role) => role ?? $"unknown (OID={oid})"),
        Visible("pg_table_is_visible(relation)", "Whether the bare name of a table, view or index leads to it.", "pg_table_is_visible('pg_class'::regclass) = true", OidClass.Relation),
        Visible("pg_type_is_visible(type)", "Whether the bare name of a type leads to it.", "pg_type_is_visible(23) = true", OidClass.Type),
        Visible(
            "pg_function_is_visible(function)",
            "Whether the bare name of an object that is no table and no type leads to it, which it always does.",
            "pg_function_is_visible('array_in'::regproc) = true",
            OidClass.Function,
            "pg_operator_is_visible",
            "pg_opclass_is_visible",
            "pg_opfamily_is_visible",
            "pg_collation_is_visible",
            "pg_conversion_is_visible",
            "pg_statistics_obj_is_visible",
            "pg_ts_config_is_visible",
            "pg_ts_dict_is_visible",
            "pg_ts_parser_is_visible",
            "pg_ts_template_is_visible"),
        new(
            Info("obj_description(object, catalog)", "What COMMENT ON says of an object.", "obj_description('pg_class'::regclass, 'pg_class') IS NULL = true"),
            [
                Text([Oid], (a, row) => a.Session.Facts.Objects.TextOf(CatalogText.Comment, a.Long(0, row), part: 0)),
                Text([Oid, DataType.Varchar], (a, row) => a.Session.Facts.Objects.TextOf(CatalogText.Comment, a.Long(0, row), part: 0)),
            ]),
        new(
            Info("col_description(relation, column)", "What COMMENT ON says of the column of that number.", "col_description('pg_class'::regclass, 1) IS NULL = true"),
            [Text([Oid, DataType.Integer], (a, row) => a.Session.Facts.Objects.TextOf(CatalogText.Comment, a.Long(0, row), a.Fixed<int>(1, row)))]),
        new(
            Info("pg_get_expr(expression, relation, pretty)", "The text of an expression that the catalog holds.", "pg_get_expr('1 + 1', 0) = '1 + 1'"),
            [Text([DataType.Varchar, Oid], (a, row) => a.String(0, row)), Text([DataType.Varchar, Oid, DataType.Boolean], (a, row) => a.String(0, row))]),
        new(
            Info("pg_get_constraintdef(constraint, pretty)", "What a constraint says, as CREATE TABLE has it.", "pg_get_constraintdef(0) IS NULL = true"),
            [
                Text([Oid], (a, row) => a.Session.Facts.Objects.TextOf(CatalogText.ConstraintDefinition, a.Long(0, row), part: 0)),
                Text([Oid, DataType.Boolean], (a, row) => a.Session.Facts.Objects.TextOf(CatalogText.ConstraintDefinition, a.Long(0, row), a.Boolean(1, row) ? 1 : 0)),
            ]),
        new(
            Info("pg_get_indexdef(index, column, pretty)", "The statement that makes an index, or the column of that place in it.", "pg_get_indexdef(0) IS NULL = true"),
            [
                Text([Oid], (a, row) => a.Session.Facts.Objects.TextOf(CatalogText.IndexDefinition, a.Long(0, row), part: 0)),
                Text([Oid, DataType.Integer, DataType.Boolean], (a, row) => a.Session.Facts.Objects.TextOf(CatalogText.IndexDefinition, a.Long(0, row), a.Fixed<int>(1, row))),
            ]),
        new(
            Info("pg_get_viewdef(view, pretty)", "The query of a view.", "pg_get_viewdef('pg_class'::regclass) IS NULL = true"),
            [
                Text([Oid], (a, row) => a.Session.Facts.Objects.TextOf(CatalogText.ViewDefinition, a.Long(0, row), part: 0)),
                Text([Oid, DataType.Boolean], (a, row) => a.Session.Facts.Objects.TextOf(CatalogText.ViewDefinition, a.Long(0, row), part: 0)),
                Text([Oid, DataType.Integer], (a, row) => a.Session.Facts.Objects.TextOf(CatalogText.ViewDefinition, a.Long(0, row), part: 0)),
            ]),
        OfText("pg_get_function_result(function)", "The type that a function gives.", "pg_get_function_result('length'::regproc) = 'integer'", CatalogText.FunctionResult, (_, text) => text),
        OfText(
            "pg_get_function_arguments(function)",
            "The arguments of a function.",
            "pg_get_function_arguments('upper'::regproc) = 'text text'",
            CatalogText.FunctionArguments,
            (_, text) => text) is var arguments ? arguments with { Info = arguments.Info with { Aliases = ["pg_get_function_identity_arguments"] } } : null!,
        NoText(
            "pg_get_triggerdef(object, pretty)",
            "The statement that makes an object of a kind that there are none of: NULL.",
            "pg_get_triggerdef(0) IS NULL = true",
            "pg_get_ruledef",
            "pg_get_functiondef",
            "pg_get_function_sqlbody",
            "pg_get_partkeydef",
            "pg_get_partition_constraintdef",
            "pg_get_statisticsobjdef",
            "pg_get_statisticsobjdef_columns",
            "shobj_description"),
        new(
            Info("pg_get_serial_sequence(table, column)", "The sequence that a column's numbers come from, which is never one of its own: NULL.", "pg_get_serial_sequence('pg_class', 'oid') IS NULL = true"),
            [Text([DataType.Varchar, DataType.Varchar], (_, _) => null)]),
        .. new[] { "regclass", "regtype", "regnamespace", "regproc", "regrole" }.Select(ToReg),
    ];

    private static FunctionInfo Info(string signature, string description, string example, params ImmutableArray<string> aliases) =>
        new(signature, Category, description, example) { Aliases = aliases, Volatility = Volatility.Stable };

    private static ScalarOverload Text(ImmutableArray<ParameterType> parameters, Func<RowArguments, int, string?> text) =>
        RowKernel.Overload<TextBuilder>(parameters, DataType.Varchar, (a, row, result) => Append(text(a, row), result));

    private static ScalarFunction OfText(
        string signature, string description, string example, CatalogText kind, Func<long, string?, string?> give, params ImmutableArray<ParameterType> optional) => new(
        Info(signature, description, example),
        [
            Text([Oid], (a, row) => give(a.Long(0, row), a.Session.Facts.Objects.TextOf(kind, a.Long(0, row), part: 0))),
            .. optional.Select(further => Text([Oid, further], (a, row) => give(a.Long(0, row), a.Session.Facts.Objects.TextOf(kind, a.Long(0, row), part: 0)))),
        ]);

    private static ScalarFunction NoText(string signature, string description, string example, params ImmutableArray<string> aliases) => new(
        Info(signature, description, example, aliases),
        [Text([Oid], (_, _) => null), Text([Oid, DataType.Boolean], (_, _) => null), Text([Oid, DataType.Varchar], (_, _) => null)]);

    private static ScalarFunction Visible(string signature, string description, string example, OidClass kind, params ImmutableArray<string> aliases) => new(
        Info(signature, description, example, aliases),
        [
            RowKernel.Overload<BooleanBuilder>([Oid], DataType.Boolean, (a, row, result) =>
            {
                if (a.Session.Facts.Objects.IsVisible(kind, a.Long(0, row)) is { } isVisible)
                {
                    result.Append(isVisible);
                }
                else
                {
                    result.AppendNull();
                }
            }),
        ]);

    private static ScalarFunction ToReg(string type)
    {
        var to = (OidType)OidType.ByName[type];
        var example = type switch { "regclass" => "pg_class", "regtype" => "integer", "regnamespace" => "pg_catalog", "regproc" => "array_in", _ => "nobody" };
        return new(
            Info($"to_{type}(name)", $"The object of that name as a {type}; NULL, where a cast is an error, when there is none.", $"to_{type}('{example}') {(type == "regrole" ? "IS NULL" : "IS NOT NULL")} = true"),
            [RowKernel.Overload<FixedBuilder<long>>([DataType.Varchar], to, (a, row, result) =>
            {
                if (Find(to.Class, a.String(0, row), a.Session.Facts.Objects) is { } oid)
                {
                    result.Append(oid);
                }
                else
                {
                    result.AppendNull();
                }
            })]);
    }

    private static long? Find(OidClass kind, string name, ICatalogObjects objects)
    {
        try
        {
            return objects.Find(kind, name);
        }
        catch (QueryException)
        {
            return null;
        }
    }

    private static void WriteType(RowArguments a, int row, TextBuilder result)
    {
        if (a.IsNull(0, row))
        {
            result.AppendNull();
            return;
        }

        var oid = a.Long(0, row);
        var name = oid == 0 ? "-" : a.Session.Facts.Objects.NameOf(OidClass.Type, oid) ?? "???";
        Append(a.IsNull(1, row) ? name : TypeModifier.Apply(oid, name, a.Fixed<int>(1, row)), result);
    }

    private static void Append(string? text, TextBuilder result)
    {
        if (text is null)
        {
            result.AppendNull();
        }
        else
        {
            result.Append(Encoding.UTF8.GetBytes(text));
        }
    }
}
