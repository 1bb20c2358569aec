namespace Engine.Server.Tests;

/// <summary>Tests that look at memory, threads and files of the whole process: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessMeasurements
{
    public const string Name = "measurements of the process";
}
