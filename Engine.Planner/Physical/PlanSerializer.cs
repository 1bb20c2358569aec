using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Engine.Core.Connectors;
using Engine.Core.Expressions;
using Engine.Core.Types;

namespace Engine.Planner.Physical;

/// <summary>Physical plans as JSON: how they travel to workers.</summary>
public static class PlanSerializer
{
    private static readonly JsonSerializerOptions Options = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutComputed, NameExpressions } },
        Converters = { new DataTypeConverter(), new SchemaConverter(), new ManagedValueConverter(), new FormatOptionsConverter(), new JsonStringEnumConverter() },
        MaxDepth = 1024,
    };

    public static string Serialize(PlanNode plan) => JsonSerializer.Serialize(plan, Options);

    /// <exception cref="JsonException">The text is no plan.</exception>
    public static PlanNode Deserialize(string json) => JsonSerializer.Deserialize<PlanNode>(json, Options) ?? throw new JsonException("a plan is missing");

    /// <summary>Properties that follow from others are not written.</summary>
    private static void LeaveOutComputed(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        var parameters = type.Type.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (type.Properties[i].Set is null && !parameters.Contains(type.Properties[i].Name))
            {
                type.Properties.RemoveAt(i);
            }
        }
    }

    private static void NameExpressions(JsonTypeInfo type)
    {
        if (type.Type != typeof(Expression))
        {
            return;
        }

        type.PolymorphismOptions = new JsonPolymorphismOptions
        {
            TypeDiscriminatorPropertyName = "$kind",
            DerivedTypes =
            {
                new JsonDerivedType(typeof(ColumnReference), "column"),
                new JsonDerivedType(typeof(Call), "call"),
                new JsonDerivedType(typeof(Cast), "cast"),
                new JsonDerivedType(typeof(Junction), "junction"),
                new JsonDerivedType(typeof(IsNull), "is_null"),
                new JsonDerivedType(typeof(Case), "case"),
                new JsonDerivedType(typeof(Coalesce), "coalesce"),
                new JsonDerivedType(typeof(InList), "in"),
                new JsonDerivedType(typeof(TryExpression), "try"),
                new JsonDerivedType(typeof(Literal), "literal"),
                new JsonDerivedType(typeof(Lambda), "lambda"),
                new JsonDerivedType(typeof(LambdaVariable), "variable"),
            },
        };
    }

    private sealed class DataTypeConverter : JsonConverter<DataType>
    {
        public override bool CanConvert(Type typeToConvert) => typeof(DataType).IsAssignableFrom(typeToConvert);

        public override DataType Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TypeName.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, DataType value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    private sealed class SchemaConverter : JsonConverter<Schema>
    {
        public override Schema Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonSerializer.Deserialize<ImmutableArray<Field>>(ref reader, options));

        public override void Write(Utf8JsonWriter writer, Schema value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value.Fields, options);
    }

    private sealed class FormatOptionsConverter : JsonConverter<FormatOptions>
    {
        public override FormatOptions Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonSerializer.Deserialize<Dictionary<string, string>>(ref reader, options)!.ToImmutableSortedDictionary(StringComparer.Ordinal));

        public override void Write(Utf8JsonWriter writer, FormatOptions value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, new Dictionary<string, string>(value.Values, StringComparer.Ordinal), options);
    }
}
