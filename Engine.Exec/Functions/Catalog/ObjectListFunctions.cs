using System.Collections.Immutable;
using System.Text;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Catalog;

/// <summary>The arrays behind those functions of PostgreSQL's catalog that give rows, and functions over its lists.</summary>
internal static unsafe class ObjectListFunctions
{
    private static readonly DataType Oid = OidType.ByName["oid"];

    private static readonly DataType RegClass = OidType.ByName["regclass"];

    private static readonly DataType Privileges = Rows(("grantor", Oid), ("grantee", Oid), ("privilege_type", DataType.Varchar), ("is_grantable", DataType.Boolean));

    private static readonly DataType Options = Rows(("option_name", DataType.Varchar), ("option_value", DataType.Varchar));

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            Info("acl_items(privileges)", "What aclexplode gives as rows. The catalog has NULL where PostgreSQL lists privileges, and there is no other list.", "acl_items(NULL) IS NULL = true"),
            [RowKernel.Overload<ListBuilder>([DataType.Array(DataType.Varchar)], Privileges, (_, _, _) => throw QueryException.NotSupportedYet("aclexplode of a list of privileges"), canFail: true)]),
        new(
            Info("acldefault(kind, owner)", "The privileges of an object that nobody gave any on: NULL, as the catalog has it.", "acldefault('r', 10) IS NULL = true"),
            [RowKernel.Overload<ListBuilder>([DataType.Varchar, Oid], DataType.Array(DataType.Varchar), (_, _, result) => result.AppendNull())]),
        new(
            Info("option_items(options)", "What pg_options_to_table gives as rows: the name and the value of each text of the form name=value.", "option_items(ARRAY['a=1'])[1].option_value = '1'"),
            [RowKernel.Overload<ListBuilder>([DataType.Array(DataType.Varchar)], Options, WriteOptions)]),
        new(
            Info("partition_ancestors(relation)", "What pg_partition_ancestors gives as rows: nothing, since no relation is a partition of another.", "cardinality(partition_ancestors('pg_class'::regclass)) = 0"),
            [RowKernel.Overload<ListBuilder>([RegClass], DataType.Array(RegClass), (_, _, result) => result.EndRow())]),
        new(
            Info("oidvectortypes(types)", "The SQL names of the types of those numbers, separated by commas.", "oidvectortypes('23 1043'::oidvector) = 'integer, character varying'"),
            [RowKernel.Overload<TextBuilder>([TypeName.Parse("oidvector")], DataType.Varchar, WriteTypes)]),
        new(
            Info("pg_blocking_pids(process)", "The sessions that one waits for: none, since sessions do not lock.", "cardinality(pg_blocking_pids(1)) = 0", "pg_safe_snapshot_blocking_pids"),
            [RowKernel.Overload<ListBuilder>([DataType.Integer], DataType.Array(DataType.Integer), (_, _, result) => result.EndRow())]),
    ];

    private static FunctionInfo Info(string signature, string description, string example, params ImmutableArray<string> aliases) =>
        new(signature, CatalogFunctions.Category, description, example) { Aliases = aliases, Volatility = Volatility.Stable };

    private static ArrayType Rows(params ImmutableArray<(string Name, DataType Type)> fields) => new(new RowType([.. fields.Select(field => new Field(field.Name, field.Type))]));

    private static void WriteTypes(RowArguments a, int row, TextBuilder result)
    {
        var lists = (ListColumn)a.Column(0);
        var oids = (FixedColumn)lists.Child;
        var place = a.Place(0, row);
        var names = new List<string>();
        for (var item = lists.Offsets[place]; item < lists.Offsets[place + 1]; item++)
        {
            names.Add(a.Session.Facts.Objects.NameOf(OidClass.Type, oids.Values<long>()[item]) ?? "???");
        }

        result.Append(Encoding.UTF8.GetBytes(string.Join(", ", names)));
    }

    private static void WriteOptions(RowArguments a, int row, ListBuilder result)
    {
        var lists = (ListColumn)a.Column(0);
        var texts = (TextColumn)lists.Child;
        var place = a.Place(0, row);
        var rows = (StructBuilder)result.Items;
        for (var item = lists.Offsets[place]; item < lists.Offsets[place + 1]; item++)
        {
            if (texts.IsNull(item))
            {
                continue;
            }

            var option = Encoding.UTF8.GetString(texts.Bytes(item)).Split('=', 2);
            ((TextBuilder)rows.Fields[0]).Append(Encoding.UTF8.GetBytes(option[0]));
            if (option is [_, var value])
            {
                ((TextBuilder)rows.Fields[1]).Append(Encoding.UTF8.GetBytes(value));
            }
            else
            {
                rows.Fields[1].AppendNull();
            }

            rows.EndRow();
        }

        result.EndRow();
    }
}
