using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Steelyard.EmbeddedHost;

/// <summary>The native libraries beside this program. An installed tool does not tell the runtime where they
/// are, as a program that was built here does.</summary>
internal static class PackagedLibraries
{
    static readonly string s_folder = Path.Combine(
        AppContext.BaseDirectory, "runtimes",
        RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64", "native");

    /// <summary>Has them looked for there where the runtime finds none.</summary>
    public static void Offer() =>
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => TryLoad(name, out var library)
            ? library
            : 0;

    /// <summary>Loads one by its name: <c>lmdb</c>.</summary>
    public static bool TryLoad(string name, out nint library) =>
        NativeLibrary.TryLoad(Path.Combine(s_folder, $"lib{name}.so"), out library);
}
