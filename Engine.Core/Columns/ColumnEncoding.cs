namespace Engine.Core.Columns;

/// <summary>How a column stores its rows.</summary>
public enum ColumnEncoding : byte
{
    /// <summary>Every row has its value in place.</summary>
    Flat,

    /// <summary>One value stands for every row.</summary>
    Constant,

    /// <summary>Every row has an id into a shared dictionary of values.</summary>
    Dictionary,

    /// <summary>Every run of equal rows has one value.</summary>
    RunEnd,
}
