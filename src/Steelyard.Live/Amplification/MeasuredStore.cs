using System.Runtime.InteropServices;

namespace Steelyard.Live.Amplification;

/// <summary>A kind of store that can be measured.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Summary">What it is, in a few words.</param>
internal sealed record MeasuredStore(string Name, string Summary)
{
    const string SystemLmdb = "liblmdb.so.0";

    /// <summary>Why it cannot be measured on this machine; null where it can. What the package of LMDB brings
    /// wants a newer C library than Debian 12 has, which has LMDB itself.</summary>
    public string? WhyNot => Name != "lmdb" || Loads(PackagedLmdb) || Loads(SystemLmdb)
        ? null
        : $"expected {SystemLmdb}, found none that loads: install the package liblmdb0";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MeasuredStore> All { get; } =
    [
        new("rocksdb", "LSM tree with levels"),
        new("lmdb", "B+ tree, copy on write"),
        new("sqlite", "B+ tree in place, write-ahead log"),
        new("log", "append-only log, keys in memory"),
    ];

    static string PackagedLmdb => Path.Combine(
        AppContext.BaseDirectory, "runtimes",
        RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64", "native",
        "liblmdb.so");

    static bool Loads(string library) => NativeLibrary.TryLoad(library, out _);
}
