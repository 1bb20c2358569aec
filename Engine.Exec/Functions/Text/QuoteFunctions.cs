using System.Buffers;
using System.Collections.Immutable;
using Engine.Core.Columns.Builders;
using Engine.Core.Errors;
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
            TextInfo.Of("quote_ident(name)", "The text as an identifier, in quotes where it needs them.", "quote_ident('A b') = '\"A b\"'"),
            [RowKernel.Overload<TextBuilder>(TextInfo.One, DataType.Varchar, (a, row, result) => result.Append(Identifier(a.Text(0, row))))]),
        new(
            TextInfo.Of("quote_literal(text)", "The text as a string literal.", "quote_literal('it''s') = '''it''''s'''"),
            [RowKernel.Overload<TextBuilder>([AnyParameter.T], DataType.Varchar, (a, row, result) => result.Append(Literal(Text(a, row))))]),
        new(
            TextInfo.Of("parse_ident(name)", "The parts of a qualified name: quotes taken off, others in lower case.", "parse_ident('SomeSchema.\"A b\"') = ARRAY['someschema', 'A b']"),
            [RowKernel.Overload<ListBuilder>(TextInfo.One, DataType.Array(DataType.Varchar), (a, row, result) =>
            {
                foreach (var part in Parts(a.String(0, row)))
                {
                    ((TextBuilder)result.Items).Append(part);
                }

                result.EndRow();
            }, canFail: true)]),
        new(
            TextInfo.Of("quote_nullable(text)", "As quote_literal, and NULL for NULL.", "quote_nullable(NULL) = 'NULL'"),
            [new([AnyParameter.T], _ => DataType.Varchar, _ => RowKernel.WithNulls<TextBuilder>(
                DataType.Varchar, (a, row, result) => result.Append(a.IsNull(0, row) ? "NULL"u8 : Literal(Text(a, row)))))
            {
                SeesNulls = true,
            }]),
    ];

    private static ReadOnlySpan<byte> Text(RowArguments a, int row)
    {
        if (a.Column(0).Type.IsText)
        {
            return a.Text(0, row);
        }

        var writer = new ByteWriter { Zone = a.Session.TimeZone };
        ColumnText.TryWrite(a.Column(0), a.Place(0, row), writer);
        return writer.Written;
    }

    /// <summary>A name as an identifier: in quotes where it would be another word without.</summary>
    public static byte[] Identifier(ReadOnlySpan<byte> name)
    {
        var isPlain = !name.IsEmpty && !AsciiText.IsDigit(name[0]) && !name.ContainsAnyExcept(PlainLetters) && !Reserved.Contains(System.Text.Encoding.UTF8.GetString(name));
        return isPlain ? name.ToArray() : Quote(name, (byte)'"');
    }

    /// <summary>A text as a string literal. A backslash would be an escape in servers with old settings; E'' says so in all.</summary>
    public static byte[] Literal(ReadOnlySpan<byte> text) =>
        text.Contains((byte)'\\') ? [(byte)'E', .. Quote(Doubled(text, (byte)'\\'), (byte)'\'')] : Quote(text, (byte)'\'');

    private static byte[] Quote(ReadOnlySpan<byte> text, byte quote) => [quote, .. Doubled(text, quote), quote];

    private static List<string> Parts(string name)
    {
        var parts = new List<string>();
        for (var position = 0; ; position++)
        {
            position += name.AsSpan(position).IndexOfAnyExcept(" \t\n\r") is var blanks && blanks > 0 ? blanks : 0;
            var part = new System.Text.StringBuilder();
            if (position < name.Length && name[position] == '"')
            {
                for (position++; position < name.Length && (name[position] != '"' || name.AsSpan(position).StartsWith("\"\"")); position++)
                {
                    position += name[position] == '"' ? 1 : 0;
                    part.Append(name[position]);
                }

                position++;
            }
            else
            {
                for (; position < name.Length && (char.IsLetter(name[position]) || name[position] is '_' or '$' || (part.Length > 0 && char.IsDigit(name[position]))); position++)
                {
                    part.Append(char.ToLowerInvariant(name[position]));
                }
            }

            while (position < name.Length && char.IsWhiteSpace(name[position]))
            {
                position++;
            }

            if (part.Length == 0 || position > name.Length || (position < name.Length && name[position] != '.'))
            {
                throw new QueryException(ErrorCodes.InvalidParameterValue, $"string is not a valid identifier: \"{name}\"");
            }

            parts.Add(part.ToString());
            if (position == name.Length)
            {
                return parts;
            }
        }
    }

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
