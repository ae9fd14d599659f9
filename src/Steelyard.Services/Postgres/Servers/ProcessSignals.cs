using System.Globalization;
using System.Runtime.InteropServices;

namespace Steelyard.Services.Postgres.Servers;

/// <summary>Signals for processes that this one has started.</summary>
internal static partial class ProcessSignals
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>Sends one. A process that is gone already needs none.</summary>
    public static void Send(int process, int signal) => _ = SendTo(process, signal);

    /// <summary>Ends a process and those that it has started, and waits until they are gone.</summary>
    public static void KillTree(int process)
    {
        // So that it starts no more of them meanwhile.
        Send(process, Stop);
        int[] all = [.. Children(process), process];
        foreach (var each in all)
            Send(each, Kill);
        while (all.Any(IsThere))
            Thread.Sleep(1);
    }

    /// <summary>What a process has started.</summary>
    public static IReadOnlyList<int> Children(int process)
    {
        var list = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/task/{process}/children");
        return !File.Exists(list) ? [] :
        [
            .. File.ReadAllText(list).Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(number => int.Parse(number, CultureInfo.InvariantCulture)),
        ];
    }

    /// <summary>Whether a process is there: one that has ended, and that nobody has asked how, is
    /// not.</summary>
    public static bool IsThere(int process)
    {
        try
        {
            var status = File.ReadAllText(
                string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            return status[status.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (Exception gone) when (gone is IOException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendTo(int process, int signal);
}
