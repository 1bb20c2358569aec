using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Text;
using Engine.Core.Types;

namespace Engine.Storage.Json;

/// <summary>One JSON object a row: as an array of them, or one a line.</summary>
public sealed class JsonWriter(Schema schema, Stream output, bool isArray, TextContext context) : IBatchWriter
{
    private readonly ByteWriter _line = new() { Context = context };
    private readonly byte[][] _names = [.. schema.Select(field => NameBytes(field.Name))];
    private bool _hasRows;

    public void Write(Batch batch)
    {
        for (var place = 0; place < batch.SelectedCount; place++)
        {
            var row = batch.Selection is { } selection ? selection.Rows[place] : place;
            if (isArray)
            {
                _line.Add(_hasRows ? ",\n"u8 : "[\n"u8);
            }

            _hasRows = true;
            _line.Add((byte)'{');
            for (var i = 0; i < batch.Columns.Length; i++)
            {
                if (i > 0)
                {
                    _line.Add((byte)',');
                }

                _line.Add(_names[i]);
                _line.Add((byte)':');
                ColumnJson.Write(batch[i], row, _line);
            }

            _line.Add((byte)'}');
            if (!isArray)
            {
                _line.Add((byte)'\n');
            }

            output.Write(_line.Written);
            _line.Clear();
        }
    }

    public void Complete()
    {
        if (isArray)
        {
            output.Write(_hasRows ? "\n]\n"u8 : "[]\n"u8);
        }
    }

    public void Dispose()
    {
    }

    private static byte[] NameBytes(string name)
    {
        var writer = new ByteWriter();
        ColumnJson.WriteString(System.Text.Encoding.UTF8.GetBytes(name), writer);
        return writer.Written.ToArray();
    }
}
