using System.Buffers.Binary;
using BenchmarkDotNet.Attributes;
using Engine.Core.Columns;
using Engine.Core.Memory;
using Engine.Storage.Parquet;
using Engine.Storage.Parquet.Encodings;
using Engine.Storage.Parquet.Pages;
using Engine.Storage.Parquet.Writing;

namespace Engine.Kernels.Bench;

/// <summary>A page of URLs: decompressed, and made into views.</summary>
public unsafe class DecodeBenchmarks
{
    /// <summary>Each text behind its length.</summary>
    private const int PageBytes = UrlText.ByteCount + (UrlText.Count * sizeof(int));

    private MemoryPool _pool = null!;
    private NativeBuffer _page = null!;
    private NativeBuffer _views = null!;
    private byte[] _compressed = null!;

    [GlobalSetup]
    public void Setup()
    {
        _pool = MemoryPool.CreateRoot("benchmarks");
        _page = _pool.Allocate(PageBytes, "page");
        _views = _pool.Allocate((long)UrlText.Count * sizeof(StringView), "views");
        var rest = _page.Span;
        foreach (var text in UrlText.Create())
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, text.Length);
            text.CopyTo(rest[sizeof(int)..]);
            rest = rest[(sizeof(int) + text.Length)..];
        }

        var target = new byte[SnappyEncoder.MaxCompressedLength(PageBytes)];
        _compressed = target[..SnappyEncoder.Compress(_page.Span, target)];
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _page.Release();
        _views.Release();
        _pool.Dispose();
    }

    [Benchmark(OperationsPerInvoke = PageBytes)]
    [Gate("Snappy decode of URL text", 2.0, GateUnit.GigabytesPerSecond)]
    public bool Snappy() => SnappyBlock.TryDecompress(_compressed, _page.Span);

    [Benchmark(OperationsPerInvoke = UrlText.Count)]
    [Gate("plain strings to views", 150, GateUnit.MillionsPerSecond)]
    public void Views()
    {
        using var decoder = new PlainBinaryDecoder(new PageBytes(_page, _page.Pointer, _page.Pointer + _page.Length));
        decoder.Read(_views.Pointer, UrlText.Count);
    }
}
