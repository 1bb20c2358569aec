using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Engine.Core.Types;

namespace Engine.Storage.Tests.ArrowIpc;

/// <summary>What a golden file holds, from Arrow's integration JSON beside it ("Integration testing", arrow.apache.org).</summary>
internal sealed class GoldenTable
{
    private readonly JsonNode _root;
    private readonly Dictionary<long, JsonNode> _dictionaries;

    public GoldenTable(string path)
    {
        using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        _root = JsonNode.Parse(gzip)!;
        _dictionaries = (_root["dictionaries"]?.AsArray() ?? []).ToDictionary(entry => (long)entry!["id"]!, entry => entry!["data"]!["columns"]![0]!);
    }

    public IReadOnlyList<JsonNode> Fields => [.. _root["schema"]!["fields"]!.AsArray().Select(entry => entry!)];

    public List<string> Column(int index) =>
        [.. _root["batches"]!.AsArray().SelectMany(batch => Rows(Fields[index], batch!["columns"]![index]!).Select(ArrowTable.Show))];

    private IEnumerable<object?> Rows(JsonNode field, JsonNode column) =>
        Enumerable.Range(0, (int)column["count"]!).Select(row => Value(field, column, row));

    private object? Value(JsonNode field, JsonNode column, int row)
    {
        if (column["VALIDITY"] is { } validity && (int)validity[row]! == 0)
        {
            return null;
        }

        if (field["dictionary"] is { } dictionary)
        {
            var id = int.Parse(Text(column["DATA"]![row]!), CultureInfo.InvariantCulture);
            return Value(WithoutDictionary(field), _dictionaries[(long)dictionary["id"]!], id);
        }

        var type = field["type"]!;
        var child = field["children"]?.AsArray();
        switch ((string)type["name"]!)
        {
            case "null":
                return null;
            case "list" or "largelist":
                return Items(child![0]!, column["children"]![0]!, Offset(column, row), Offset(column, row + 1));
            case "listview" or "largelistview":
                return Items(child![0]!, column["children"]![0]!, Offset(column, row), Offset(column, row) + int.Parse(Text(column["SIZE"]![row]!), CultureInfo.InvariantCulture));
            case "fixedsizelist":
                var size = (int)type["listSize"]!;
                return Items(child![0]!, column["children"]![0]!, row * size, (row + 1) * size);
            case "map":
                return Items(child![0]!, column["children"]![0]!, Offset(column, row), Offset(column, row + 1));
            case "struct":
                return child!.Select((part, i) => Value(part!, column["children"]![i]!, row)).ToImmutableArray();
            case "union":
                var place = type["typeIds"]!.AsArray().Select(id => (int)id!).ToList().IndexOf((int)column["TYPE_ID"]![row]!);
                return Json(Value(child![place]!, column["children"]![place]!, (string)type["mode"]! == "DENSE" ? (int)column["OFFSET"]![row]! : row));
            default:
                return Scalar(field, type, column["DATA"]![row]!);
        }
    }

    private object Items(JsonNode field, JsonNode column, int start, int end) =>
        Enumerable.Range(start, end - start).Select(item => Value(field, column, item)).ToImmutableArray();

    /// <summary>The engine's text of a value inside of a union.</summary>
    private static string? Json(object? value) => value switch
    {
        null => null,
        string text => JsonSerializer.Serialize(text, new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }),
        bool flag => flag ? "true" : "false",
        byte[] bytes => $"\"\\\\x{Convert.ToHexStringLower(bytes)}\"",
        _ => ArrowTable.Show(value),
    };

    private static object Scalar(JsonNode field, JsonNode type, JsonNode data) => ((string)type["name"]!, (string?)type["unit"] ?? (string?)type["precision"]?.ToString()) switch
    {
        ("bool", _) => (bool)data,
        ("int", _) => Integer((int)type["bitWidth"]!, (bool)type["isSigned"]!, Text(data)),
        ("floatingpoint", "DOUBLE") => (double)data,
        ("floatingpoint", _) => (float)(double)data,
        ("utf8" or "largeutf8", _) => (string)data!,
        ("fixedsizebinary", _) when IsUuid(field) => UInt128.Parse((string)data!, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        ("binary" or "largebinary" or "fixedsizebinary", _) => Convert.FromHexString((string)data!),
        ("decimal", _) => Int128.Parse((string)data!, CultureInfo.InvariantCulture),
        ("date", "DAY") => (int)data,
        ("date", _) => (int)Math.Floor((decimal)Number(data) / 86_400_000),
        ("time", var unit) => Micros(Number(data), unit!),
        ("timestamp", "NANOSECOND") => Number(data),
        ("timestamp", var unit) => Micros(Number(data), unit!),
        ("duration", var unit) => new Interval(0, 0, Micros(Number(data), unit!)),
        ("interval", "YEAR_MONTH") => new Interval((int)data, 0, 0),
        ("interval", "DAY_TIME") => new Interval(0, (int)data["days"]!, (int)data["milliseconds"]! * 1000L),
        var (name, _) => throw new InvalidOperationException($"unknown type {name}"),
    };

    private static object Integer(int width, bool isSigned, string text)
    {
        var number = Int128.Parse(text, CultureInfo.InvariantCulture);
        return (width, isSigned) switch
        {
            (8, true) => (sbyte)number,
            (8, false) or (16, true) => (short)number,
            (16, false) or (32, true) => (int)number,
            (32, false) or (64, true) => (long)number,
            _ => number,
        };
    }

    private static long Micros(long count, string unit) => unit switch
    {
        "SECOND" => count * 1_000_000,
        "MILLISECOND" => count * 1000,
        "MICROSECOND" => count,
        _ => (long)Math.Floor((decimal)count / 1000),
    };

    private static bool IsUuid(JsonNode field) => field["metadata"]?.AsArray().Any(pair => (string)pair!["value"]! is "uuid" or "arrow.uuid") == true;

    private static JsonNode WithoutDictionary(JsonNode field)
    {
        var copy = field.DeepClone().AsObject();
        copy.Remove("dictionary");
        return copy;
    }

    private static int Offset(JsonNode column, int row) => int.Parse(Text(column["OFFSET"]![row]!), CultureInfo.InvariantCulture);

    private static long Number(JsonNode node) => long.Parse(Text(node), CultureInfo.InvariantCulture);

    /// <summary>Numbers of 64 bits are strings in newer files.</summary>
    private static string Text(JsonNode node) => node.ToString();
}
