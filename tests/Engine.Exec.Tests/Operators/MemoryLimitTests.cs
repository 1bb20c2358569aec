using Engine.Core.Errors;
using Engine.Core.Memory;

namespace Engine.Exec.Tests.Operators;

/// <summary>A query that meets its memory limit, at whatever allocation, fails with one clear error and gives everything back.</summary>
public sealed class MemoryLimitTests
{
    [Theory]
    [InlineData(TableEncoding.Flat, false)]
    [InlineData(TableEncoding.NullInDictionary, false)]
    [InlineData(TableEncoding.Selected, true)]
    public void Nothing_stays_behind(TableEncoding encoding, bool spillsAlways)
    {
        foreach (var sql in EncodingTests.Queries)
        {
            var failures = 0;
            for (var limit = 4096L; !Succeeds(sql, encoding, spillsAlways, limit); limit += Math.Max(1024, limit / 16))
            {
                failures++;
                limit.ShouldBeLessThan(1L << 30, sql);
            }

            failures.ShouldBeGreaterThan(0, sql);
        }
    }

    private static bool Succeeds(string sql, TableEncoding encoding, bool spillsAlways, long limit)
    {
        var pool = MemoryPool.CreateRoot("test", limit);
        try
        {
            EncodedTable.Query(sql, encoding, pool, spillsAlways);
            return true;
        }
        catch (QueryException error)
        {
            error.Code.ShouldBe(ErrorCodes.OutOfMemory, $"{sql} with {limit} bytes: {error.Message} {error.InnerException}");
            return false;
        }
        finally
        {
            pool.ReservedBytes.ShouldBe(0, $"{sql} with {limit} bytes, {pool.DescribeLive()}");
        }
    }
}
