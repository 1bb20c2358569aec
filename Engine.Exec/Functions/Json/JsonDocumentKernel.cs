using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Json;

/// <summary>Kernels over parsed documents, and documents written from parts of others.</summary>
internal static class JsonDocumentKernel
{
    /// <summary>The types that hold documents.</summary>
    public static readonly ImmutableArray<DataType> Documents = [DataType.Json, DataType.Varchar];

    public static FunctionInfo Info(string signature, string description, string example, params ImmutableArray<string> aliases) =>
        new(signature, "json", description, example) { Aliases = aliases };

    /// <summary>An overload for each type of document as the first argument.</summary>
    public static IEnumerable<ScalarOverload> Overloads<TBuilder>(DataType result, RowWriter<TBuilder> write, params ImmutableArray<ParameterType> others)
        where TBuilder : ColumnBuilder => Documents.Select(type => RowKernel.Overload([type, .. others], result, write, canFail: true));

    /// <summary>A document argument.</summary>
    /// <exception cref="QueryException">22P02 when it is none.</exception>
    public static JsonElement Parse(RowArguments a, int place, int row) => Parse(a.Text(place, row));

    public static JsonElement Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            var element = JsonElement.ParseValue(ref reader);
            return reader.Read() ? throw Invalid(text, null) : element;
        }
        catch (JsonException error)
        {
            throw Invalid(text, error);
        }
    }

    public static QueryException Invalid(ReadOnlySpan<byte> text, Exception? cause)
    {
        var shown = System.Text.Encoding.UTF8.GetString(text.Length > 200 ? text[..200] : text);
        return new QueryException(ErrorCodes.InvalidTextRepresentation, $"invalid input syntax for type json: \"{shown}{(text.Length > 200 ? "..." : string.Empty)}\"", cause: cause);
    }

    /// <summary>An element as it stands in its document.</summary>
    public static ReadOnlySpan<byte> Raw(this JsonElement element) => JsonMarshal.GetRawUtf8Value(element);

    /// <summary>Writes an object or array without some of its members.</summary>
    /// <param name="container">An object or array.</param>
    /// <param name="isKept">Whether a member stays, by its name or null, and its place.</param>
    /// <param name="writer">Where to.</param>
    public static void WriteWithout(JsonElement container, Func<string?, int, bool> isKept, ByteWriter writer) =>
        Write(container, (name, place, value) =>
        {
            if (isKept(name, place))
            {
                writer.Add(value.Raw());
            }

            return isKept(name, place);
        }, writer);

    /// <summary>Writes an object or array member by member; a member of which nothing was written is left out.</summary>
    /// <param name="container">An object or array.</param>
    /// <param name="write">Writes a member's value, given its name or null and its place; false to leave it out.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="end">Writes further members, told whether there are some before; null for none.</param>
    public static void Write(JsonElement container, Func<string?, int, JsonElement, bool> write, ByteWriter writer, Action<bool>? end = null)
    {
        var isObject = container.ValueKind == JsonValueKind.Object;
        var place = 0;
        var hasMembers = false;
        writer.Add((byte)(isObject ? '{' : '['));
        if (isObject)
        {
            foreach (var member in container.EnumerateObject())
            {
                hasMembers |= WriteMember(member.Name, member.Value, hasMembers);
            }
        }
        else
        {
            foreach (var item in container.EnumerateArray())
            {
                hasMembers |= WriteMember(null, item, hasMembers);
            }
        }

        end?.Invoke(hasMembers);
        writer.Add((byte)(isObject ? '}' : ']'));

        bool WriteMember(string? name, JsonElement value, bool isFurther)
        {
            var start = writer.Length;
            if (isFurther)
            {
                writer.Add((byte)',');
            }

            if (name is not null)
            {
                WriteName(name, writer);
            }

            var isWritten = write(name, place++, value);
            if (!isWritten)
            {
                writer.Truncate(start);
            }

            return isWritten;
        }
    }

    public static void WriteName(string name, ByteWriter writer)
    {
        ColumnJson.WriteString(System.Text.Encoding.UTF8.GetBytes(name), writer);
        writer.Add((byte)':');
    }
}
