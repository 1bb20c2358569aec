using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Hashing;
using System.Security.Cryptography;
using Engine.Core.Columns.Builders;
using Engine.Core.Functions;
using Engine.Core.Types;
using Engine.Exec.Kernels;

namespace Engine.Exec.Functions.Text;

/// <summary>Hashes, keyed hashes and checksums of texts and binary values.</summary>
internal static class HashFunctions
{
    private static readonly ImmutableArray<DataType> Inputs = [DataType.Varchar, DataType.Varbinary];

    public static readonly ImmutableArray<ScalarFunction> All =
    [
        new(
            Info("md5(text)", "The MD5 hash in hexadecimal digits.", "md5('abc') = '900150983cd24fb0d6963f7d28e17f72'"),
            [.. Inputs.Select(type => RowKernel.Overload<TextBuilder>([type], DataType.Varchar, (a, row, result) =>
            {
                Span<byte> target = stackalloc byte[MD5.HashSizeInBytes];
                result.Append(Convert.ToHexStringLower(target[..MD5.HashData(a.Text(0, row), target)]));
            }))]),
        Hashed("sha1", "The SHA-1 hash.", "to_hex(sha1('abc')) = 'a9993e364706816aba3e25717850c26c9cd0d89d'", SHA1.HashData),
        Hashed("sha256", "The SHA-256 hash.", "left(to_hex(sha256('abc')), 8) = 'ba7816bf'", SHA256.HashData),
        Hashed("sha384", "The SHA-384 hash.", "left(to_hex(sha384('abc')), 8) = 'cb00753f'", SHA384.HashData),
        Hashed("sha512", "The SHA-512 hash.", "left(to_hex(sha512('abc')), 8) = 'ddaf35a1'", SHA512.HashData),
        Keyed("hmac_md5", "The keyed MD5 hash.", "to_hex(hmac_md5('what do ya want for nothing?', 'Jefe')) = '750c783e6ab0b503eaa86e310a5db738'", HMACMD5.HashData),
        Keyed("hmac_sha1", "The keyed SHA-1 hash.", "left(to_hex(hmac_sha1('what do ya want for nothing?', 'Jefe')), 8) = 'effcdf6a'", HMACSHA1.HashData),
        Keyed("hmac_sha256", "The keyed SHA-256 hash.", "left(to_hex(hmac_sha256('what do ya want for nothing?', 'Jefe')), 8) = '5bdcc146'", HMACSHA256.HashData),
        Keyed("hmac_sha384", "The keyed SHA-384 hash.", "left(to_hex(hmac_sha384('what do ya want for nothing?', 'Jefe')), 8) = 'af45d2e3'", HMACSHA384.HashData),
        Keyed("hmac_sha512", "The keyed SHA-512 hash.", "left(to_hex(hmac_sha512('what do ya want for nothing?', 'Jefe')), 8) = '164b7a7b'", HMACSHA512.HashData),
        new(
            Info("crc32(data)", "The CRC-32 checksum, as zip has it.", "crc32('123456789') = 3421780262"),
            [.. Inputs.Select(type => RowKernel.Overload<FixedBuilder<long>>([type], DataType.BigInt, (a, row, result) => result.Append(Crc32.HashToUInt32(a.Text(0, row)))))]),
        BigEndian("xxhash64(data)", "The 64-bit xxHash.", "to_hex(xxhash64('')) = 'ef46db3751d8e999'", data => XxHash64.HashToUInt64(data)),
        BigEndian("xxhash3(data)", "The 64-bit XXH3 hash.", "to_hex(xxhash3('')) = '2d06800538d394c2'", data => XxHash3.HashToUInt64(data)),
        new(
            Info("hash(value)", "A 64-bit hash of a value's text; for sampling and buckets.", "hash('a') = hash('a')"),
            [RowKernel.Overload<FixedBuilder<long>>([AnyParameter.Each], DataType.BigInt, (a, row, result) =>
            {
                var writer = new Core.Text.ByteWriter();
                Core.Text.ColumnText.TryWrite(a.Column(0), a.Place(0, row), writer);
                result.Append((long)XxHash3.HashToUInt64(writer.Written));
            })]),
    ];

    private delegate int Hash(ReadOnlySpan<byte> data, Span<byte> target);

    private delegate int KeyedHash(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, Span<byte> target);

    private delegate ulong ShortHash(ReadOnlySpan<byte> data);

    private static FunctionInfo Info(string signature, string description, string example) => new(signature, "hash", description, example);

    private static ScalarFunction Hashed(string name, string description, string example, Hash hash) => new(
        Info($"{name}(data)", description, example),
        [.. Inputs.Select(type => RowKernel.Overload<TextBuilder>([type], DataType.Varbinary, (a, row, result) =>
        {
            Span<byte> target = stackalloc byte[SHA512.HashSizeInBytes];
            result.Append(target[..hash(a.Text(0, row), target)]);
        }))]);

    private static ScalarFunction Keyed(string name, string description, string example, KeyedHash hash) => new(
        Info($"{name}(data, key)", description, example),
        [.. Inputs.Select(type => RowKernel.Overload<TextBuilder>([type, type], DataType.Varbinary, (a, row, result) =>
        {
            Span<byte> target = stackalloc byte[SHA512.HashSizeInBytes];
            result.Append(target[..hash(a.Text(1, row), a.Text(0, row), target)]);
        }))]);

    private static ScalarFunction BigEndian(string signature, string description, string example, ShortHash hash) => new(
        Info(signature, description, example),
        [.. Inputs.Select(type => RowKernel.Overload<TextBuilder>([type], DataType.Varbinary, (a, row, result) =>
        {
            Span<byte> target = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64BigEndian(target, hash(a.Text(0, row)));
            result.Append(target);
        }))]);
}
