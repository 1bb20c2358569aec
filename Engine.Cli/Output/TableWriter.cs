using System.Globalization;
using System.Text;
using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Text;
using Engine.Core.Types;

namespace Engine.Cli.Output;

/// <summary>
/// A table with aligned columns, as psql draws it. On a terminal it fits the width: the widest columns are cut first. Widths are found from the
/// first rows; a result that does not fit memory still streams.
/// </summary>
internal sealed class TableWriter(Schema schema, Stream output, bool isTerminal, TextContext context) : IBatchWriter
{
    private const int SampledRows = 2000;
    private const int MinColumnWidth = 4;
    private const string Null = "";

    private readonly List<string[]> _held = [];
    private int[]? _widths;
    private long _rowCount;

    public void Write(Batch batch)
    {
        for (var row = 0; row < batch.RowCount; row++)
        {
            var cells = new string[batch.Columns.Length];
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = Visible(ColumnText.ToString(batch[i], row, context) ?? Null);
            }

            _rowCount++;
            if (_widths is not null)
            {
                WriteRow(cells);
                continue;
            }

            _held.Add(cells);
            if (_held.Count == SampledRows)
            {
                Start();
            }
        }
    }

    public void Complete()
    {
        if (_widths is null)
        {
            Start();
        }

        WriteLine(string.Create(CultureInfo.InvariantCulture, $"({_rowCount:N0} {(_rowCount == 1 ? "row" : "rows")})"));
    }

    public void Dispose()
    {
    }

    /// <summary>Line breaks and other control characters would tear the table.</summary>
    private static string Visible(string text) => text.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0
        ? text
        : string.Concat(text.Select(c => c switch
        {
            '\n' => "↵",
            '\t' => "→",
            < ' ' => "·",
            _ => c.ToString(),
        }));

    private void Start()
    {
        _widths = FindWidths();
        WriteLine(string.Join('|', schema.Select((field, i) => $" {Centre(DisplayWidth.Cut(field.Name, _widths[i]), _widths[i])} ")).TrimEnd());
        WriteLine(string.Join('+', _widths.Select(width => new string('-', width + 2))));
        foreach (var cells in _held)
        {
            WriteRow(cells);
        }

        _held.Clear();
    }

    private int[] FindWidths()
    {
        var widths = schema.Select((field, i) => Math.Max(DisplayWidth.Of(field.Name), _held.Count == 0 ? 0 : _held.Max(cells => DisplayWidth.Of(cells[i])))).ToArray();
        if (!isTerminal)
        {
            return widths;
        }

        var room = Math.Max(Console.WindowWidth, 40) - (3 * widths.Length) + 1;
        while (widths.Sum() > room && widths.Max() > MinColumnWidth)
        {
            var widest = Array.IndexOf(widths, widths.Max());
            widths[widest] = Math.Max(MinColumnWidth, widths[widest] - Math.Max(1, (widths.Sum() - room) / 4));
        }

        return widths;
    }

    private void WriteRow(string[] cells) => WriteLine(string.Join('|', cells.Select((cell, i) =>
    {
        var text = isTerminal ? DisplayWidth.Cut(cell, _widths![i]) : cell;
        return $" {(schema[i].Type.IsNumeric ? DisplayWidth.PadLeft(text, _widths![i]) : DisplayWidth.Pad(text, _widths![i]))} ";
    })).TrimEnd());

    private static string Centre(string text, int width)
    {
        var left = (width - DisplayWidth.Of(text)) / 2;
        return DisplayWidth.Pad(new string(' ', Math.Max(0, left)) + text, width);
    }

    private void WriteLine(string line) => output.Write(Encoding.UTF8.GetBytes(line + "\n"));
}
