using System.Text;
using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Text;
using Engine.Core.Types;

namespace Engine.Cli.Output;

/// <summary>A Markdown table.</summary>
internal sealed class MarkdownWriter : IBatchWriter
{
    private readonly Stream _output;
    private readonly TextContext _context;

    public MarkdownWriter(Schema schema, Stream output, TextContext context)
    {
        _output = output;
        _context = context;
        WriteLine(schema.Select(field => field.Name));
        WriteRaw($"|{string.Concat(schema.Select(field => field.Type.IsNumeric ? "---:|" : "---|"))}\n");
    }

    public void Write(Batch batch)
    {
        for (var row = 0; row < batch.RowCount; row++)
        {
            var place = row;
            WriteLine(batch.Columns.Select(column => ColumnText.ToString(column, place, _context) ?? string.Empty));
        }
    }

    public void Complete()
    {
    }

    public void Dispose()
    {
    }

    private void WriteLine(IEnumerable<string> cells) => WriteRaw($"| {string.Join(" | ", cells.Select(Escape))} |\n");

    private static string Escape(string cell) =>
        cell.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings("<br>");

    private void WriteRaw(string text) => _output.Write(Encoding.UTF8.GetBytes(text));
}
