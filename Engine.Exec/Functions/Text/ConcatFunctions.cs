using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Text;

/// <summary>Texts put together. The operator || serves arrays too; their overloads come from the nested functions.</summary>
internal static class ConcatFunctions
{
    /// <summary>|| over texts and binary values.</summary>
    public static readonly ImmutableArray<ScalarOverload> Operator = [Pair(DataType.Varchar), Pair(DataType.Varbinary)];

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            TextInfo.Of("concat(value, ...)", "All values as text, one behind the other; NULLs are left out.", "concat('a', NULL, 1) = 'a1'"),
            [new([], _ => DataType.Varchar, _ => RowKernel.WithNulls<TextBuilder>(DataType.Varchar, (a, row, result) => Join(a, row, default, 0, result)))
            {
                Variadic = AnyParameter.Each,
                SeesNulls = true,
            }]),
        new(
            TextInfo.Of("concat_ws(separator, value, ...)", "All values as text with a separator between them; NULLs are left out.", "concat_ws(', ', 'a', NULL, 'b') = 'a, b'"),
            [new(TextInfo.One, _ => DataType.Varchar, _ => RowKernel.WithNulls<TextBuilder>(DataType.Varchar, WriteSeparated))
            {
                Variadic = AnyParameter.Each,
                SeesNulls = true,
            }]),
        new(
            TextInfo.Of("array_to_string(array, separator, null_text)", "The items as text with a separator between them; NULLs are left out or shown as a text.", "array_to_string(ARRAY[1, NULL, 3], ',') = '1,3'", "array_join"),
            [
                RowKernel.Overload<TextBuilder>([ArrayParameter.OfT, DataType.Varchar], DataType.Varchar, (a, row, result) => JoinItems(a, row, default, hasNullText: false, result)),
                new([ArrayParameter.OfT, DataType.Varchar, DataType.Varchar], _ => DataType.Varchar, _ => RowKernel.WithNulls<TextBuilder>(DataType.Varchar, WriteItems))
                {
                    SeesNulls = true,
                },
            ]),
    ];

    private static ScalarOverload Pair(DataType type) => RowKernel.Overload<TextBuilder>([type, type], type, (a, row, result) =>
    {
        var left = a.Text(0, row);
        var right = a.Text(1, row);
        var target = result.AppendUninitialized(checked(left.Length + right.Length));
        left.CopyTo(target);
        right.CopyTo(target[left.Length..]);
        result.CommitUninitialized();
    });

    private static void WriteSeparated(RowArguments a, int row, TextBuilder result)
    {
        if (a.IsNull(0, row))
        {
            result.AppendNull();
        }
        else
        {
            Join(a, row, a.Text(0, row), 1, result);
        }
    }

    private static void Join(RowArguments a, int row, ReadOnlySpan<byte> separator, int first, TextBuilder result)
    {
        var writer = new ByteWriter { Zone = a.Session.TimeZone, HasShortBooleans = true };
        var isFirst = true;
        for (var i = first; i < a.Count; i++)
        {
            if (a.IsNull(i, row))
            {
                continue;
            }

            writer.Add(isFirst ? default : separator);
            ColumnText.TryWrite(a.Column(i), a.Place(i, row), writer);
            isFirst = false;
        }

        result.Append(writer.Written);
    }

    private static void WriteItems(RowArguments a, int row, TextBuilder result)
    {
        if (a.IsNull(0, row) || a.IsNull(1, row))
        {
            result.AppendNull();
        }
        else
        {
            var hasNullText = !a.IsNull(2, row);
            JoinItems(a, row, hasNullText ? a.Text(2, row) : default, hasNullText, result);
        }
    }

    private static unsafe void JoinItems(RowArguments a, int row, ReadOnlySpan<byte> nullText, bool hasNullText, TextBuilder result)
    {
        var lists = (ListColumn)a.Column(0);
        var place = a.Place(0, row);
        var writer = new ByteWriter { Zone = a.Session.TimeZone, HasShortBooleans = true };
        var isFirst = true;
        for (var item = lists.Offsets[place]; item < lists.Offsets[place + 1]; item++)
        {
            var isNull = lists.Child.IsNull(item);
            if (isNull && !hasNullText)
            {
                continue;
            }

            writer.Add(isFirst ? default : a.Text(1, row));
            isFirst = false;
            if (isNull)
            {
                writer.Add(nullText);
            }
            else
            {
                ColumnText.TryWrite(lists.Child, item, writer);
            }
        }

        result.Append(writer.Written);
    }
}
