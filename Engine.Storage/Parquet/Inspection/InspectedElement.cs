using System.Collections.Immutable;
using Engine.Storage.Parquet.Footer;

namespace Engine.Storage.Parquet.Inspection;

/// <summary>An element of the schema tree as a row of <c>parquet_schema</c>.</summary>
/// <param name="File">Where it is.</param>
/// <param name="Index">Its place in the tree, depth first; 0 is the root.</param>
/// <param name="SqlType">Of a leaf.</param>
internal sealed record InspectedElement(InspectedFile File, int Index, string? SqlType)
{
    /// <summary>Columns that DuckDB's function of this name has are called and mean the same.</summary>
    public static readonly ImmutableArray<InspectionColumn<InspectedElement>> Columns =
    [
        InspectionColumn<InspectedElement>.Text("file_name", row => row.File.Footer.Path),
        InspectionColumn<InspectedElement>.Number("column_id", row => row.Index),
        InspectionColumn<InspectedElement>.Text("name", row => row.Element.Name),
        InspectionColumn<InspectedElement>.Text("type", row => row.Element.Physical is { } type ? FormatTerms.Of(type) : null),
        InspectionColumn<InspectedElement>.Number("type_length", row => row.Element.TypeLength == 0 ? null : row.Element.TypeLength),
        InspectionColumn<InspectedElement>.Text("repetition_type", row => row.Index == 0 ? null : FormatTerms.Of(row.Element.Repetition)),
        InspectionColumn<InspectedElement>.Number("num_children", row => row.Element.Physical is null ? row.Element.ChildCount : null),
        InspectionColumn<InspectedElement>.Text("converted_type", row => row.Element.Converted is { } type ? FormatTerms.Of(type) : null),
        InspectionColumn<InspectedElement>.Number("scale", row => row.IsDecimal ? row.Element.Scale : null),
        InspectionColumn<InspectedElement>.Number("precision", row => row.IsDecimal ? row.Element.Precision : null),
        InspectionColumn<InspectedElement>.Number("field_id", row => row.Element.FieldId),
        InspectionColumn<InspectedElement>.Text("logical_type", row => FormatTerms.Of(row.Element.Logical)),
        InspectionColumn<InspectedElement>.Text("sql_type", row => row.SqlType),
    ];

    private SchemaElement Element => File.Footer.Metadata.Schema[Index];

    private bool IsDecimal => Element.Converted == ConvertedType.Decimal || Element.Logical.Kind == LogicalKind.Decimal;

    /// <summary>All elements of a file's schema, depth first.</summary>
    public static IEnumerable<InspectedElement> Of(InspectedFile file, CancellationToken cancellationToken)
    {
        var leaf = 0;
        for (var i = 0; i < file.Footer.Metadata.Schema.Length; i++)
        {
            var isLeaf = file.Footer.Metadata.Schema[i].Physical is not null;
            yield return new InspectedElement(file, i, isLeaf ? file.Footer.Leaves[leaf++].Type.ToString() : null);
        }
    }
}
