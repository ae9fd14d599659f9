using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Steelyard.EmbeddedHost.Measuring;

/// <summary>The kernel's memory of files.</summary>
internal static partial class PageCache
{
    const int NotNeeded = 4;

    /// <summary>Makes it forget all files of a folder: what is read next comes from the device. Nobody may
    /// have them mapped.</summary>
    public static void Forget(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            using var handle = File.OpenHandle(
                file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            RandomAccess.FlushToDisk(handle);
            if (Advise(handle, 0, 0, NotNeeded) is not 0 and var error)
                throw new IOException($"{file}: posix_fadvise failed with {error}");
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(SafeFileHandle file, long offset, long length, int advice);
}
