using Engine.Core.Arrow.Format;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Memory;
using Engine.Core.Text;
using Engine.Core.Types;

namespace Engine.Core.Arrow.Reading;

/// <summary>
/// Unions, as json: the one type of the engine whose values are of several types. The text of a value does not tell which child it is from.
/// </summary>
internal readonly unsafe ref struct ArrowUnionReader(int length, ArrowBuffer validity, ArrowBuffer typeIds, ArrowBuffer offsets)
{
    public Column Read(ArrowType type, PendingColumns children, MemoryPool pool)
    {
        ArrowNumberReader.Require(typeIds, length);
        ArrowNumberReader.Require(offsets, type.IsDense ? (long)length * sizeof(int) : 0);
        using var builder = new TextBuilder(DataType.Json, pool);
        var json = new ByteWriter();
        for (var row = 0; row < length; row++)
        {
            if (validity.Pointer != null && !Bitmap.Get(validity.Pointer, row))
            {
                builder.AppendNull();
                continue;
            }

            var number = ((sbyte*)typeIds.Pointer)[row];
            var place = type.TypeIds.IsEmpty ? number : type.TypeIds.IndexOf(number);
            var column = place >= 0 && place < children.Count ? children[place] : throw new InvalidDataException($"a union has no type {number}");
            var at = type.IsDense ? ((int*)offsets.Pointer)[row] : row;
            if (at < 0 || at >= column.Length)
            {
                throw new InvalidDataException($"a union's value {at} of {column.Length}");
            }

            if (column.IsNull(at))
            {
                builder.AppendNull();
                continue;
            }

            json.Clear();
            ColumnJson.Write(column, at, json);
            builder.Append(json.Written);
        }

        return builder.Finish();
    }
}
