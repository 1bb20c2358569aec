using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Errors;
using Engine.Core.Types;

namespace Engine.Cli.Output;

/// <summary>Writes the batches of one result.</summary>
internal interface IResultWriter : IDisposable
{
    void Write(Batch batch);

    /// <summary>All batches were written.</summary>
    void Complete();
}

/// <summary>The output formats by name.</summary>
internal static class ResultWriters
{
    public static readonly ImmutableArray<string> Names = ["table", "csv", "tsv", "json", "ndjson", "markdown", "vertical", "arrow", "parquet", "none"];

    /// <param name="format">One of <see cref="Names"/>.</param>
    /// <param name="schema">Of the result.</param>
    /// <param name="output">Stays the caller's.</param>
    /// <param name="outputFile">The name of the file that the output goes to, or null for stdout.</param>
    /// <exception cref="QueryException">For bytes that no terminal can show.</exception>
    public static IResultWriter Create(string format, Schema schema, Stream output, string? outputFile)
    {
        var isTerminal = outputFile is null && !Console.IsOutputRedirected;
        if (format is "arrow" or "parquet" && isTerminal)
        {
            throw new QueryException(
                ErrorCodes.InvalidParameterValue, $"the format {format} is binary and is not written to a terminal", hint: "Give -o FILE, or redirect the output.");
        }

        return Create(format, schema, output, outputFile, isTerminal);
    }

    private static IResultWriter Create(string format, Schema schema, Stream output, string? outputFile, bool isTerminal) => format switch
    {
        "arrow" => new ArrowWriter(schema, output, outputFile is not null && ArrowWriter.IsFileName(outputFile)),
        "parquet" => new ParquetResultWriter(schema, output),
        "csv" => new DelimitedWriter(schema, output, (byte)','),
        "tsv" => new DelimitedWriter(schema, output, (byte)'\t'),
        "json" => new JsonWriter(schema, output, isArray: true),
        "ndjson" => new JsonWriter(schema, output, isArray: false),
        "markdown" => new MarkdownWriter(schema, output),
        "vertical" => new VerticalWriter(schema, output),
        "none" => new NoWriter(),
        _ => new TableWriter(schema, output, isTerminal),
    };

    private sealed class NoWriter : IResultWriter
    {
        public void Write(Batch batch)
        {
        }

        public void Complete()
        {
        }

        public void Dispose()
        {
        }
    }
}
