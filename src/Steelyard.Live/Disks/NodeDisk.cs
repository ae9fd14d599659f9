using System.Diagnostics;
using System.Runtime.InteropServices;
using Steelyard.Live.Processes;

namespace Steelyard.Live.Disks;

/// <summary>
/// A disk for one node alone: a file system (ext4) of its own on a loop device, which can be full, and can
/// lose power. What was written and never synced is gone then, unless the kernel had sent it to the disk by
/// itself. Wants root.
/// </summary>
internal sealed partial class NodeDisk
{
    // Little of it is ever written; an engine may want a good part of it at once.
    const long SizeBytes = 1L << 30;
    const long BlockBytes = 4096;

    // Set aside at once is all room but this; ext4 may need some of it to note what is set aside.
    const long SlackBytes = 1L << 20;

    // <linux/fs.h>, FS_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH: from now on nothing reaches the disk,
    // not even what its journal holds in memory.
    const uint Shutdown = 0x8004587d;
    const uint FlushNothing = 2;
    const int NoSpaceLeft = 28;

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    readonly string _image;
    readonly string _mount;
    int _filled;

    NodeDisk(string image, string mount) => (_image, _mount) = (image, mount);

    /// <summary>Why there can be none on this machine; null where there can.</summary>
    public static string? WhyNot() =>
        !Environment.IsPrivilegedProcess ? "only root can give a node a disk of its own"
        : Tool.Find("mkfs.ext4") is null ? "mkfs.ext4 is missing (package e2fsprogs)"
        : Tool.Find("fallocate") is null ? "fallocate is missing (package util-linux)"
        : !File.Exists("/dev/loop-control") ? "this kernel has no loop devices"
        : null;

    /// <summary>Makes one, on which the folder of a node is to be.</summary>
    /// <param name="yard">The run's.</param>
    /// <param name="node">The node's name.</param>
    /// <exception cref="LiveException">The kernel refuses it.</exception>
    public static NodeDisk Make(ProcessYard yard, string node)
    {
        var (image, mount) =
            (Path.Combine(yard.Folder, $"{node}.image"), Path.Combine(yard.Folder, $"{node}.disk"));
        using (var file = File.Create(image))
            file.SetLength(SizeBytes);
        // Nothing is kept for root: engines run as somebody else.
        Tool.Run("mkfs.ext4", ["-q", "-F", "-m", "0", "-E", "nodiscard", image]);
        Directory.CreateDirectory(mount);
        var disk = new NodeDisk(image, mount);
        disk.Mount();
        Directory.CreateDirectory(disk.Data);
        Directory.CreateSymbolicLink(Path.Combine(yard.Folder, node), disk.Data);
        return disk;
    }

    /// <summary>Syncs all of it: what is there from the start is not lost.</summary>
    public void Sync() => Tool.Run("sync", ["-f", _mount]);

    /// <summary>Leaves no room on it.</summary>
    /// <returns>What gives the room back.</returns>
    public Action Fill()
    {
        var ballast = Path.Combine(_mount, "ballast");
        var aside = new DriveInfo(_mount).AvailableFreeSpace - SlackBytes;
        if (aside > 0)
            Tool.Run("fallocate", ["-l", $"{aside}", ballast]);
        WriteUntilFull(ballast);
        _filled++;
        // As long as anybody wants it full it is.
        return () =>
        {
            if (--_filled == 0)
                File.Delete(ballast);
        };
    }

    /// <summary>Power is lost, now: what is not on the disk does not get there any more.</summary>
    public void LosePower()
    {
        var folder = OpenFolder(_mount, 0);
        if (folder < 0)
            throw Failed("open");
        try
        {
            if (Control(folder, Shutdown, FlushNothing) != 0)
                throw Failed("shut down");
        }
        finally
        {
            _ = Close(folder);
        }
    }

    /// <summary>Power is back: it is as it was when power was lost, as its journal tells. Nobody may have a
    /// file of it open.</summary>
    public void Recover()
    {
        // Who was killed may still be on the way out.
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                Tool.Run("umount", [_mount]);
                break;
            }
            catch (LiveException) when (Stopwatch.GetElapsedTime(began) < s_patience)
            {
                Thread.Sleep(20);
            }
        }

        Mount();
    }

    string Data => Path.Combine(_mount, "data");

    void Mount() => Tool.Run("mount", ["-o", "loop", _image, _mount]);

    static void WriteUntilFull(string path)
    {
        using var file = new FileStream(
            path, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[BlockBytes];
        try
        {
            while (true)
                file.Write(block);
        }
        catch (IOException full) when (full.HResult == NoSpaceLeft)
        {
            // That was the aim; and it is to stay so when power is lost.
            file.Flush(flushToDisk: true);
        }
    }

    LiveException Failed(string what) => new(
        $"{_mount}: expected to {what} it, found: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFolder(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(int file, nuint request, in uint argument);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
