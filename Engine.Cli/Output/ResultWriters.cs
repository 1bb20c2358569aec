using System.Collections.Immutable;
using Engine.Core.Columns;
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
    public static readonly ImmutableArray<string> Names = ["table", "csv", "tsv", "json", "ndjson", "markdown", "vertical", "none"];

    public static IResultWriter Create(string format, Schema schema, Stream output, bool isTerminal) => format switch
    {
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
