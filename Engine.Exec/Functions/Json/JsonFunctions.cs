using System.Collections.Immutable;
using System.Text.Json;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Json;

/// <summary>Values inside JSON documents.</summary>
internal static class JsonFunctions
{
    private static readonly ImmutableArray<DataType> Documents = [DataType.Json, DataType.Varchar];

    private delegate bool Lookup(RowArguments arguments, int row, out Range value);

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(Info("->(document, key)", "The field or item of a document, as JSON.", "('{\"a\": [1, 2]}'::json -> 'a')::varchar = '[1, 2]'"), [.. Getters(DataType.Json)]),
        new(Info("->>(document, key)", "The field or item of a document, as text.", "'{\"a\": \"x\"}'::json ->> 'a' = 'x'"), [.. Getters(DataType.Varchar)]),
        new(Info("json_extract(document, path)", "The value under a path, as JSON; NULL when there is none.", "json_extract('{\"a\": [1, 2]}', '$.a[1]')::varchar = '2'", "json_query"), [.. Documents.Select(type => Path(type, DataType.Json))]),
        new(
            Info("json_extract_scalar(document, path)", "The value under a path, as text; NULL when there is none.", "json_extract_scalar('{\"a\": {\"b\": \"x\"}}', '$.a.b') = 'x'", "json_value", "json_extract_string"),
            [.. Documents.Select(type => Path(type, DataType.Varchar))]),
        new(
            Info("json_array_length(document)", "Items of a JSON array; NULL when the document is none.", "json_array_length('[1, 2]') = 2", "jsonb_array_length"),
            [.. Documents.Select(type => RowKernel.Overload<FixedBuilder<int>>([type], DataType.Integer, Checked<FixedBuilder<int>>((a, row, result) =>
            {
                var count = JsonNavigator.Count(a.Text(0, row));
                result.AppendValue(count < 0 ? null : count);
            }), canFail: true))]),
        .. JsonInspection.All,
        .. JsonRecordFunctions.All,
        .. JsonBuildFunctions.All,
        .. JsonEditFunctions.All,
    ];

    private static FunctionInfo Info(string name, string description, string example, params ImmutableArray<string> aliases) =>
        new(name, "json", description, example) { Aliases = aliases };

    private static IEnumerable<ScalarOverload> Getters(DataType result) => Documents.SelectMany(type => new[]
    {
        Overload([type, DataType.Varchar], result, (RowArguments a, int row, out Range value) => JsonNavigator.TryGetField(a.Text(0, row), a.Text(1, row), out value)),
        Overload([type, DataType.BigInt], result, (RowArguments a, int row, out Range value) => JsonNavigator.TryGetItem(a.Text(0, row), a.Long(1, row), out value)),
    });

    private static ScalarOverload Path(DataType type, DataType result) => RowKernel.Prepared<TextBuilder>([type, DataType.Varchar], result, binding =>
    {
        var known = binding.Constants.GetValueOrDefault(1) is string path ? JsonNavigator.ParsePath(path) : null;
        return Writer(result, (RowArguments a, int row, out Range value) => JsonNavigator.TryFollow(a.Text(0, row), known ?? JsonNavigator.ParsePath(a.String(1, row)), out value));
    });

    private static ScalarOverload Overload(ImmutableArray<ParameterType> parameters, DataType result, Lookup lookup) =>
        RowKernel.Overload(parameters, result, Writer(result, lookup), canFail: true);

    private static RowWriter<TextBuilder> Writer(DataType type, Lookup lookup) => Checked<TextBuilder>((a, row, result) =>
    {
        if (!lookup(a, row, out var range))
        {
            result.AppendNull();
            return;
        }

        var value = a.Text(0, row)[range];
        if (type.Kind == TypeKind.Json)
        {
            result.Append(value);
            return;
        }

        var writer = new ByteWriter(value.Length + 8);
        if (JsonNavigator.TryUnquote(value, writer))
        {
            result.Append(writer.Written);
        }
        else
        {
            result.AppendNull();
        }
    });

    private static RowWriter<TBuilder> Checked<TBuilder>(RowWriter<TBuilder> write)
        where TBuilder : ColumnBuilder => (a, row, result) =>
        {
            try
            {
                write(a, row, result);
            }
            catch (JsonException error)
            {
                var text = a.String(0, row);
                throw new QueryException(
                    ErrorCodes.InvalidTextRepresentation, $"invalid input syntax for type json: \"{(text.Length > 200 ? text[..200] + "..." : text)}\"", cause: error);
            }
        };
}
