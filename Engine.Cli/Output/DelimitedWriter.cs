using System.Buffers;
using Engine.Core.Columns;
using Engine.Core.Text;
using Engine.Core.Types;

namespace Engine.Cli.Output;

/// <summary>
/// CSV (RFC 4180, with a header; NULL is an empty field and the empty string <c>""</c>) and TSV (tabs, line breaks and backslashes in values are
/// escaped by a backslash; NULL is <c>\N</c>).
/// </summary>
internal sealed class DelimitedWriter : IResultWriter
{
    private static readonly SearchValues<byte> CsvSpecial = SearchValues.Create(",\"\r\n"u8);

    private readonly Stream _output;
    private readonly byte _delimiter;
    private readonly ByteWriter _line = new();
    private readonly ByteWriter _cell = new();

    public DelimitedWriter(Schema schema, Stream output, byte delimiter)
    {
        _output = output;
        _delimiter = delimiter;
        for (var i = 0; i < schema.Count; i++)
        {
            StartCell(i);
            _cell.Clear();
            _cell.Add(schema[i].Name);
            WriteCell();
        }

        EndLine();
    }

    private bool IsCsv => _delimiter == (byte)',';

    public void Write(Batch batch)
    {
        for (var row = 0; row < batch.RowCount; row++)
        {
            for (var i = 0; i < batch.Columns.Length; i++)
            {
                StartCell(i);
                _cell.Clear();
                if (ColumnText.TryWrite(batch[i], row, _cell))
                {
                    WriteCell();
                }
                else if (!IsCsv)
                {
                    _line.Add("\\N"u8);
                }
            }

            EndLine();
        }
    }

    public void Complete()
    {
    }

    public void Dispose()
    {
    }

    private void StartCell(int place)
    {
        if (place > 0)
        {
            _line.Add(_delimiter);
        }
    }

    private void EndLine()
    {
        _line.Add((byte)'\n');
        _output.Write(_line.Written);
        _line.Clear();
    }

    private void WriteCell()
    {
        var cell = _cell.Written;
        if (!IsCsv)
        {
            WriteEscaped(cell);
        }
        else if (cell.Length > 0 && cell.IndexOfAny(CsvSpecial) < 0)
        {
            _line.Add(cell);
        }
        else
        {
            WriteQuoted(cell);
        }
    }

    private void WriteQuoted(ReadOnlySpan<byte> cell)
    {
        _line.Add((byte)'"');
        foreach (var value in cell)
        {
            if (value == '"')
            {
                _line.Add((byte)'"');
            }

            _line.Add(value);
        }

        _line.Add((byte)'"');
    }

    private void WriteEscaped(ReadOnlySpan<byte> cell)
    {
        foreach (var value in cell)
        {
            switch (value)
            {
                case (byte)'\t': _line.Add("\\t"u8); break;
                case (byte)'\n': _line.Add("\\n"u8); break;
                case (byte)'\r': _line.Add("\\r"u8); break;
                case (byte)'\\': _line.Add("\\\\"u8); break;
                default: _line.Add(value); break;
            }
        }
    }
}
