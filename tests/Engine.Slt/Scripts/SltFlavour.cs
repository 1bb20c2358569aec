namespace Engine.Slt.Scripts;

/// <summary>Whose form of the sqllogictest format a script has.</summary>
internal enum SltFlavour
{
    /// <summary>Ours: a row per line, values apart by tabs; what an error is to match stands behind <c>statement error</c>.</summary>
    Native,

    /// <summary>SQLite's: a value per line, written as the column's type letter says, or a hash of them all.</summary>
    Sqlite,

    /// <summary>DuckDB's: rows or values, loops, variables, named connections, requirements.</summary>
    DuckDb,
}
