using System.Collections.Immutable;
using Engine.Core.Connectors;
using Engine.Core.Types;

namespace Engine.Catalog.Memory;

/// <summary>What a schema of the memory catalog holds.</summary>
public abstract record MemoryObject(string Name)
{
    /// <summary>What COMMENT ON says of it.</summary>
    public string? Comment { get; init; }
}

/// <summary>A table in memory.</summary>
/// <param name="Name">As created.</param>
/// <param name="Columns">In the order of the table.</param>
/// <param name="Checks">Conditions that every row fulfils.</param>
/// <param name="Table">Its number in the store.</param>
public sealed record MemoryTable(string Name, ImmutableArray<TableColumn> Columns, ImmutableArray<TableCheck> Checks, long Table) : MemoryObject(Name)
{
    /// <summary>The columns that tell its rows apart.</summary>
    public ImmutableArray<TableKey> Keys { get; init; } = [];

    /// <summary>The tables that its rows refer to.</summary>
    public ImmutableArray<ForeignKey> ForeignKeys { get; init; } = [];

    /// <summary>What CREATE INDEX made of it.</summary>
    public ImmutableArray<TableIndex> Indexes { get; init; } = [];

    // Computed, not stored: a copy made by "with" must not keep the columns it had.
    public Schema Schema => new([.. Columns.Select(column => new Field(column.Name, column.Type))]);

    /// <summary>The keys and unique indexes as the store knows them.</summary>
    public ImmutableArray<UniqueKey> UniqueKeys =>
    [
        .. Keys.Select(key => new UniqueKey(key.Name, [.. key.Columns.Select(PlaceOf)])),
        .. Indexes.Where(index => index.IsUnique).Select(index => new UniqueKey(index.Name, [.. index.Columns.Select(PlaceOf)])),
    ];

    /// <summary>Where the column of that name stands, or -1. Names are matched exactly first, then without regard to case.</summary>
    public int PlaceOf(string column) => NameMatch.Pick(Columns, known => known.Name, column) is { } found ? Columns.IndexOf(found) : -1;
}

/// <summary>A view whose query stands in memory.</summary>
public sealed record MemoryView(string Name, string Sql, ITableResolver Names) : MemoryObject(Name);

/// <summary>A type by a name of its own.</summary>
public sealed record MemoryType(string Name, DataType Type) : MemoryObject(Name);

/// <summary>A column that can be written.</summary>
/// <param name="Name">As created.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="MaxLength">The n of <c>varchar(n)</c>: longer text is an error; null for any length.</param>
/// <param name="IsNullable">Whether a row may have NULL.</param>
/// <param name="Default">The SQL of the value where none is given; null for NULL.</param>
public sealed record TableColumn(string Name, DataType Type, int? MaxLength = null, bool IsNullable = true, string? Default = null)
{
    /// <summary>The p of <c>timestamp(p)</c> and its kin: seconds are rounded to so many digits; null for all that the type has.</summary>
    public int? Precision { get; init; }

    /// <summary>What COMMENT ON says of it.</summary>
    public string? Comment { get; init; }
}

/// <summary>A CHECK constraint.</summary>
/// <param name="Name">Its own name, or one made of the table's.</param>
/// <param name="Condition">SQL over the table's columns; a row for which it is false is refused.</param>
/// <param name="Columns">The columns that it names.</param>
public sealed record TableCheck(string Name, string Condition, ImmutableArray<string> Columns);

/// <summary>PRIMARY KEY or UNIQUE: no two rows have the same values in all of its columns. NULL is not the same as NULL.</summary>
/// <param name="Name">Its own name, or one made of the table's.</param>
/// <param name="IsPrimary">Whether it is the PRIMARY KEY.</param>
/// <param name="Columns">Names of columns.</param>
public sealed record TableKey(string Name, bool IsPrimary, ImmutableArray<string> Columns);

/// <summary>An index: a unique one tells rows apart as a key does; another one is known by its name and makes nothing faster.</summary>
/// <param name="Name">Unlike that of other indexes and relations of the schema.</param>
/// <param name="IsUnique">Whether it is a UNIQUE one.</param>
/// <param name="Columns">Names of columns.</param>
public sealed record TableIndex(string Name, bool IsUnique, ImmutableArray<string> Columns);

/// <summary>FOREIGN KEY: known to those who ask, as tools that join tables do, and not enforced.</summary>
/// <param name="Name">Its own name, or one made of the table's.</param>
/// <param name="Columns">Names of columns.</param>
/// <param name="Schema">The schema of the table that is referred to, in the same catalog.</param>
/// <param name="Table">That table.</param>
/// <param name="Key">The key of that table.</param>
public sealed record ForeignKey(string Name, ImmutableArray<string> Columns, string Schema, string Table, TableKey Key);
