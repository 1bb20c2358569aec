using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Catalog;

/// <summary>What can be asked of indexes, all of which are told of as B-trees in ascending order (PostgreSQL manual, "Index Access Method Properties").</summary>
internal static class IndexPropertyFunctions
{
    private static readonly DataType Oid = OidType.ByName["oid"];

    private static readonly DataType RegClass = OidType.ByName["regclass"];

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        Properties(
            "pg_indexam_has_property(method, property)",
            "Whether indexes of a method can have a property: can_order, can_unique, can_multi_col, can_exclude, can_include.",
            "pg_indexam_has_property(403, 'can_unique') = true",
            [Oid, DataType.Varchar],
            property => property is "can_order" or "can_unique" or "can_multi_col" or "can_exclude" or "can_include" ? true : null),
        Properties(
            "pg_index_has_property(index, property)",
            "Whether an index has a property: clusterable, index_scan, bitmap_scan, backward_scan.",
            "pg_index_has_property('pg_class'::regclass, 'index_scan') = true",
            [RegClass, DataType.Varchar],
            property => property is "clusterable" or "index_scan" or "bitmap_scan" or "backward_scan" ? true : null),
        Properties(
            "pg_index_column_has_property(index, column, property)",
            "Whether a column of an index has a property: asc, desc, nulls_first, nulls_last, orderable, returnable ...",
            "pg_index_column_has_property('pg_class'::regclass, 1, 'asc') = true",
            [RegClass, DataType.Integer, DataType.Varchar],
            property => property switch
            {
                "asc" or "nulls_last" or "orderable" or "returnable" or "search_array" or "search_nulls" => true,
                "desc" or "nulls_first" or "distance_orderable" => false,
                _ => null,
            }),
    ];

    /// <summary>NULL for a property that there is not.</summary>
    private static ScalarFunction Properties(string signature, string description, string example, ImmutableArray<ParameterType> parameters, Func<string, bool?> has) => new(
        new FunctionInfo(signature, CatalogFunctions.Category, description, example) { Volatility = Volatility.Stable },
        [RowKernel.Overload<BooleanBuilder>(parameters, DataType.Boolean, (a, row, result) =>
        {
            if (has(a.String(parameters.Length - 1, row)) is { } answer)
            {
                result.Append(answer);
            }
            else
            {
                result.AppendNull();
            }
        })]);
}
