using System.Runtime.InteropServices;
using System.Text;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Conversion;

/// <summary>
/// Casts from PostgreSQL's text form of arrays: <c>{1,2,NULL,"a b"}</c>, arrays of arrays in braces of their own; <c>[1, 2]</c> is read too.
/// Items are cut out as text, and then cast as text is.
/// </summary>
internal static class ArrayTextCasts
{
    public static ScalarKernel Bind(ArrayType to, bool isTry)
    {
        var texts = new ArrayType(DataType.Varchar);
        var items = NestedCasts.Array(texts, to, isTry);
        return (in context, arguments, rowCount) =>
        {
            using var builder = new ListBuilder(texts, context.Pool);
            var values = new TextArgument(arguments[0]);
            for (var row = 0; row < rowCount; row++)
            {
                if (arguments[0].IsNull(row))
                {
                    builder.AppendNull();
                }
                else if (to.IsVector ? TryReadVector(values[row], out var found) : TryRead(values[row], isNested: to.Element.Kind != TypeKind.Varchar, out found))
                {
                    found.ForEach(item => Append((TextBuilder)builder.Items, item));
                    builder.EndRow();
                }
                else if (isTry)
                {
                    builder.AppendNull();
                }
                else
                {
                    throw Casts.Invalid(Encoding.UTF8.GetString(values[row]), to).At(context.Span);
                }
            }

            using var lists = builder.Finish();
            return items(context, [lists], rowCount);
        };
    }

    private static void Append(TextBuilder items, byte[]? item)
    {
        if (item is null)
        {
            items.AppendNull();
        }
        else
        {
            items.Append(item);
        }
    }

    /// <summary>The items of a vector: numbers with blanks between them.</summary>
    private static bool TryReadVector(ReadOnlySpan<byte> text, out List<byte[]?> items)
    {
        items = [];
        foreach (var item in text.SplitAny(" \t\n\r"u8))
        {
            if (!text[item].IsEmpty)
            {
                items.Add(text[item].ToArray());
            }
        }

        return true;
    }

    /// <summary>The items of the outermost braces; those that have braces of their own stay text, where they may have.</summary>
    private static bool TryRead(ReadOnlySpan<byte> text, bool isNested, out List<byte[]?> items)
    {
        items = [];
        text = AsciiText.Trim(text);
        if (text.Length < 2 || !((text[0] == '{' && text[^1] == '}') || (text[0] == '[' && text[^1] == ']')))
        {
            return false;
        }

        var rest = AsciiText.Trim(text[1..^1]);
        while (!rest.IsEmpty)
        {
            if ((!isNested && rest[0] == '{') || !TryReadItem(rest, out var item, out var length))
            {
                return false;
            }

            items.Add(item);
            rest = AsciiText.Trim(rest[length..]);
            if (rest.IsEmpty)
            {
                return true;
            }

            if (rest[0] != ',' || AsciiText.Trim(rest[1..]).IsEmpty)
            {
                return false;
            }

            rest = AsciiText.Trim(rest[1..]);
        }

        return true;
    }

    private static bool TryReadItem(ReadOnlySpan<byte> text, out byte[]? item, out int length)
    {
        var bytes = new List<byte>();
        var (depth, isQuoted, wasQuoted) = (0, false, false);
        item = null;
        for (length = 0; length < text.Length; length++)
        {
            var value = text[length];
            if (value == '\\')
            {
                // Within an inner array escapes are left to its own reading.
                if (depth > 0)
                {
                    bytes.Add(value);
                }

                if (++length == text.Length)
                {
                    return false;
                }

                bytes.Add(text[length]);
                continue;
            }

            if (value == '"')
            {
                // Quotes are around an item, not within.
                if (depth == 0 && !isQuoted && (wasQuoted || !AsciiText.Trim(CollectionsMarshal.AsSpan(bytes)).IsEmpty))
                {
                    return false;
                }

                isQuoted = !isQuoted;
                if (depth == 0)
                {
                    wasQuoted = true;
                    continue;
                }
            }
            else if (!isQuoted && value is (byte)'{' or (byte)'[' && !isQuoted)
            {
                depth++;
            }
            else if (!isQuoted && value is (byte)'}' or (byte)']' && !isQuoted)
            {
                depth--;
            }
            else if (!isQuoted && depth == 0 && value == ',')
            {
                break;
            }

            else if (wasQuoted && !isQuoted && depth == 0)
            {
                if (AsciiText.IsBlank(value))
                {
                    continue;
                }

                return false;
            }

            bytes.Add(value);
        }

        if (isQuoted || depth != 0)
        {
            return false;
        }

        var read = bytes.ToArray();
        item = wasQuoted ? read : AsciiText.Trim(read).ToArray();
        if (!wasQuoted && AsciiText.EqualsIgnoreCase(item, "null"u8))
        {
            item = null;
            return true;
        }

        return wasQuoted || item.Length > 0;
    }
}
