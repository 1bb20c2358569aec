using Engine.Core.Types;

namespace Engine.Storage.Parquet.Inspection;

/// <summary>A column of an inspection.</summary>
/// <param name="Name">As queries call it.</param>
/// <param name="Type">Of its values.</param>
/// <param name="Value">Its value of a row, in managed form (see <see cref="Engine.Core.Columns.ColumnValue"/>); null is NULL.</param>
/// <typeparam name="TRow">What a row is made of.</typeparam>
internal sealed record InspectionColumn<TRow>(string Name, DataType Type, Func<TRow, object?> Value)
{
    public static InspectionColumn<TRow> Text(string name, Func<TRow, string?> value) => new(name, DataType.Varchar, value);

    public static InspectionColumn<TRow> Number(string name, Func<TRow, long?> value) => new(name, DataType.BigInt, row => value(row));

    public static InspectionColumn<TRow> Flag(string name, Func<TRow, bool?> value) => new(name, DataType.Boolean, row => value(row));
}
