using Engine.Core.Types;

namespace Engine.Exec.Keys;

/// <summary>How one column takes part in a key. Direction and NULL placement matter for sorting only.</summary>
public readonly record struct KeyColumn(DataType Type, bool IsDescending = false, bool NullsFirst = false);
