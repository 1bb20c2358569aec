using System.Collections.Immutable;
using Engine.Core.Types;

namespace Engine.Catalog.Memory;

/// <summary>What a schema of the memory catalog holds.</summary>
public abstract record MemoryObject(string Name);

/// <summary>A table in memory.</summary>
/// <param name="Name">As created.</param>
/// <param name="Columns">In the order of the table.</param>
/// <param name="Checks">Conditions that every row fulfils.</param>
/// <param name="Table">Its number in the store.</param>
public sealed record MemoryTable(string Name, ImmutableArray<TableColumn> Columns, ImmutableArray<TableCheck> Checks, long Table) : MemoryObject(Name)
{
    // Computed, not stored: a copy made by "with" must not keep the columns it had.
    public Schema Schema => new([.. Columns.Select(column => new Field(column.Name, column.Type))]);
}

/// <summary>A view whose query stands in memory.</summary>
public sealed record MemoryView(string Name, string Sql, ITableResolver Names) : MemoryObject(Name);

/// <summary>A column that can be written.</summary>
/// <param name="Name">As created.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="MaxLength">The n of <c>varchar(n)</c>: longer text is an error; null for any length.</param>
/// <param name="IsNullable">Whether a row may have NULL.</param>
/// <param name="Default">The SQL of the value where none is given; null for NULL.</param>
public sealed record TableColumn(string Name, DataType Type, int? MaxLength = null, bool IsNullable = true, string? Default = null);

/// <summary>A CHECK constraint.</summary>
/// <param name="Name">Its own name, or one made of the table's.</param>
/// <param name="Condition">SQL over the table's columns; a row for which it is false is refused.</param>
public sealed record TableCheck(string Name, string Condition);
