using System.Buffers;
using System.Collections.Frozen;
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

    /// <summary>PostgreSQL's words that do not stand for a column everywhere: all that are not unreserved.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Reserved = ((string[])
    [
        "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "authorization", "between", "bigint", "binary", "bit",
        "boolean", "both", "case", "cast", "char", "character", "check", "coalesce", "collate", "collation", "column", "concurrently",
        "constraint", "create", "cross", "current_catalog", "current_date", "current_role", "current_schema", "current_time", "current_timestamp",
        "current_user", "dec", "decimal", "default", "deferrable", "desc", "distinct", "do", "else", "end", "except", "exists", "extract", "false",
        "fetch", "float", "for", "foreign", "freeze", "from", "full", "grant", "greatest", "group", "grouping", "having", "ilike", "in",
        "initially", "inner", "inout", "int", "integer", "intersect", "interval", "into", "is", "isnull", "join", "lateral", "leading", "least",
        "left", "like", "limit", "localtime", "localtimestamp", "national", "natural", "nchar", "none", "normalize", "not", "notnull", "null",
        "nullif", "numeric", "offset", "on", "only", "or", "order", "out", "outer", "overlaps", "overlay", "placing", "position", "precision",
        "primary", "real", "references", "returning", "right", "row", "select", "session_user", "setof", "similar", "smallint", "some",
        "substring", "symmetric", "table", "tablesample", "then", "time", "timestamp", "to", "trailing", "treat", "trim", "true", "union",
        "unique", "user", "using", "values", "varchar", "variadic", "verbose", "when", "where", "window", "with", "xmlattributes", "xmlconcat",
        "xmlelement", "xmlexists", "xmlforest", "xmlnamespaces", "xmlparse", "xmlpi", "xmlroot", "xmlserialize", "xmltable",
    ]).ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

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
