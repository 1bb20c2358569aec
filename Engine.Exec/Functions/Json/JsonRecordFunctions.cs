using System.Collections.Immutable;
using System.Text.Json;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Json;

/// <summary>Documents that are to become rows, and say when they cannot: what json_to_record and json_to_recordset begin with.</summary>
internal static class JsonRecordFunctions
{
    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            JsonDocumentKernel.Info("json_record(document)", "An object as it is; what json_to_record reads a row from.", "json_record('{\"a\": 1}'::json) ->> 'a' = '1'"),
            [.. JsonDocumentKernel.Overloads<TextBuilder>(DataType.Json, (a, row, result) =>
            {
                var document = JsonDocumentKernel.Parse(a, 0, row);
                result.Append(document.ValueKind == JsonValueKind.Object ? document.Raw() : throw Bad($"cannot call populate_composite on {Kind(document)}"));
            })]),
        new(
            JsonDocumentKernel.Info("json_records(document)", "The objects of an array; what json_to_recordset reads rows from.", "cardinality(json_records('[{\"a\": 1}, {}]'::json)) = 2"),
            [.. JsonDocumentKernel.Overloads<ListBuilder>(DataType.Array(DataType.Json), (a, row, result) =>
            {
                var document = JsonDocumentKernel.Parse(a, 0, row);
                if (document.ValueKind != JsonValueKind.Array)
                {
                    throw Bad($"cannot call json_to_recordset on {Kind(document)}");
                }

                foreach (var item in document.EnumerateArray())
                {
                    ((TextBuilder)result.Items).Append(item.ValueKind == JsonValueKind.Object ? item.Raw() : throw Bad($"argument of json_to_recordset must be an array of objects, not of {Kind(item)}"));
                }

                result.EndRow();
            })]),
    ];

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ => "a scalar",
    };

    private static QueryException Bad(string message) => new(ErrorCodes.InvalidParameterValue, message);
}
