using System.Collections.Immutable;
using Engine.Core.Connectors;
using Engine.Core.Types;

namespace Engine.Storage.Tests.Parquet.Damage;

/// <summary>Conditions made up at random, so that statistics, page indexes and bloom filters are asked.</summary>
internal static class Constraints
{
    /// <summary>One condition over a column of a simple type; none when the column chosen is of another.</summary>
    public static ImmutableArray<ColumnConstraint> Over(Schema schema, Random random)
    {
        var column = random.Next(schema.Count);
        object? value = schema[column].Type.Kind switch
        {
            TypeKind.Boolean => random.Next(2) == 0,
            TypeKind.SmallInt => (short)random.Next(20),
            TypeKind.Integer or TypeKind.Date => random.Next(1000),
            TypeKind.BigInt or TypeKind.Timestamp or TypeKind.TimestampTz => random.NextInt64(1L << random.Next(1, 60)),
            TypeKind.Real => random.NextSingle(),
            TypeKind.Double => random.NextDouble(),
            TypeKind.Decimal => (Int128)random.Next(1000),
            TypeKind.Varchar => new string((char)random.Next('A', 'z'), random.Next(4)),
            _ => null,
        };
        return value is null ? [] : [new ColumnConstraint(column, (ConstraintOperator)random.Next((int)ConstraintOperator.IsNull), value)];
    }
}
