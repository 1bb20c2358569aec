namespace Engine.Differential.Tests.Postgres;

/// <summary>What became of one expression.</summary>
/// <param name="Value">Its text; null is NULL, or an error.</param>
/// <param name="Type">What pg_typeof says of it, or null after an error.</param>
/// <param name="SqlState">Of the error, or null.</param>
/// <param name="Message">Of the error, or null.</param>
public sealed record Outcome(string? Value, string? Type, string? SqlState, string? Message)
{
    public bool Failed => SqlState is not null;

    public static Outcome Of(string? value, string type) => new(value, type, null, null);

    public static Outcome Error(string sqlState, string message) => new(null, null, sqlState, message);

    public override string ToString() => Failed ? $"{SqlState} {Message}" : $"{Value ?? "NULL"} ({Type})";
}
