using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Steelyard.Live.Networks;

/// <summary>Moves threads into network namespaces: what sockets they make then belong there, and who uses
/// them afterwards may be anywhere.</summary>
internal static partial class NetworkNamespace
{
    const int OfNetworks = 0x40000000;

    /// <summary>Moves this thread there for good.</summary>
    /// <param name="path">The namespace's file.</param>
    /// <exception cref="LiveException">The kernel refuses it.</exception>
    public static void Enter(string path)
    {
        using var space = File.OpenHandle(path);
        if (MoveTo(space, OfNetworks) != 0)
            throw new LiveException(
                $"{path}: expected to enter it, found error {Marshal.GetLastPInvokeError()}");
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int MoveTo(SafeFileHandle space, int kind);
}
