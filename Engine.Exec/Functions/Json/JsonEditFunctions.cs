using System.Collections.Immutable;
using System.Text.Json;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Json;

/// <summary>Parts of documents by paths of names and places, and documents with parts changed.</summary>
internal static class JsonEditFunctions
{
    private static readonly DataType Texts = DataType.Array(DataType.Varchar);

    /// <summary>Removal of members, for the operator -.</summary>
    public static readonly ImmutableArray<ScalarOverload> Subtract =
    [
        Edit([DataType.Json, DataType.Varchar], (a, row, document, writer) =>
        {
            var name = a.String(1, row);
            Remove(document, (member, item) => member == name || (member is null && item.ValueKind == JsonValueKind.String && item.ValueEquals(name)), writer);
        }),
        Edit([DataType.Json, Texts], (a, row, document, writer) =>
        {
            var names = JsonPathArgument.Names(a, 1, row);
            Remove(document, (member, item) => member is null ? item.ValueKind == JsonValueKind.String && names.Contains(item.GetString()!) : names.Contains(member), writer);
        }),
        Edit([DataType.Json, DataType.BigInt], (a, row, document, writer) =>
        {
            if (document.ValueKind != JsonValueKind.Array)
            {
                throw new QueryException(ErrorCodes.InvalidParameterValue, $"cannot delete from {JsonInspection.TypeOf(document)} using integer index");
            }

            var index = a.Long(1, row) < 0 ? a.Long(1, row) + document.GetArrayLength() : a.Long(1, row);
            JsonDocumentKernel.WriteWithout(document, (_, place) => place != index, writer);
        }),
    ];

    /// <summary>Documents put together, for the operator ||.</summary>
    public static readonly ScalarOverload Concatenation = RowKernel.Overload<TextBuilder>([DataType.Json, DataType.Json], DataType.Json, WriteConcatenation, canFail: true);

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(JsonDocumentKernel.Info("#>(document, path)", "The value under a path of names and places, as JSON.", "('{\"a\": [1, 2]}'::json #> '{a,1}')::varchar = '2'"), [.. Paths(DataType.Json)]),
        new(JsonDocumentKernel.Info("#>>(document, path)", "The value under a path of names and places, as text.", "('{\"a\": [\"x\"]}'::json #>> ARRAY['a', '0']) = 'x'"), [.. Paths(DataType.Varchar)]),
        new(
            JsonDocumentKernel.Info("json_extract_path(document, step, ...)", "The value under names and places, as JSON.", "json_extract_path('{\"a\": [1, 2]}', 'a', '1')::varchar = '2'", "jsonb_extract_path"),
            [.. JsonDocumentKernel.Documents.Select(type => Variadic(type, DataType.Json))]),
        new(
            JsonDocumentKernel.Info("json_extract_path_text(document, step, ...)", "The value under names and places, as text.", "json_extract_path_text('{\"a\": [\"x\"]}', 'a', '0') = 'x'", "jsonb_extract_path_text"),
            [.. JsonDocumentKernel.Documents.Select(type => Variadic(type, DataType.Varchar))]),
        new(
            JsonDocumentKernel.Info("json_array_get(document, place)", "An item of an array, from 0 on or from the end when negative, as JSON.", "json_array_get('[1, 2]', -1)::varchar = '2'"),
            [.. JsonDocumentKernel.Overloads<TextBuilder>(
                DataType.Json,
                (a, row, result) =>
                {
                    JsonDocumentKernel.Parse(a, 0, row);
                    Append(a.Text(0, row), JsonNavigator.TryGetItem(a.Text(0, row), a.Long(1, row), out var range) ? range : null, DataType.Json, result);
                },
                DataType.BigInt)]),
        new(
            JsonDocumentKernel.Info("#-(document, path)", "The document without the value under a path.", "('{\"a\": [1, 2]}'::json #- '{a,0}')::varchar = '{\"a\":[2]}'", "jsonb_delete_path"),
            [Edit([DataType.Json, DataType.Varchar], WriteDeletion), Edit([DataType.Json, Texts], WriteDeletion)]),
        new(
            JsonDocumentKernel.Info("jsonb_set(document, path, value, creates)", "The document with another value under a path; unless the last argument is false, also where there was none.", "jsonb_set('{\"a\": 1}', '{a}', '2')::varchar = '{\"a\":2}'", "json_set"),
            [.. Settings((a, row) => a.Count < 4 || a.Boolean(3, row))]),
        new(
            JsonDocumentKernel.Info("json_strip_nulls(document)", "The document without members of objects that are null.", "json_strip_nulls('{\"a\": null, \"b\": [null]}')::varchar = '{\"b\":[null]}'", "jsonb_strip_nulls"),
            [.. JsonDocumentKernel.Overloads<TextBuilder>(DataType.Json, (a, row, result) =>
            {
                var writer = new ByteWriter();
                WriteWithoutNulls(JsonDocumentKernel.Parse(a, 0, row), writer);
                result.Append(writer.Written);
            })]),
        new(
            JsonDocumentKernel.Info("json_merge_patch(document, patch)", "The document changed as RFC 7396 says: members of the patch replace, null removes.", "json_merge_patch('{\"a\": 1, \"b\": 2}', '{\"a\": 3, \"b\": null}')::varchar = '{\"a\":3}'"),
            [.. JsonDocumentKernel.Documents.Select(type => RowKernel.Overload<TextBuilder>([type, type], DataType.Json, (a, row, result) =>
            {
                var writer = new ByteWriter();
                WriteMerged(JsonDocumentKernel.Parse(a, 0, row), JsonDocumentKernel.Parse(a, 1, row), writer);
                result.Append(writer.Written);
            }, canFail: true))]),
    ];

    private delegate void DocumentWriter(RowArguments a, int row, JsonElement document, ByteWriter writer);

    private static ScalarOverload Edit(ImmutableArray<ParameterType> parameters, DocumentWriter write) => RowKernel.Overload<TextBuilder>(
        parameters,
        DataType.Json,
        (a, row, result) =>
        {
            var writer = new ByteWriter();
            write(a, row, JsonDocumentKernel.Parse(a, 0, row), writer);
            result.Append(writer.Written);
        },
        canFail: true);

    private static void Remove(JsonElement document, Func<string?, JsonElement, bool> isOut, ByteWriter writer)
    {
        if (document.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            throw new QueryException(ErrorCodes.InvalidParameterValue, $"cannot delete from scalar: {document.GetRawText()}");
        }

        JsonDocumentKernel.Write(document, (name, _, value) =>
        {
            writer.Add(value.Raw());
            return !isOut(name, value);
        }, writer);
    }

    private static void Append(ReadOnlySpan<byte> document, Range? range, DataType type, TextBuilder result)
    {
        if (range is not { } found)
        {
            result.AppendNull();
            return;
        }

        var value = document[found];
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
    }

    private static IEnumerable<ScalarOverload> Paths(DataType result) => JsonDocumentKernel.Documents.SelectMany(document => new[] { DataType.Varchar, Texts }.Select(path =>
        RowKernel.Overload<TextBuilder>([document, path], result, (a, row, builder) =>
        {
            JsonDocumentKernel.Parse(a, 0, row);
            Append(a.Text(0, row), JsonPathArgument.TryFollow(a.Text(0, row), JsonPathArgument.Steps(a, 1, row), out var range) ? range : null, result, builder);
        }, canFail: true)));

    private static ScalarOverload Variadic(DataType type, DataType result) => RowKernel.Overload<TextBuilder>([type], result, (a, row, builder) =>
    {
        JsonDocumentKernel.Parse(a, 0, row);
        var steps = Enumerable.Range(1, a.Count - 1).Select(byte[]? (place) => a.Text(place, row).ToArray()).ToList();
        Append(a.Text(0, row), JsonPathArgument.TryFollow(a.Text(0, row), steps, out var range) ? range : null, result, builder);
    }, canFail: true) with
    {
        Variadic = DataType.Varchar,
    };

    private static void WriteConcatenation(RowArguments a, int row, TextBuilder result)
    {
        var (left, right) = (JsonDocumentKernel.Parse(a, 0, row), JsonDocumentKernel.Parse(a, 1, row));
        var writer = new ByteWriter();
        if (left.ValueKind == JsonValueKind.Object && right.ValueKind == JsonValueKind.Object)
        {
            WriteUnion(left, right, writer);
        }
        else
        {
            // Anything but two objects is an array of one item, or is one.
            var isFirst = true;
            writer.Add((byte)'[');
            foreach (var item in ItemsOf(left).Concat(ItemsOf(right)))
            {
                writer.Add(isFirst ? default : ","u8);
                writer.Add(item.Raw());
                isFirst = false;
            }

            writer.Add((byte)']');
        }

        result.Append(writer.Written);
    }

    private static IEnumerable<JsonElement> ItemsOf(JsonElement element) => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [element];

    private static void WriteUnion(JsonElement left, JsonElement right, ByteWriter writer) => JsonDocumentKernel.Write(
        left,
        (name, _, value) =>
        {
            writer.Add(right.TryGetProperty(name!, out var other) ? other.Raw() : value.Raw());
            return true;
        },
        writer,
        hasMembers =>
        {
            foreach (var member in right.EnumerateObject().Where(member => !left.TryGetProperty(member.Name, out _)))
            {
                writer.Add(hasMembers ? ","u8 : default);
                JsonDocumentKernel.WriteName(member.Name, writer);
                writer.Add(member.Value.Raw());
                hasMembers = true;
            }
        });

    private static void WriteDeletion(RowArguments a, int row, JsonElement document, ByteWriter writer) =>
        WriteChanged(document, JsonPathArgument.Names(a, 1, row), null, creates: false, writer);

    private static IEnumerable<ScalarOverload> Settings(Func<RowArguments, int, bool> creates) =>
        JsonDocumentKernel.Documents.SelectMany(type => new[] { DataType.Varchar, Texts }.SelectMany(path => new[] { false, true }.Select(hasFlag => Edit(
            hasFlag ? [type, path, type, DataType.Boolean] : [type, path, type],
            (a, row, document, writer) =>
            {
                JsonDocumentKernel.Parse(a, 2, row);
                WriteChanged(document, JsonPathArgument.Names(a, 1, row), a.Text(2, row).ToArray(), creates(a, row), writer);
            }))));

    /// <param name="document">What is changed.</param>
    /// <param name="steps">Where.</param>
    /// <param name="value">What stands there then; null for nothing.</param>
    /// <param name="creates">Whether also where nothing stood.</param>
    /// <param name="writer">Where to.</param>
    private static void WriteChanged(JsonElement document, ReadOnlySpan<string?> steps, byte[]? value, bool creates, ByteWriter writer)
    {
        if (steps.IsEmpty || document.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            writer.Add(document.Raw());
            return;
        }

        var step = steps[0] ?? throw new QueryException(ErrorCodes.NullValueNotAllowed, "path element is null");
        var rest = steps[1..].ToArray();
        var isObject = document.ValueKind == JsonValueKind.Object;
        var index = isObject ? 0 : IndexOf(step, document.GetArrayLength());
        var isFound = false;
        var isBefore = creates && !isObject && index < 0 && rest.Length == 0;
        if (isBefore)
        {
            writer.Add((byte)'[');
            writer.Add(value);
            writer.Add(document.GetArrayLength() > 0 ? ","u8 : default);
            var start = writer.Length;
            JsonDocumentKernel.WriteWithout(document, (_, _) => true, writer);
            var tail = writer.Written[(start + 1)..].ToArray();
            writer.Truncate(start);
            writer.Add(tail);
            return;
        }

        JsonDocumentKernel.Write(
            document,
            (name, place, member) =>
            {
                if (isObject ? name != step : place != index)
                {
                    writer.Add(member.Raw());
                    return true;
                }

                isFound = true;
                if (rest.Length > 0)
                {
                    WriteChanged(member, rest, value, creates, writer);
                    return true;
                }

                writer.Add(value);
                return value is not null;
            },
            writer,
            hasMembers =>
            {
                if (!isFound && creates && rest.Length == 0)
                {
                    writer.Add(hasMembers ? ","u8 : default);
                    if (isObject)
                    {
                        JsonDocumentKernel.WriteName(step, writer);
                    }

                    writer.Add(value);
                }
            });
    }

    private static long IndexOf(string step, int count) => long.TryParse(step, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var index)
        ? index < 0 ? index + count : index
        : throw new QueryException(ErrorCodes.InvalidTextRepresentation, $"path element is not an integer: \"{step}\"");

    private static void WriteWithoutNulls(JsonElement element, ByteWriter writer)
    {
        if (element.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            writer.Add(element.Raw());
            return;
        }

        JsonDocumentKernel.Write(element, (name, _, value) =>
        {
            WriteWithoutNulls(value, writer);
            return name is null || value.ValueKind != JsonValueKind.Null;
        }, writer);
    }

    private static void WriteMerged(JsonElement? document, JsonElement patch, ByteWriter writer)
    {
        if (patch.ValueKind != JsonValueKind.Object)
        {
            writer.Add(patch.Raw());
            return;
        }

        var target = document is { ValueKind: JsonValueKind.Object } known ? known : JsonDocumentKernel.Parse("{}"u8);
        JsonDocumentKernel.Write(
            target,
            (name, _, value) =>
            {
                if (!patch.TryGetProperty(name!, out var change))
                {
                    writer.Add(value.Raw());
                    return true;
                }

                WriteMerged(value, change, writer);
                return change.ValueKind != JsonValueKind.Null;
            },
            writer,
            hasMembers =>
            {
                foreach (var member in patch.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null && !target.TryGetProperty(member.Name, out _)))
                {
                    writer.Add(hasMembers ? ","u8 : default);
                    JsonDocumentKernel.WriteName(member.Name, writer);
                    WriteMerged(null, member.Value, writer);
                    hasMembers = true;
                }
            });
    }
}
