using System.Globalization;
using Etcdserverpb;
using Google.Protobuf;
using Steelyard.Histories;

namespace Steelyard.Live.Engines.Etcd;

/// <summary>How keys, values and requests are written for etcd, all of them as text.</summary>
internal static class EtcdRequests
{
    /// <summary>A text as bytes.</summary>
    public static ByteString Bytes(string text) => ByteString.CopyFromUtf8(text);

    /// <summary>A number as bytes.</summary>
    public static ByteString Bytes(long number) => Bytes(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The number that bytes say.</summary>
    public static long Number(ByteString bytes) =>
        long.Parse(bytes.ToStringUtf8(), CultureInfo.InvariantCulture);

    /// <summary>A list of numbers as bytes.</summary>
    public static ByteString Bytes(IEnumerable<long> numbers) => Bytes(string.Join(
        ',', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))));

    /// <summary>The numbers that bytes list.</summary>
    public static List<long> Numbers(ByteString bytes) =>
        [.. bytes.ToStringUtf8().Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => long.Parse(word, CultureInfo.InvariantCulture))];

    /// <summary>The number under the one key that was asked for; nil where there is none.</summary>
    public static Value Register(RangeResponse found) =>
        found.Kvs.Count == 0 ? Value.Nil : Number(found.Kvs[0].Value);

    /// <summary>A read of one key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="isSerializable">Whether the member may answer from what it has, without asking the
    /// others.</param>
    public static RangeRequest Read(string key, bool isSerializable = false) =>
        new() { Key = Bytes(key), Serializable = isSerializable };

    /// <summary>A read of all keys that begin so.</summary>
    public static RangeRequest ReadAll(string prefix, bool isSerializable = false) =>
        new() { Key = Bytes(prefix), RangeEnd = EndOf(prefix), Serializable = isSerializable };

    /// <summary>The first key that there can be, and the end of all keys.</summary>
    public static (ByteString Key, ByteString End) Everything { get; } = (Bytes("\0"), Bytes("\0"));

    /// <summary>The first key after all that begin so.</summary>
    public static ByteString EndOf(string prefix) => Bytes(prefix[..^1] + (char)(prefix[^1] + 1));

    /// <summary>A write of one key.</summary>
    public static PutRequest Put(string key, ByteString value) => new() { Key = Bytes(key), Value = value };

    /// <summary>A write as a step of a transaction.</summary>
    public static RequestOp ThenPut(string key, ByteString value) => new() { RequestPut = Put(key, value) };

    /// <summary>That a key was last written at a revision; 0 is never.</summary>
    public static Compare WrittenAt(string key, long revision) => new()
    {
        Key = Bytes(key), Target = Compare.Types.CompareTarget.Mod, ModRevision = revision,
        Result = Compare.Types.CompareResult.Equal,
    };

    /// <summary>That a key is there since a revision; 0 is that it is not there.</summary>
    public static Compare ThereSince(string key, long revision) => new()
    {
        Key = Bytes(key), Target = Compare.Types.CompareTarget.Create, CreateRevision = revision,
        Result = Compare.Types.CompareResult.Equal,
    };

    /// <summary>That a key holds a value.</summary>
    public static Compare Holds(string key, ByteString value) => new()
    {
        Key = Bytes(key), Target = Compare.Types.CompareTarget.Value, Value = value,
        Result = Compare.Types.CompareResult.Equal,
    };
}
