using System.Collections.Immutable;
using System.Text.Json;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Json;

/// <summary>What a document is and holds.</summary>
internal static class JsonInspection
{
    private static readonly DataType Texts = DataType.Array(DataType.Varchar);

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            JsonDocumentKernel.Info("json_typeof(document)", "object, array, string, number, boolean or null.", "json_typeof('[1]'::json) = 'array'", "jsonb_typeof"),
            [.. JsonDocumentKernel.Overloads<TextBuilder>(DataType.Varchar, (a, row, result) => result.Append(TypeOf(JsonDocumentKernel.Parse(a, 0, row))))]),
        new(
            JsonDocumentKernel.Info("json_valid(text)", "Whether the text is a document.", "json_valid('[1') = false", "is_json"),
            [.. JsonDocumentKernel.Documents.Select(type => RowKernel.Overload<BooleanBuilder>([type], DataType.Boolean, (a, row, result) => result.Append(IsValid(a.Text(0, row)))))]),
        new(
            JsonDocumentKernel.Info("is_json_scalar(document)", "Whether the document is neither object nor array.", "is_json_scalar('1') = true"),
            [.. JsonDocumentKernel.Overloads<BooleanBuilder>(DataType.Boolean, (a, row, result) =>
                result.Append(JsonDocumentKernel.Parse(a, 0, row).ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)))]),
        new(
            JsonDocumentKernel.Info("json_keys(document)", "The names of an object's members; NULL when it is none.", "json_keys('{\"a\": 1, \"b\": 2}') = ARRAY['a', 'b']"),
            [.. JsonDocumentKernel.Overloads<ListBuilder>(Texts, (a, row, result) =>
            {
                var document = JsonDocumentKernel.Parse(a, 0, row);
                if (document.ValueKind != JsonValueKind.Object)
                {
                    result.AppendNull();
                    return;
                }

                foreach (var member in document.EnumerateObject())
                {
                    ((TextBuilder)result.Items).Append(member.Name);
                }

                result.EndRow();
            })]),
        new(
            JsonDocumentKernel.Info("json_items(document)", "The items of an array; what json_array_elements gives as rows.", "json_items('[1, \"a\"]') = ARRAY['1'::json, '\"a\"'::json]"),
            [.. JsonDocumentKernel.Overloads<ListBuilder>(DataType.Array(DataType.Json), (a, row, result) => AppendItems(JsonDocumentKernel.Parse(a, 0, row), isText: false, result))]),
        new(
            JsonDocumentKernel.Info("json_texts(document)", "The items of an array as text, strings without quotes; what json_array_elements_text gives as rows.", "json_texts('[1, \"a\", null]') = ARRAY['1', 'a', NULL]"),
            [.. JsonDocumentKernel.Overloads<ListBuilder>(Texts, (a, row, result) => AppendItems(JsonDocumentKernel.Parse(a, 0, row), isText: true, result))]),
        new(
            JsonDocumentKernel.Info("json_entries(document)", "The members of an object; what json_each gives as rows.", "json_entries('{\"a\": \"x\"}')[1].value = '\"x\"'::json"),
            [.. JsonDocumentKernel.Overloads<ListBuilder>(Entries(DataType.Json), (a, row, result) => AppendEntries(JsonDocumentKernel.Parse(a, 0, row), isText: false, result))]),
        new(
            JsonDocumentKernel.Info("json_text_entries(document)", "The members of an object as text, strings without quotes; what json_each_text gives as rows.", "json_text_entries('{\"a\": \"x\"}')[1].value = 'x'"),
            [.. JsonDocumentKernel.Overloads<ListBuilder>(Entries(DataType.Varchar), (a, row, result) => AppendEntries(JsonDocumentKernel.Parse(a, 0, row), isText: true, result))]),
        new(
            JsonDocumentKernel.Info("json_size(document, path)", "Members of the object or items of the array under a path; 0 for others.", "json_size('{\"a\": [1, 2]}', '$.a') = 2"),
            [
                .. JsonDocumentKernel.Overloads<FixedBuilder<long>>(DataType.BigInt, (a, row, result) => result.Append(SizeOf(JsonDocumentKernel.Parse(a, 0, row)))),
                .. JsonDocumentKernel.Overloads<FixedBuilder<long>>(
                    DataType.BigInt,
                    (a, row, result) =>
                    {
                        if (JsonNavigator.TryFollow(a.Text(0, row), JsonNavigator.ParsePath(a.String(1, row)), out var range))
                        {
                            result.Append(SizeOf(JsonDocumentKernel.Parse(a.Text(0, row)[range])));
                        }
                        else
                        {
                            result.AppendNull();
                        }
                    },
                    DataType.Varchar),
            ]),
        new(
            JsonDocumentKernel.Info("json_exists(document, path)", "Whether there is a value under a path.", "json_exists('{\"a\": null}', '$.a') = true"),
            [.. JsonDocumentKernel.Overloads<BooleanBuilder>(
                DataType.Boolean,
                (a, row, result) =>
                {
                    JsonDocumentKernel.Parse(a, 0, row);
                    result.Append(JsonNavigator.TryFollow(a.Text(0, row), JsonNavigator.ParsePath(a.String(1, row)), out _));
                },
                DataType.Varchar)]),
        new(
            JsonDocumentKernel.Info("json_array_contains(document, value)", "Whether an array has an item equal to a value.", "json_array_contains('[1, 2]', 2) = true"),
            [.. new[] { DataType.Boolean, DataType.BigInt, DataType.Double, DataType.Varchar }.SelectMany(type =>
                JsonDocumentKernel.Overloads<BooleanBuilder>(DataType.Boolean, WriteHasItem, type))]),
        new(
            JsonDocumentKernel.Info("@>(left, right)", "Whether a document holds all that another does, or an array all items of another.", "('{\"a\": [1, 2]}'::json @> '{\"a\": [2]}') = true", "json_contains", "array_has_all", "list_has_all"),
            [Containment(0, 1), Nested.SetFunctions.ContainsAll(0, 1)]),
        new(
            JsonDocumentKernel.Info("<@(left, right)", "Whether a document is held by another, or all items of an array by another.", "('{\"a\": [2]}'::json <@ '{\"a\": [1, 2]}') = true"),
            [Containment(1, 0), Nested.SetFunctions.ContainsAll(1, 0)]),
        new(
            JsonDocumentKernel.Info("?(document, key)", "Whether a text is a name in an object or an item of an array.", "('{\"a\": 1}'::json ? 'a') = true"),
            [RowKernel.Overload<BooleanBuilder>([DataType.Json, DataType.Varchar], DataType.Boolean, (a, row, result) => result.Append(HasKey(JsonDocumentKernel.Parse(a, 0, row), a.Text(1, row))), canFail: true)]),
        new(
            JsonDocumentKernel.Info("?|(document, keys)", "Whether one of the texts is a name in an object or an item of an array.", "('{\"a\": 1}'::json ?| ARRAY['b', 'a']) = true"),
            [Keys(isAll: false)]),
        new(
            JsonDocumentKernel.Info("?&(document, keys)", "Whether all of the texts are names in an object or items of an array.", "('{\"a\": 1}'::json ?& ARRAY['b', 'a']) = false"),
            [Keys(isAll: true)]),
    ];

    public static string TypeOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    private static void AppendItems(JsonElement document, bool isText, ListBuilder result)
    {
        if (document.ValueKind != JsonValueKind.Array)
        {
            throw new QueryException(ErrorCodes.InvalidParameterValue, $"cannot extract elements from {(document.ValueKind == JsonValueKind.Object ? "an object" : "a scalar")}");
        }

        foreach (var item in document.EnumerateArray())
        {
            Append(item, isText, (TextBuilder)result.Items);
        }

        result.EndRow();
    }

    private static ArrayType Entries(DataType value) => new(new RowType([new Field("key", DataType.Varchar), new Field("value", value)]));

    private static void AppendEntries(JsonElement document, bool isText, ListBuilder result)
    {
        if (document.ValueKind != JsonValueKind.Object)
        {
            throw new QueryException(ErrorCodes.InvalidParameterValue, $"cannot deconstruct {(document.ValueKind == JsonValueKind.Array ? "an array as an object" : "a scalar")}");
        }

        var entries = (StructBuilder)result.Items;
        foreach (var member in document.EnumerateObject())
        {
            ((TextBuilder)entries.Fields[0]).Append(member.Name);
            Append(member.Value, isText, (TextBuilder)entries.Fields[1]);
            entries.EndRow();
        }

        result.EndRow();
    }

    private static void Append(JsonElement value, bool isText, TextBuilder result)
    {
        if (isText && value.ValueKind == JsonValueKind.Null)
        {
            result.AppendNull();
        }
        else
        {
            result.Append(isText && value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());
        }
    }

    private static bool IsValid(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            reader.Read();
            reader.Skip();
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static long SizeOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Count(),
        JsonValueKind.Array => element.GetArrayLength(),
        _ => 0,
    };

    private static void WriteHasItem(RowArguments a, int row, BooleanBuilder result)
    {
        var document = JsonDocumentKernel.Parse(a, 0, row);
        if (document.ValueKind != JsonValueKind.Array)
        {
            result.AppendNull();
            return;
        }

        var writer = new ByteWriter();
        ColumnJson.Write(a.Column(1), a.Place(1, row), writer);
        var wanted = JsonDocumentKernel.Parse(writer.Written);
        result.Append(document.EnumerateArray().Any(item => JsonElement.DeepEquals(item, wanted)));
    }

    private static ScalarOverload Containment(int container, int content) => RowKernel.Overload<BooleanBuilder>(
        [DataType.Json, DataType.Json],
        DataType.Boolean,
        (a, row, result) => result.Append(Contains(JsonDocumentKernel.Parse(a, container, row), JsonDocumentKernel.Parse(a, content, row), isTop: true)),
        canFail: true);

    /// <summary>As PostgreSQL's jsonb has it: at the top an array holds a scalar that is one of its items.</summary>
    private static bool Contains(JsonElement container, JsonElement content, bool isTop)
    {
        switch (container.ValueKind, content.ValueKind)
        {
            case (JsonValueKind.Object, JsonValueKind.Object):
                return content.EnumerateObject().All(member => container.TryGetProperty(member.Name, out var value) && Contains(value, member.Value, isTop: false));
            case (JsonValueKind.Array, JsonValueKind.Array):
                return content.EnumerateArray().All(wanted => container.EnumerateArray().Any(item => Contains(item, wanted, isTop: false)));
            case (JsonValueKind.Array, not JsonValueKind.Object) when isTop:
                return container.EnumerateArray().Any(item => JsonElement.DeepEquals(item, content));
            default:
                return JsonElement.DeepEquals(container, content);
        }
    }

    private static bool HasKey(JsonElement document, ReadOnlySpan<byte> key)
    {
        switch (document.ValueKind)
        {
            case JsonValueKind.Object:
                return document.TryGetProperty(key, out _);
            case JsonValueKind.Array:
                foreach (var item in document.EnumerateArray())
                {
                    if (item.ValueKind == JsonValueKind.String && item.ValueEquals(key))
                    {
                        return true;
                    }
                }

                return false;
            default:
                return document.ValueKind == JsonValueKind.String && document.ValueEquals(key);
        }
    }

    private static unsafe ScalarOverload Keys(bool isAll) => RowKernel.Overload<BooleanBuilder>(
        [DataType.Json, Texts],
        DataType.Boolean,
        (a, row, result) =>
        {
            var document = JsonDocumentKernel.Parse(a, 0, row);
            var keys = JsonPathArgument.Texts(a, 1, row).OfType<byte[]>();
            result.Append(isAll ? keys.All(key => HasKey(document, key)) : keys.Any(key => HasKey(document, key)));
        },
        canFail: true);
}
