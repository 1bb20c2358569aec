using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Memory;
using Engine.Storage.Csv;
using Engine.Storage.ObjectStores.Local;
using Engine.TestKit;

namespace Engine.Differential.Tests.Files;

/// <summary>The dialect that the engine finds in a CSV file, in DuckDB's options: for files whose sniffing differs, and whose rows can be compared all the same.</summary>
public static class Dialects
{
    public static string ForDuckDb(CorpusFile file)
    {
        var store = new LocalObjectStore();
        using var pool = TestPool.Create();
        FormatOptions options;
        try
        {
            options = new CsvFormat(store, pool).Infer([store.List(file.Path, CancellationToken.None)[0]], FormatOptions.None, null, CancellationToken.None).Options;
        }
        catch (QueryException)
        {
            return "";
        }

        // All empty fields behind a record's last are NULL, and records that do not fit fail or not, as here.
        return $", delim={Text(options["delimiter"])}, quote={Symbol(options["quote"])}, escape={Symbol(options["escape"])}, comment={Symbol(options["comment"])}"
            + $", header={(options["header_rows"] == "0" ? "false" : "true")}, skip={options["skip"]}, null_padding={options["null_padding"] ?? "false"}, auto_detect=true";
    }

    private static string Symbol(string? symbol) => symbol is null or "none" ? "''" : Text(symbol);

    private static string Text(string? text) => $"'{text?.Replace("'", "''", StringComparison.Ordinal)}'";
}
