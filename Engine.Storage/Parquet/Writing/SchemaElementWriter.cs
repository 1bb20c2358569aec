using Engine.Storage.Parquet.Footer;

namespace Engine.Storage.Parquet.Writing;

/// <summary>Writes a node of the schema (SchemaElement in parquet.thrift).</summary>
internal static class SchemaElementWriter
{
    public static void Write(CompactWriter writer, SchemaElement element, bool isRoot)
    {
        writer.BeginStruct();
        if (element.Physical is { } physical)
        {
            writer.Write(1, (int)physical);
        }

        if (element.TypeLength > 0)
        {
            writer.Write(2, element.TypeLength);
        }

        if (!isRoot)
        {
            writer.Write(3, (int)element.Repetition);
        }

        writer.Write(4, element.Name);
        if (element.Physical is null)
        {
            writer.Write(5, element.ChildCount);
        }

        if (element.Converted is { } converted)
        {
            writer.Write(6, (int)converted);
        }

        if (element.Converted == ConvertedType.Decimal)
        {
            writer.Write(7, element.Scale);
            writer.Write(8, element.Precision);
        }

        if (element.Logical.Kind != LogicalKind.None)
        {
            writer.BeginStruct(10);
            WriteLogical(writer, element.Logical);
            writer.EndStruct();
        }

        writer.EndStruct();
    }

    private static void WriteLogical(CompactWriter writer, LogicalType logical)
    {
        writer.BeginStruct((int)logical.Kind);
        switch (logical.Kind)
        {
            case LogicalKind.Decimal:
                writer.Write(1, logical.Scale);
                writer.Write(2, logical.Precision);
                break;
            case LogicalKind.Time or LogicalKind.Timestamp:
                writer.Write(1, logical.IsUtc);
                writer.BeginStruct(2);
                writer.WriteEmptyStruct(logical.Unit);
                writer.EndStruct();
                break;
            case LogicalKind.Integer:
                writer.Write(1, (sbyte)logical.BitWidth);
                writer.Write(2, logical.IsSigned);
                break;
        }

        writer.EndStruct();
    }
}
