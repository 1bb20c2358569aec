using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Functions.Conversion;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Catalog;

/// <summary>What the one that asks may do with an object (PostgreSQL manual, "Access Privilege Inquiry Functions").</summary>
internal static class PrivilegeFunctions
{
    private const string GrantOption = " WITH GRANT OPTION";

    private const int UpdateInsertDelete = 4 + 8 + 16;

    private static readonly DataType Oid = OidType.ByName["oid"];

    private static readonly DataType RegClass = OidType.ByName["regclass"];

    /// <summary>An object, or the user before it, is named or numbered.</summary>
    private static readonly ImmutableArray<DataType> Names = [DataType.Varchar, Oid];

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        OfObject(
            "has_table_privilege(user, table, privilege)",
            "Whether the one that asks may read a table (SELECT), or change it.",
            "has_table_privilege('pg_class', 'SELECT') = true",
            OidClass.Relation,
            [],
            "has_any_column_privilege",
            "has_sequence_privilege"),
        OfObject(
            "has_column_privilege(user, table, column, privilege)",
            "Whether the one that asks may read a column (SELECT), or change it: as its table.",
            "has_column_privilege('pg_class', 'oid', 'SELECT') = true",
            OidClass.Relation,
            [DataType.Varchar, DataType.SmallInt]),
        OfObject(
            "has_schema_privilege(user, schema, privilege)",
            "Whether the one that asks may use a schema (USAGE), or make something in it (CREATE).",
            "has_schema_privilege('pg_catalog', 'CREATE') = false",
            OidClass.Namespace,
            []),
        new(
            Info("pg_relation_is_updatable(relation, include_triggers)", "What the one that asks can do to the rows of a relation: 4 for UPDATE, 8 for INSERT, 16 for DELETE, together.", "pg_relation_is_updatable('pg_class'::regclass, false) = 0"),
            [RowKernel.Overload<FixedBuilder<int>>([RegClass, DataType.Boolean], DataType.Integer, (a, row, result) => result.Append(MayWrite(a, row) ? UpdateInsertDelete : 0))]),
        new(
            Info("pg_column_is_updatable(relation, column, include_triggers)", "Whether the one that asks can change a column.", "pg_column_is_updatable('pg_class'::regclass, 1::smallint, false) = false"),
            [RowKernel.Overload<BooleanBuilder>([RegClass, DataType.SmallInt, DataType.Boolean], DataType.Boolean, (a, row, result) => result.Append(MayWrite(a, row)))]),
        new(
            Info(
                "has_database_privilege(user, object, privilege)",
                "Whether an object of a kind that no grants are about may be used: it may.",
                "has_database_privilege('memory', 'CONNECT') = true",
                "has_function_privilege",
                "has_tablespace_privilege",
                "has_type_privilege",
                "has_language_privilege",
                "pg_has_role"),
            [.. Forms([]).Select(form => RowKernel.Overload<BooleanBuilder>(form, DataType.Boolean, (_, _, result) => result.Append(true)))]),
    ];

    private static FunctionInfo Info(string signature, string description, string example, params ImmutableArray<string> aliases) =>
        new(signature, CatalogFunctions.Category, description, example) { Aliases = aliases, Volatility = Volatility.Stable };

    private static bool MayWrite(RowArguments a, int row) => a.Session.Facts.Objects.IsGranted(OidClass.Relation, a.Long(0, row), isWrite: true) == true;

    /// <summary>The arguments: perhaps a user, the object, perhaps a part of it, the privilege.</summary>
    private static IEnumerable<ImmutableArray<ParameterType>> Forms(ImmutableArray<DataType> parts)
    {
        var objects = Names.SelectMany(name => parts.IsEmpty ? [[name]] : parts.Select(part => ImmutableArray.Create(name, part))).ToList();
        var all = objects.Concat(Names.SelectMany(user => objects.Select(one => one.Insert(0, user))));
        return all.Select(types => types.Add(DataType.Varchar).Select(type => (ParameterType)type).ToImmutableArray());
    }

    private static ScalarFunction OfObject(string signature, string description, string example, OidClass kind, ImmutableArray<DataType> parts, params ImmutableArray<string> aliases) => new(
        Info(signature, description, example, aliases),
        [
            .. Forms(parts).Select(form =>
            {
                var place = form.Length - (parts.IsEmpty ? 2 : 3);
                return RowKernel.Overload<BooleanBuilder>(form, DataType.Boolean, (a, row, result) => Write(a, row, kind, place, result), canFail: true);
            }),
        ]);

    private static void Write(RowArguments a, int row, OidClass kind, int place, BooleanBuilder result)
    {
        var objects = a.Session.Facts.Objects;
        if (place > 0)
        {
            RefuseOthers(a, row, objects);
        }

        var oid = a.Column(place).Type.Kind == TypeKind.Oid ? a.Long(place, row) : objects.Find(kind, a.String(place, row)) ?? throw OidCasts.Unknown(kind, a.String(place, row));
        if (objects.IsGranted(kind, oid, isWrite: false) is not { } mayRead || objects.IsGranted(kind, oid, isWrite: true) is not { } mayWrite)
        {
            result.AppendNull();
            return;
        }

        var words = a.String(a.Count - 1, row).Split(',', StringSplitOptions.TrimEntries);
        result.Append(words.Select(word => IsWrite(word, kind) ? mayWrite : mayRead).ToArray().Contains(true));
    }

    /// <summary>Grants are told to the one who has them.</summary>
    private static void RefuseOthers(RowArguments a, int row, ICatalogObjects objects)
    {
        var user = a.Column(0).Type.Kind == TypeKind.Oid ? objects.NameOf(OidClass.Role, a.Long(0, row)) : a.String(0, row);
        if (user is null || (a.Column(0).Type.Kind != TypeKind.Oid && user != a.Session.User && user != "public"))
        {
            throw QueryException.NotSupportedYet($"privileges of another user: {user ?? a.Long(0, row).ToString(System.Globalization.CultureInfo.InvariantCulture)}");
        }
    }

    private static bool IsWrite(string privilege, OidClass kind)
    {
        var word = privilege.ToUpperInvariant();
        word = word.EndsWith(GrantOption, StringComparison.Ordinal) ? word[..^GrantOption.Length] : word;
        return (kind, word) switch
        {
            (_, "USAGE") or (OidClass.Relation, "SELECT") => false,
            (OidClass.Namespace, "CREATE") or (OidClass.Relation, "INSERT" or "UPDATE" or "DELETE" or "TRUNCATE" or "REFERENCES" or "TRIGGER") => true,
            _ => throw new QueryException(ErrorCodes.InvalidParameterValue, $"unrecognized privilege type: \"{privilege}\""),
        };
    }
}
