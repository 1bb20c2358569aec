using System.Collections.Immutable;
using Engine.Core.Arrow.Format;

namespace Engine.Core.Arrow.Reading;

/// <summary>Where a field's nodes and buffers begin in a batch: they stand in depth-first order, without names.</summary>
internal readonly record struct ArrowPlace(int Node, int Buffer, int Variadic);

/// <summary>Finds the fields of a batch ("Columnar format", section on the order of buffers).</summary>
internal static class ArrowLayout
{
    /// <summary>The place of every field and, as one more entry, the end.</summary>
    /// <exception cref="InvalidDataException">When the batch has too few nodes or buffers.</exception>
    public static ImmutableArray<ArrowPlace> Locate(ImmutableArray<ArrowField> fields, ArrowBatchHeader batch, bool hasUnionValidity)
    {
        var places = ImmutableArray.CreateBuilder<ArrowPlace>(fields.Length + 1);
        var place = default(ArrowPlace);
        foreach (var field in fields)
        {
            places.Add(place);
            place = Pass(field, place, batch, hasUnionValidity);
        }

        places.Add(place);
        return place.Node <= batch.Nodes.Length && place.Buffer <= batch.Buffers.Length ? places.MoveToImmutable() : throw TooFew(batch);
    }

    /// <summary>Buffers that come before those of the children, without the variable number of a view's.</summary>
    public static int OwnBuffers(ArrowField field, bool hasUnionValidity) => field.Dictionary is not null ? 2 : field.Type.Id switch
    {
        ArrowTypeId.Null or ArrowTypeId.RunEndEncoded => 0,
        ArrowTypeId.Struct or ArrowTypeId.FixedSizeList => 1,
        ArrowTypeId.Union => (hasUnionValidity ? 1 : 0) + (field.Type.IsDense ? 2 : 1),
        ArrowTypeId.Binary or ArrowTypeId.Utf8 or ArrowTypeId.LargeBinary or ArrowTypeId.LargeUtf8 or ArrowTypeId.ListView or ArrowTypeId.LargeListView => 3,
        _ => 2,
    };

    public static bool IsView(ArrowField field) => field is { Dictionary: null, Type.Id: ArrowTypeId.BinaryView or ArrowTypeId.Utf8View };

    private static ArrowPlace Pass(ArrowField field, ArrowPlace place, ArrowBatchHeader batch, bool hasUnionValidity)
    {
        var next = new ArrowPlace(place.Node + 1, place.Buffer + OwnBuffers(field, hasUnionValidity), place.Variadic);
        if (IsView(field))
        {
            var count = next.Variadic < batch.VariadicCounts.Length ? batch.VariadicCounts[next.Variadic] : throw TooFew(batch);
            next = next with { Buffer = next.Buffer + (int)Math.Min(count, batch.Buffers.Length + 1), Variadic = next.Variadic + 1 };
        }

        foreach (var child in field.Dictionary is null ? field.Children : [])
        {
            next = Pass(child, next, batch, hasUnionValidity);
        }

        return next.Buffer <= batch.Buffers.Length ? next : throw TooFew(batch);
    }

    private static InvalidDataException TooFew(ArrowBatchHeader batch) =>
        new($"a batch has {batch.Nodes.Length} nodes and {batch.Buffers.Length} buffers, which is too few for its schema");
}
