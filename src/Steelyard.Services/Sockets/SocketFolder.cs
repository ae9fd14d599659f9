using System.Globalization;
using System.Runtime.InteropServices;

namespace Steelyard.Services.Sockets;

/// <summary>
/// The folder of this process's sockets. It is reached by a name that is the same in every process, and
/// short: a connection string may come into a history, and a socket's path has 107 bytes at most.
/// </summary>
internal static partial class SocketFolder
{
    // Above all that a process of ours has open, and below what any shell allows.
    const int Number = 993;
    const int OpenFolder = 0x10000;

    static readonly Lazy<string> s_folder = new(Make);
    static readonly Dictionary<string, int> s_used = [];

    /// <summary>A folder that nobody has used yet: pools of connections outlive a run, and none of the last
    /// one may be taken for one of this.</summary>
    /// <param name="owner">Whose sockets are there; the same words give the same name in a fresh
    /// process.</param>
    public static string For(string owner)
    {
        var times = s_used[owner] = s_used.GetValueOrDefault(owner) + 1;
        var folder = Path.Combine(
            s_folder.Value,
            times == 1 ? owner : string.Create(CultureInfo.InvariantCulture, $"{owner}-{times}"));
        Directory.CreateDirectory(folder);
        return folder;
    }

    static string Make()
    {
        var real = Directory.CreateTempSubdirectory("steelyard-sockets-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(real);
        var opened = Open(real, OpenFolder);
        if (opened < 0 || Duplicate(opened, Number) < 0)
            return real;
        _ = Close(opened);
        return string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{Number}");
    }

    // Somebody who tidies up may have been quicker.
    static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Duplicate(int from, int to);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
