using System.Collections.Immutable;
using System.Text.Json;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Json;

/// <summary>Documents made of values, and documents as text.</summary>
internal static class JsonBuildFunctions
{
    private static readonly ArrayParameter Texts = new(DataType.Varchar);

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            JsonDocumentKernel.Info("to_json(value)", "A value as a document: arrays as arrays, rows and maps as objects, times in ISO 8601.", "to_json(ARRAY[1, 2])::varchar = '[1,2]'", "to_jsonb", "row_to_json", "array_to_json", "json_quote"),
            [RowKernel.Overload<TextBuilder>([AnyParameter.Each], DataType.Json, (a, row, result) =>
            {
                var writer = new ByteWriter { Zone = a.Session.TimeZone };
                ColumnJson.Write(a.Column(0), a.Place(0, row), writer);
                result.Append(writer.Written);
            })]),
        new(
            JsonDocumentKernel.Info("json_build_object(name, value, ...)", "An object of names and values in turn.", "json_build_object('a', 1, 'b', ARRAY[2])::varchar = '{\"a\":1,\"b\":[2]}'", "jsonb_build_object"),
            [Variadic(WriteObject, canFail: true)]),
        new(
            JsonDocumentKernel.Info("json_object(name, value, ...)", "An object of names and values in turn, of an array of them, or of an array of names and one of values.", "json_object(ARRAY['a', 'b'], ARRAY['1', NULL])::varchar = '{\"a\":\"1\",\"b\":null}'", "jsonb_object"),
            [OfArrays([Texts]), OfArrays([Texts, Texts]), Variadic(WriteObject, canFail: true)]),
        new(
            JsonDocumentKernel.Info("json_build_array(value, ...)", "An array of values.", "json_build_array(1, 'a', NULL)::varchar = '[1,\"a\",null]'", "jsonb_build_array", "json_array"),
            [Variadic((a, row, result) =>
            {
                var writer = new ByteWriter { Zone = a.Session.TimeZone };
                for (var i = 0; i < a.Count; i++)
                {
                    writer.Add((byte)(i == 0 ? '[' : ','));
                    ColumnJson.Write(a.Column(i), a.Place(i, row), writer);
                }

                writer.Add(a.Count == 0 ? "[]"u8 : "]"u8);
                result.Append(writer.Written);
            }, canFail: false)]),
        new(
            JsonDocumentKernel.Info("json_parse(text)", "The document in a text.", "json_parse('[1, 2]')::varchar = '[1, 2]'", "json"),
            [RowKernel.Overload<TextBuilder>([DataType.Varchar], DataType.Json, (a, row, result) =>
            {
                JsonDocumentKernel.Parse(a, 0, row);
                result.Append(a.Text(0, row));
            }, canFail: true)]),
        new(
            JsonDocumentKernel.Info("json_format(document)", "The text of a document, without blanks.", "json_format('[1, 2]'::json) = '[1,2]'"),
            [.. JsonDocumentKernel.Overloads<TextBuilder>(DataType.Varchar, (a, row, result) => result.Append(Text(JsonDocumentKernel.Parse(a, 0, row), isIndented: false)))]),
        new(
            JsonDocumentKernel.Info("jsonb_pretty(document)", "The text of a document, a member a line.", "jsonb_pretty('[1]'::json) = E'[\\n    1\\n]'", "json_pretty"),
            [.. JsonDocumentKernel.Overloads<TextBuilder>(DataType.Varchar, (a, row, result) => result.Append(Text(JsonDocumentKernel.Parse(a, 0, row), isIndented: true)))]),
    ];

    private static ScalarOverload Variadic(RowWriter<TextBuilder> write, bool canFail) => new([], _ => DataType.Json, _ => RowKernel.WithNulls(DataType.Json, write))
    {
        Variadic = AnyParameter.Each,
        SeesNulls = true,
        CanFail = canFail,
    };

    private static void WriteObject(RowArguments a, int row, TextBuilder result)
    {
        if (a.Count % 2 != 0)
        {
            throw new QueryException(ErrorCodes.InvalidParameterValue, $"argument list must have even number of elements, not {a.Count}", hint: "Names and values come in turn.");
        }

        var writer = new ByteWriter { Zone = a.Session.TimeZone };
        var name = new ByteWriter { Zone = a.Session.TimeZone };
        for (var i = 0; i < a.Count; i += 2)
        {
            if (a.IsNull(i, row))
            {
                throw new QueryException(ErrorCodes.InvalidParameterValue, $"argument {i + 1}: key must not be null");
            }

            writer.Add((byte)(i == 0 ? '{' : ','));
            name.Clear();
            ColumnText.TryWrite(a.Column(i), a.Place(i, row), name);
            ColumnJson.WriteString(name.Written, writer);
            writer.Add((byte)':');
            ColumnJson.Write(a.Column(i + 1), a.Place(i + 1, row), writer);
        }

        writer.Add(a.Count == 0 ? "{}"u8 : "}"u8);
        result.Append(writer.Written);
    }

    private static ScalarOverload OfArrays(ImmutableArray<ParameterType> parameters) => RowKernel.Overload<TextBuilder>(
        parameters,
        DataType.Json,
        (a, row, result) =>
        {
            var names = JsonPathArgument.Texts(a, 0, row);
            var values = a.Count > 1 ? JsonPathArgument.Texts(a, 1, row) : [.. names.Where((_, i) => i % 2 == 1)];
            names = a.Count > 1 ? names : [.. names.Where((_, i) => i % 2 == 0)];
            if (names.Count != values.Count)
            {
                var why = a.Count > 1 ? "mismatched array dimensions" : "array must have even number of elements";
                throw new QueryException(ErrorCodes.ArraySubscriptError, $"{why}: {names.Count} names and {values.Count} values");
            }

            var writer = new ByteWriter();
            writer.Add((byte)'{');
            foreach (var (name, value) in names.Zip(values))
            {
                writer.Add(writer.Length > 1 ? ","u8 : default);
                ColumnJson.WriteString(name ?? throw new QueryException(ErrorCodes.NullValueNotAllowed, "null value not allowed for object key"), writer);
                writer.Add((byte)':');
                if (value is null)
                {
                    writer.Add("null"u8);
                }
                else
                {
                    ColumnJson.WriteString(value, writer);
                }
            }

            writer.Add((byte)'}');
            result.Append(writer.Written);
        },
        canFail: true);

    private static ReadOnlySpan<byte> Text(JsonElement document, bool isIndented)
    {
        var writer = new ByteWriter();
        Write(document, writer, isIndented ? 0 : -1);
        return writer.Written;
    }

    /// <param name="element">What to write.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="depth">How deep it lies, or -1 to put all on one line.</param>
    private static void Write(JsonElement element, ByteWriter writer, int depth)
    {
        if (element.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            writer.Add(element.Raw());
            return;
        }

        var isFirst = true;
        var isObject = element.ValueKind == JsonValueKind.Object;
        writer.Add((byte)(isObject ? '{' : '['));
        if (isObject)
        {
            foreach (var member in element.EnumerateObject())
            {
                Separate();
                JsonDocumentKernel.WriteName(member.Name, writer);
                writer.Add(depth < 0 ? default : " "u8);
                Write(member.Value, writer, depth < 0 ? depth : depth + 1);
            }
        }
        else
        {
            foreach (var item in element.EnumerateArray())
            {
                Separate();
                Write(item, writer, depth < 0 ? depth : depth + 1);
            }
        }

        // PostgreSQL gives empty containers a line too.
        NewLine(depth);
        writer.Add((byte)(isObject ? '}' : ']'));

        void Separate()
        {
            writer.Add(isFirst ? default : ","u8);
            isFirst = false;
            NewLine(depth + 1);
        }

        void NewLine(int level)
        {
            if (depth >= 0)
            {
                writer.Add((byte)'\n');
                writer.Add(new string(' ', level * 4));
            }
        }
    }
}
