using Engine.Core.Connectors;
using Engine.Core.Memory;
using Engine.Storage.Csv;
using Engine.Storage.ObjectStores.Local;
using Engine.TestKit;

namespace Engine.Differential.Tests.Files;

/// <summary>
/// Where both see a file differently without being told anything, DuckDB is told step by step what the engine found out, until they agree: what
/// the file's dialect is, then what its columns are. The rows can be compared then all the same, and what it took is part of the result.
/// </summary>
public static class ToldReading
{
    /// <summary>The first reading that is alike, with what DuckDB was told: nothing, dialect, types or "all as text"; else the plain one.</summary>
    public static (string Told, TwoReadings Reading) Of(EngineUnderTest engine, DuckDbOracle oracle, CorpusFile file)
    {
        var plain = TwoReadings.Of(engine, oracle, file.Call(), file.Call());
        if (plain.AreAlike || plain.Kind is "both fail" or "ours fails")
        {
            return ("nothing", plain);
        }

        foreach (var (told, ours, theirs) in file.Function == "read_csv" ? CsvSteps(engine, file) : JsonSteps(engine, file))
        {
            if (TwoReadings.Of(engine, oracle, ours, theirs) is { AreAlike: true } reading)
            {
                return (told, reading);
            }
        }

        return ("nothing", plain);
    }

    private static IEnumerable<(string Told, string Ours, string Theirs)> CsvSteps(EngineUnderTest engine, CorpusFile file)
    {
        var options = Dialect(file);

        // An empty field in quotes is an empty text, as COPY of PostgreSQL has it; DuckDB takes it for NULL unless told otherwise.
        var dialect = $", delim={Text(options["delimiter"])}, quote={Symbol(options["quote"])}, escape={Symbol(options["escape"])}, comment={Symbol(options["comment"])}"
            + $", header={(options["header_rows"] == "0" ? "false" : "true")}, skip={options["skip"]}, null_padding={options["null_padding"] ?? "false"}"
            + $", allow_quoted_nulls=false, strict_mode=false, auto_detect=true, sample_size=-1";
        yield return ("dialect", file.Call(), file.Call(dialect));
        var types = engine.Ask($"SELECT * FROM {file.Call()} LIMIT 0").Types.Select(type => $"'{DuckDbType(type)}'");
        yield return ("types", file.Call(), file.Call($"{dialect}, types=[{string.Join(", ", types)}]"));
        yield return ("all as text", file.Call(", all_varchar => true"), file.Call($"{dialect}, all_varchar=true"));
    }

    private static IEnumerable<(string Told, string Ours, string Theirs)> JsonSteps(EngineUnderTest engine, CorpusFile file)
    {
        var columns = engine.Ask($"SELECT * FROM {file.Call()} LIMIT 0");
        var types = columns.Columns.Zip(columns.Types, (name, type) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\": '{DuckDbType(type)}'");
        yield return ("types", file.Call(), file.Call($", columns={{{string.Join(", ", types)}}}"));
    }

    /// <summary>The type that holds the same values; nested ones are read as JSON.</summary>
    private static string DuckDbType(string type) => type switch
    {
        "timestamp with time zone" => "TIMESTAMPTZ",
        "timestamp(9)" => "TIMESTAMP_NS",
        _ when type.StartsWith("decimal", StringComparison.Ordinal) => type,
        _ when type.StartsWith("array", StringComparison.Ordinal) || type.StartsWith("row", StringComparison.Ordinal) => "JSON",
        _ => type.ToUpperInvariant(),
    };

    /// <summary>The options with which the engine reads a CSV file.</summary>
    public static FormatOptions Dialect(CorpusFile file)
    {
        var store = new LocalObjectStore();
        using var pool = TestPool.Create();
        return new CsvFormat(store, pool).Infer([store.List(file.Path, CancellationToken.None)[0]], FormatOptions.None, null, CancellationToken.None).Options;
    }

    private static string Symbol(string? symbol) => symbol is null or "none" ? "''" : Text(symbol);

    private static string Text(string? text) => $"'{text?.Replace("'", "''", StringComparison.Ordinal)}'";
}
