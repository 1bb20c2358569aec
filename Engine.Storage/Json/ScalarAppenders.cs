using Engine.Core.Columns.Builders;
using Engine.Core.Text;
using Engine.Storage.Text;

namespace Engine.Storage.Json;

/// <summary>Numbers, and values that JSON spells as strings.</summary>
internal sealed class ScalarAppender<T, TParser>(FixedBuilder<T> builder, TParser parser, JsonAppender.Mismatch mismatch) : JsonAppender(builder)
    where T : unmanaged
    where TParser : struct, ICellParser<T>
{
    private readonly ByteWriter _scratch = new();
    private readonly TParser _parser = parser;

    protected override void AppendValue(ReadOnlySpan<byte> text, ref int position)
    {
        var start = position;
        var value = text[position] == '"' ? JsonStrings.Read(text, ref position, _scratch) : TakeRaw(text, ref position);
        if (_parser.TryParse(value, out var parsed) && text[start] is not ((byte)'{' or (byte)'['))
        {
            builder.Append(parsed);
        }
        else
        {
            mismatch(text[start..position], builder.Type);
            builder.AppendNull();
        }
    }
}

/// <summary>The words true and false.</summary>
internal sealed class BooleanAppender(BooleanBuilder builder, JsonAppender.Mismatch mismatch) : JsonAppender(builder)
{
    protected override void AppendValue(ReadOnlySpan<byte> text, ref int position)
    {
        var raw = TakeRaw(text, ref position);
        if (raw[0] is (byte)'t' or (byte)'f')
        {
            builder.Append(raw[0] == 't');
        }
        else
        {
            mismatch(raw, builder.Type);
            builder.AppendNull();
        }
    }
}

/// <summary>Texts: strings without their quotes, anything else as it is written.</summary>
internal sealed class TextAppender(TextBuilder builder) : JsonAppender(builder)
{
    private readonly ByteWriter _scratch = new();

    protected override void AppendValue(ReadOnlySpan<byte> text, ref int position) =>
        builder.Append(text[position] == '"' ? JsonStrings.Read(text, ref position, _scratch) : TakeRaw(text, ref position));
}

/// <summary>JSON as it is written.</summary>
internal sealed class RawAppender(TextBuilder builder) : JsonAppender(builder)
{
    protected override void AppendValue(ReadOnlySpan<byte> text, ref int position) => builder.Append(TakeRaw(text, ref position));
}

/// <summary>Byte strings in PostgreSQL's text form.</summary>
internal sealed class BinaryAppender(TextBuilder builder, JsonAppender.Mismatch mismatch) : JsonAppender(builder)
{
    private readonly ByteWriter _scratch = new();

    protected override void AppendValue(ReadOnlySpan<byte> text, ref int position)
    {
        var start = position;
        if (text[position] == '"')
        {
            var value = JsonStrings.Read(text, ref position, _scratch);
            var bytes = new byte[value.Length];
            if (BytesText.TryParse(value, bytes, out var length))
            {
                builder.Append(bytes.AsSpan(0, length));
                return;
            }
        }
        else
        {
            TakeRaw(text, ref position);
        }

        mismatch(text[start..position], builder.Type);
        builder.AppendNull();
    }
}
