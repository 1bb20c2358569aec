namespace Engine.Bench;

/// <summary>Why a benchmark cannot run or must not be believed, for the one who started it.</summary>
public sealed class BenchException(string message) : Exception(message);
