using System.IO.Hashing;
using System.Text;

namespace Engine.Differential.Tests.Postgres;

/// <summary>One expression that both engines are asked for.</summary>
/// <param name="Signature">What it tries, as <c>round(numeric, int4)</c> or <c>int4 + date</c>: the same for all values.</param>
/// <param name="Sql">The expression.</param>
public readonly record struct Call(string Signature, string Sql)
{
    /// <summary>The same in every run: which sample of the calls it belongs to.</summary>
    public ulong Number => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(Sql), seed: 15);
}
