using System.Buffers;
using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Text;

/// <summary>Texts as parts of SQL.</summary>
internal static class QuoteFunctions
{
    private static readonly SearchValues<byte> PlainLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_"u8);

    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "all", "and", "any", "array", "as", "asc", "between", "both", "by", "case", "cast", "check", "collate", "column", "constraint", "create",
        "cross", "current_date", "current_time", "current_timestamp", "default", "desc", "distinct", "do", "else", "end", "except", "exists", "false",
        "fetch", "for", "foreign", "from", "full", "grant", "group", "having", "ilike", "in", "inner", "intersect", "into", "is", "join", "lateral",
        "leading", "left", "like", "limit", "localtime", "localtimestamp", "natural", "not", "null", "offset", "on", "only", "or", "order", "outer",
        "primary", "references", "right", "row", "select", "similar", "some", "table", "then", "to", "trailing", "true", "union", "unique", "user",
        "using", "values", "when", "where", "window", "with",
    };

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            TextInfo.Of("quote_ident", "The text as an identifier, in quotes where it needs them.", "quote_ident('A b') = '\"A b\"'"),
            [RowKernel.Overload<TextBuilder>(TextInfo.One, DataType.Varchar, (a, row, result) =>
            {
                var name = a.Text(0, row);
                var isPlain = !name.IsEmpty && !AsciiText.IsDigit(name[0]) && !name.ContainsAnyExcept(PlainLetters) && !Reserved.Contains(a.String(0, row));
                result.Append(isPlain ? name : Quote(name, (byte)'"'));
            })]),
        new(
            TextInfo.Of("quote_literal", "The text as a string literal.", "quote_literal('it''s') = '''it''''s'''"),
            [RowKernel.Overload<TextBuilder>(TextInfo.One, DataType.Varchar, (a, row, result) =>
            {
                var text = a.Text(0, row);

                // A backslash would be an escape in servers with old settings; E'' says so in all.
                result.Append(text.Contains((byte)'\\') ? [(byte)'E', .. Quote(Doubled(text, (byte)'\\'), (byte)'\'')] : Quote(text, (byte)'\''));
            })]),
        new(
            TextInfo.Of("quote_nullable", "As quote_literal, and NULL for NULL.", "quote_nullable(NULL) = 'NULL'"),
            [new(TextInfo.One, _ => DataType.Varchar, _ => RowKernel.WithNulls<TextBuilder>(
                DataType.Varchar, (a, row, result) => result.Append(a.IsNull(0, row) ? "NULL"u8 : Quote(a.Text(0, row), (byte)'\''))))
            {
                SeesNulls = true,
            }]),
    ];

    private static byte[] Quote(ReadOnlySpan<byte> text, byte quote) => [quote, .. Doubled(text, quote), quote];

    private static byte[] Doubled(ReadOnlySpan<byte> text, byte symbol)
    {
        var writer = new ByteWriter(text.Length + 8);
        foreach (var item in text)
        {
            writer.Add(item);
            if (item == symbol)
            {
                writer.Add(item);
            }
        }

        return writer.Written.ToArray();
    }
}
