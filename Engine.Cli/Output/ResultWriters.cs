using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Memory;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Server.Copy;
using Engine.Storage.ArrowIpc;
using Engine.Storage.Csv;
using Engine.Storage.Json;
using Engine.Storage.Parquet.Writing;

namespace Engine.Cli.Output;

/// <summary>The output formats by name.</summary>
internal static class ResultWriters
{
    public static readonly ImmutableArray<string> Names = ["table", "csv", "tsv", "json", "ndjson", "markdown", "vertical", "arrow", "parquet", "none"];

    /// <param name="format">One of <see cref="Names"/>.</param>
    /// <param name="schema">Of the result.</param>
    /// <param name="output">Stays the caller's.</param>
    /// <param name="outputFile">The name of the file that the output goes to, or null for stdout.</param>
    /// <param name="context">Of the text.</param>
    /// <param name="pool">Holds what waits to be written.</param>
    /// <exception cref="QueryException">For bytes that no terminal can show.</exception>
    public static IBatchWriter Create(string format, Schema schema, Stream output, string? outputFile, TextContext context, MemoryPool pool)
    {
        var isTerminal = outputFile is null && !Console.IsOutputRedirected;
        RefuseTerminal(format, isTerminal);
        return Create(format, schema, output, outputFile, isTerminal, context, pool);
    }

    /// <summary>The writer of a result that says itself how it is written, as that of COPY TO STDOUT does.</summary>
    /// <exception cref="QueryException">For bytes that no terminal can show.</exception>
    public static IBatchWriter Create(CopyFormat format, Schema schema, Stream output, string? outputFile, MemoryPool pool)
    {
        RefuseTerminal(format.Name, outputFile is null && !Console.IsOutputRedirected);
        return format.Open(schema, output, pool);
    }

    private static IBatchWriter Create(string format, Schema schema, Stream output, string? outputFile, bool isTerminal, TextContext context, MemoryPool pool) => format switch
    {
        "arrow" => new ArrowWriter(schema, output, pool, outputFile is not null && ArrowWriter.IsFileName(outputFile)),
        "parquet" => new ParquetWriter(output, schema, pool),
        "csv" => new DelimitedWriter(schema, output, DelimitedOptions.Csv with { Context = context }),
        "tsv" => new DelimitedWriter(schema, output, DelimitedOptions.Tsv with { Context = context }),
        "json" => new JsonWriter(schema, output, isArray: true, context),
        "ndjson" => new JsonWriter(schema, output, isArray: false, context),
        "markdown" => new MarkdownWriter(schema, output, context),
        "vertical" => new VerticalWriter(schema, output, context),
        "none" => new NoWriter(),
        _ => new TableWriter(schema, output, isTerminal, context),
    };

    private static void RefuseTerminal(string format, bool isTerminal)
    {
        if (isTerminal && format is ("arrow" or "parquet"))
        {
            throw new QueryException(
                ErrorCodes.InvalidParameterValue, $"the format {format} is binary and is not written to a terminal", hint: "Give -o FILE, or redirect the output.");
        }
    }

    private sealed class NoWriter : IBatchWriter
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
