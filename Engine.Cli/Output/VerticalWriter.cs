using System.Globalization;
using System.Text;
using Engine.Core.Columns;
using Engine.Core.Connectors;
using Engine.Core.Text;
using Engine.Core.Types;

namespace Engine.Cli.Output;

/// <summary>One line a value, under a line that numbers the record, as psql's \x.</summary>
internal sealed class VerticalWriter(Schema schema, Stream output, TextContext context) : IBatchWriter
{
    private readonly int _nameWidth = schema.Count == 0 ? 0 : schema.Max(field => DisplayWidth.Of(field.Name));
    private long _record;

    public void Write(Batch batch)
    {
        var text = new StringBuilder();
        for (var row = 0; row < batch.RowCount; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"-[ RECORD {++_record} ]").Append('-', Math.Max(1, _nameWidth)).Append('\n');
            for (var i = 0; i < batch.Columns.Length; i++)
            {
                var value = ColumnText.ToString(batch[i], row, context) ?? string.Empty;
                text.Append(DisplayWidth.Pad(schema[i].Name, _nameWidth)).Append(" | ")
                    .Append(value.Replace("\n", "\n" + new string(' ', _nameWidth) + " | ", StringComparison.Ordinal)).Append('\n');
            }

            output.Write(Encoding.UTF8.GetBytes(text.ToString()));
            text.Clear();
        }
    }

    public void Complete()
    {
        if (_record == 0)
        {
            output.Write("(0 rows)\n"u8);
        }
    }

    public void Dispose()
    {
    }
}
