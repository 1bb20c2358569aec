using System.Buffers;
using System.Text;
using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Text;
using Engine.Core.Types;

namespace Engine.Storage.Csv;

/// <summary>CSV and its relatives: one line a row, values as text.</summary>
public sealed class DelimitedWriter : IBatchWriter
{
    private readonly Stream _output;
    private readonly DelimitedOptions _options;
    private readonly byte[] _null;
    private readonly bool[] _isAlwaysQuoted;
    private readonly SearchValues<byte> _special;
    private readonly ByteWriter _line = new();
    private readonly ByteWriter _cell;

    /// <summary>Writes the header, if there is one.</summary>
    /// <param name="schema">Of the batches.</param>
    /// <param name="output">Stays the caller's.</param>
    /// <param name="options">How it is written.</param>
    public DelimitedWriter(Schema schema, Stream output, DelimitedOptions options)
    {
        _output = output;
        _options = options;
        _cell = new ByteWriter { Context = options.Context };
        _null = Encoding.UTF8.GetBytes(options.NullText);
        _isAlwaysQuoted = [.. schema.Select(field => options.IsAlwaysQuoted(field.Name))];
        _special = SearchValues.Create([options.Delimiter, options.Quote ?? (byte)'\\', (byte)'\r', (byte)'\n']);
        if (!options.HasHeader)
        {
            return;
        }

        for (var i = 0; i < schema.Count; i++)
        {
            StartCell(i);
            _cell.Clear();
            _cell.Add(schema[i].Name);
            WriteCell(isAlwaysQuoted: false);
        }

        EndLine();
    }

    public void Write(Batch batch)
    {
        for (var i = 0; i < batch.SelectedCount; i++)
        {
            var row = batch.Selection is { } selection ? selection.Rows[i] : i;
            for (var column = 0; column < batch.Columns.Length; column++)
            {
                StartCell(column);
                _cell.Clear();
                if (ColumnText.TryWrite(batch[column], row, _cell))
                {
                    WriteCell(_isAlwaysQuoted[column]);
                }
                else
                {
                    _line.Add(_null);
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
            _line.Add(_options.Delimiter);
        }
    }

    private void EndLine()
    {
        _line.Add((byte)'\n');
        _output.Write(_line.Written);
        _line.Clear();
    }

    private void WriteCell(bool isAlwaysQuoted)
    {
        var cell = _cell.Written;
        if (_options.Quote is not { } quote)
        {
            WriteEscaped(cell);
        }
        else if (!isAlwaysQuoted && cell.Length > 0 && cell.IndexOfAny(_special) < 0 && !cell.SequenceEqual(_null))
        {
            _line.Add(cell);
        }
        else
        {
            WriteQuoted(cell, quote);
        }
    }

    private void WriteQuoted(ReadOnlySpan<byte> cell, byte quote)
    {
        _line.Add(quote);
        foreach (var value in cell)
        {
            if (value == quote)
            {
                _line.Add(quote);
            }

            _line.Add(value);
        }

        _line.Add(quote);
    }

    private void WriteEscaped(ReadOnlySpan<byte> cell)
    {
        if (cell.IndexOfAny(_special) < 0)
        {
            _line.Add(cell);
            return;
        }

        foreach (var value in cell)
        {
            switch (value)
            {
                case (byte)'\t' when _options.Delimiter == '\t': _line.Add("\\t"u8); break;
                case (byte)'\n': _line.Add("\\n"u8); break;
                case (byte)'\r': _line.Add("\\r"u8); break;
                case (byte)'\\': _line.Add("\\\\"u8); break;
                default:
                    if (value == _options.Delimiter)
                    {
                        _line.Add((byte)'\\');
                    }

                    _line.Add(value);
                    break;
            }
        }
    }
}
