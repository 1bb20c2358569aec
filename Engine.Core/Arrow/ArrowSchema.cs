using System.Collections.Immutable;
using Engine.Core.Arrow.Format;
using Engine.Core.Types;

namespace Engine.Core.Arrow;

/// <summary>Schemas of the engine for those of Arrow.</summary>
internal static class ArrowSchema
{
    public static Schema ToSchema(ImmutableArray<ArrowField> fields) => new([.. fields.Select(field => new Field(field.Name, field.DataType))]);
}
