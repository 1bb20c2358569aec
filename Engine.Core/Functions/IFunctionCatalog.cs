namespace Engine.Core.Functions;

/// <summary>The functions that exist, by lower-case name or alias.</summary>
public interface IFunctionCatalog
{
    ScalarFunction? FindScalar(string name);

    AggregateFunction? FindAggregate(string name);

    WindowFunction? FindWindow(string name);

    IEnumerable<FunctionInfo> All { get; }
}
