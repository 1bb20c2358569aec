namespace Engine.Core.Errors;

/// <summary>A kind of error. <paramref name="SqlState"/> is the five-character SQLSTATE that clients read.</summary>
public sealed record ErrorCode(string Name, string SqlState, ErrorSource Source);
