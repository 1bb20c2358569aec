using System.Text;
using Engine.Core.Columns.Builders;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.Text;

namespace Engine.Storage.Json;

/// <summary>Arrays.</summary>
internal sealed class ArrayAppender(ListBuilder builder, ParseRules rules, JsonAppender.Mismatch mismatch) : JsonAppender(builder)
{
    private readonly JsonAppender _items = Create(builder.Items, rules, mismatch);

    protected override void AppendValue(ReadOnlySpan<byte> text, ref int position)
    {
        if (text[position] != '[')
        {
            mismatch(TakeRaw(text, ref position), builder.Type);
            builder.AppendNull();
            return;
        }

        position++;
        if (!JsonSyntax.TryTake(text, ref position, (byte)']'))
        {
            do
            {
                _items.Append(text, ref position);
            }
            while (JsonSyntax.TryTake(text, ref position, (byte)','));
            JsonSyntax.TryTake(text, ref position, (byte)']');
        }

        builder.EndRow();
    }
}

/// <summary>Objects whose keys are data.</summary>
internal sealed class MapAppender(ListBuilder builder, ParseRules rules, JsonAppender.Mismatch mismatch) : JsonAppender(builder)
{
    private readonly StructBuilder _entries = (StructBuilder)builder.Items;
    private readonly JsonAppender _keys = Create(((StructBuilder)builder.Items).Fields[0], rules, mismatch);
    private readonly JsonAppender _values = Create(((StructBuilder)builder.Items).Fields[1], rules, mismatch);

    protected override void AppendValue(ReadOnlySpan<byte> text, ref int position)
    {
        if (text[position] != '{')
        {
            mismatch(TakeRaw(text, ref position), builder.Type);
            builder.AppendNull();
            return;
        }

        position++;
        if (!JsonSyntax.TryTake(text, ref position, (byte)'}'))
        {
            do
            {
                _keys.Append(text, ref position);
                JsonSyntax.TryTake(text, ref position, (byte)':');
                _values.Append(text, ref position);
                _entries.EndRow();
            }
            while (JsonSyntax.TryTake(text, ref position, (byte)','));
            JsonSyntax.TryTake(text, ref position, (byte)'}');
        }

        builder.EndRow();
    }
}

/// <summary>Objects with known keys.</summary>
internal sealed class RowAppender(StructBuilder builder, ParseRules rules, JsonAppender.Mismatch mismatch) : JsonAppender(builder)
{
    private readonly JsonObjectReader _fields = new(
        [.. ((RowType)builder.Type).Fields.Select(field => field.Name)],
        [.. builder.Fields.Select(field => Create(field, rules, mismatch))]);

    protected override void AppendValue(ReadOnlySpan<byte> text, ref int position)
    {
        if (text[position] != '{')
        {
            mismatch(TakeRaw(text, ref position), builder.Type);
            builder.AppendNull();
            return;
        }

        _fields.Read(text, ref position);
        builder.EndRow();
    }
}

/// <summary>Hands the values of an object to the appenders of its keys. Of equal keys the first counts; one that is missing is NULL.</summary>
internal sealed class JsonObjectReader
{
    private readonly byte[][] _names;
    private readonly JsonAppender?[] _appenders;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly int[] _seenIn;
    private readonly ByteWriter _scratch = new();
    private int _round;

    /// <param name="names">The keys.</param>
    /// <param name="appenders">For each key what takes its value; null where nobody wants it.</param>
    public JsonObjectReader(IReadOnlyList<string> names, JsonAppender?[] appenders)
    {
        _names = [.. names.Select(Encoding.UTF8.GetBytes)];
        _appenders = appenders;
        _seenIn = new int[names.Count];
        for (var i = 0; i < names.Count; i++)
        {
            _places.TryAdd(names[i], i);
        }
    }

    /// <summary>Told before each value which key it belongs to.</summary>
    public Action<int>? OnKey { get; init; }

    /// <summary>Reads the object at a place, which moves behind it.</summary>
    public void Read(ReadOnlySpan<byte> text, ref int position)
    {
        _round++;
        position++;
        var expected = 0;
        if (!JsonSyntax.TryTake(text, ref position, (byte)'}'))
        {
            do
            {
                JsonSyntax.SkipBlanks(text, ref position);
                var key = JsonStrings.Read(text, ref position, _scratch);
                JsonSyntax.TryTake(text, ref position, (byte)':');
                var place = Find(key, ref expected);
                if (place < 0 || _seenIn[place] == _round || _appenders[place] is not { } appender)
                {
                    JsonSyntax.TrySkipValue(text, ref position);
                    continue;
                }

                _seenIn[place] = _round;
                OnKey?.Invoke(place);
                appender.Append(text, ref position);
            }
            while (JsonSyntax.TryTake(text, ref position, (byte)','));
            JsonSyntax.TryTake(text, ref position, (byte)'}');
        }

        AppendMissing();
    }

    /// <summary>Appends NULL for every key, in place of an object.</summary>
    public void AppendNulls()
    {
        _round++;
        AppendMissing();
    }

    private void AppendMissing()
    {
        for (var i = 0; i < _appenders.Length; i++)
        {
            if (_seenIn[i] != _round)
            {
                _appenders[i]?.Builder.AppendNull();
            }
        }
    }

    /// <summary>Objects of a file mostly have their keys in one order: the one after the last is tried first.</summary>
    private int Find(ReadOnlySpan<byte> key, ref int expected)
    {
        if (expected < _names.Length && key.SequenceEqual(_names[expected]))
        {
            return expected++;
        }

        Span<char> characters = key.Length <= 256 ? stackalloc char[key.Length] : new char[key.Length];
        var length = Encoding.UTF8.GetChars(key, characters);
        if (!_places.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(characters[..length], out var place))
        {
            return -1;
        }

        expected = place + 1;
        return place;
    }
}
