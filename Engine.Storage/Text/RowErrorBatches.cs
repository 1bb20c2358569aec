using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Connectors;
using Engine.Core.Memory;
using Engine.Core.Types;

namespace Engine.Storage.Text;

/// <summary>Turns collected errors into rows of <see cref="RowErrorColumns"/>.</summary>
internal static class RowErrorBatches
{
    public static Batch Take(List<RowError> errors, MemoryPool pool)
    {
        using var path = new TextBuilder(DataType.Varchar, pool);
        using var line = new FixedBuilder<long>(DataType.BigInt, pool);
        using var column = new TextBuilder(DataType.Varchar, pool);
        using var value = new TextBuilder(DataType.Varchar, pool);
        using var reason = new TextBuilder(DataType.Varchar, pool);
        foreach (var error in errors)
        {
            path.Append(error.Path);
            line.Append(error.Line);
            column.AppendValue(error.Column);
            value.Append(error.Value);
            reason.Append(error.Reason);
        }

        var rowCount = errors.Count;
        errors.Clear();
        return new Batch([path.Finish(), line.Finish(), column.Finish(), value.Finish(), reason.Finish()], rowCount);
    }
}
